package org.quantumhub.execution.service;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.quantumhub.billing.service.Charging;
import org.quantumhub.execution.ClaimedJob;
import org.quantumhub.execution.JobEndings.Attempt;
import org.quantumhub.execution.JobStatus;
import org.quantumhub.execution.Outcome;
import org.quantumhub.execution.Settled;
import org.quantumhub.shared.Money;
import org.quantumhub.shared.service.Database;
import org.quantumhub.shared.service.GroupWriter;
import org.quantumhub.shared.service.HubThreads;

/// The end of a job: result, final status and charge in one transaction, under the fence of the attempt.
@ApplicationScoped
public class Settlement {

    private static final Logger LOG = System.getLogger(Settlement.class.getName());
    private static final int LARGEST_GROUP = 128;
    private static final int WAITING = 10_000;

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
    HubThreads threads;

    @Inject
    ExecutionConfig config;

    private GroupWriter<Attempt, Boolean> writer;

    @SuppressWarnings("NullAway") // filled by prepare
    public Settlement() {}

    @PostConstruct
    void prepare() {
        writer = new GroupWriter<>(WAITING, LARGEST_GROUP, config.pace(), threads.pool(), this::settleGroup);
    }

    /// What a job costs when an attempt ends like this: if it ran, by the price it was submitted at and the time it
    /// took,
    /// but not more than was set aside; else nothing.
    public Money cost(ClaimedJob job, Outcome outcome) {
        return outcome instanceof Outcome.Succeeded
                ? charging.cost(job.priceVersionId(), job.shots(), outcome.seconds(), job.estimatedCost())
                : Money.zero(job.estimatedCost().currency());
    }

    /// Settles one attempt together with whatever else is waiting to be settled.
    CompletionStage<Boolean> settleSoon(Attempt attempt) {
        return writer.write(attempt);
    }

    private List<Boolean> settleGroup(List<Attempt> group) {
        settled(group, settleTogetherOrAlone(group));
        return group.stream().map(attempt -> true).toList();
    }

    /// Savepoints are two more round trips for a case that hardly ever comes.
    private List<Settled> settleTogetherOrAlone(List<Attempt> group) {
        try {
            return transaction.settleTogether(group);
        } catch (Database.DatabaseException refused) {
            return transaction.settleAlone(group);
        }
    }

    /// Settles attempts inside the running transaction of a lane; [#settled] is to follow when it has been committed.
    public List<Settled> settle(List<Attempt> group) {
        return transaction.settle(group);
    }

    /// Tells those who wait, after the commit.
    public void settled(List<Attempt> group, List<Settled> accepted) {
        for (Attempt attempt : group) {
            workbench.leave(attempt.job().id());
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
        }
    }
}
