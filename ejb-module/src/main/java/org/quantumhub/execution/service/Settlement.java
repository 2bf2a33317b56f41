package org.quantumhub.execution.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.quantumhub.billing.service.Charging;
import org.quantumhub.execution.ClaimedJob;
import org.quantumhub.execution.Job;
import org.quantumhub.execution.JobEndings.Attempt;
import org.quantumhub.execution.JobStatus;
import org.quantumhub.execution.Outcome;
import org.quantumhub.execution.Settled;
import org.quantumhub.shared.Money;

/// The end of a job: result, final status and charge in one transaction, under the fence of the attempt.
@ApplicationScoped
public class Settlement {

    private static final Logger LOG = System.getLogger(Settlement.class.getName());

    @Inject
    SettlementTransaction transaction;

    @Inject
    Charging charging;

    @Inject
    Workbench workbench;

    @Inject
    Completions completions;

    @Inject
    ExecutionMetrics metrics;

    @Inject
    Bundles bundles;

    @Inject
    ResultData data;

    @Inject
    ResultCache cache;

    /// What a job costs when an attempt ends like this: if it ran, by the price it was submitted at and the time it
    /// took,
    /// but not more than was set aside; else nothing.
    public Money cost(ClaimedJob job, Outcome outcome) {
        return outcome instanceof Outcome.Succeeded
                ? charging.cost(job.priceVersionId(), job.shots(), outcome.seconds(), job.estimatedCost())
                : Money.zero(job.estimatedCost().currency());
    }

    /// What each of several jobs costs that one task at a provider was for: the fee of a task is paid once, and the
    /// jobs
    /// that completed share it in equal parts; the first takes what does not divide. They are of one bundle and so of
    /// one price and one number of shots.
    public List<Money> costs(List<ClaimedJob> jobs, List<Outcome> outcomes) {
        long completed =
                outcomes.stream().filter(Outcome.Succeeded.class::isInstance).count();
        ClaimedJob any = jobs.getFirst();
        Money zero = Money.zero(any.estimatedCost().currency());
        if (completed == 0) {
            return jobs.stream().map(job -> zero).toList();
        }
        double seconds = outcomes.stream().mapToDouble(Outcome::seconds).sum();
        Money all =
                charging.costTogether(any.priceVersionId(), any.shots(), (int) completed, seconds, any.estimatedCost());
        return SharedCost.of(
                all, outcomes.stream().map(Outcome.Succeeded.class::isInstance).toList());
    }

    /// Settles attempts inside the running transaction of a lane; [#settled] is to follow when it has been committed.
    public List<Settled> settle(List<Attempt> group) {
        return transaction.settle(group);
    }

    /// A job that ran before it was written has been written with its end.
    void born(Attempt attempt, Job job) {
        settled(List.of(attempt), List.of(Settled.of(job)));
    }

    /// What an attempt that was not accepted has put into the object store belongs to nobody.
    void discard(Attempt attempt) {
        if (attempt.outcome() instanceof Outcome.Succeeded done) {
            data.remove(done.paths());
        }
    }

    /// Tells those who wait, after the commit.
    public void settled(List<Attempt> group, List<Settled> accepted) {
        // before anybody hears of the end: who asks again finds it
        cache.keep(group, accepted);
        for (Attempt attempt : group) {
            workbench.leave(attempt.job().id());
            bundles.childMoved(attempt.job().bundleId());
        }
        for (Settled settled : accepted) {
            LOG.log(
                    settled.status() == JobStatus.COMPLETED ? Level.DEBUG : Level.INFO,
                    "job ended job={0} team={1} status={2}",
                    settled.jobId(),
                    settled.teamId(),
                    settled.status());
            metrics.ended(settled);
            completions.ended(settled.jobId());
        }
        if (accepted.size() < group.size()) {
            metrics.fenced(group.size() - accepted.size());
            removeRefused(group, accepted);
        }
    }

    private void removeRefused(List<Attempt> group, List<Settled> accepted) {
        Set<UUID> ended = accepted.stream().map(Settled::jobId).collect(Collectors.toSet());
        for (Attempt attempt : group) {
            if (!ended.contains(attempt.job().id())) {
                discard(attempt);
            }
        }
    }
}
