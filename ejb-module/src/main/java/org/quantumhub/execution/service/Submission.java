package org.quantumhub.execution.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.execution.Arrival;
import org.quantumhub.execution.Job;
import org.quantumhub.execution.JobEndings.Attempt;
import org.quantumhub.execution.NewJobRow;
import org.quantumhub.execution.RunMode;
import org.quantumhub.execution.service.JobBirths.Birth;
import org.quantumhub.execution.service.Preparation.Prepared;
import org.quantumhub.hardware.Backend;
import org.quantumhub.hardware.service.Catalogue;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.service.Database.DatabaseException;
import org.quantumhub.shared.service.HubThreads;

/// The way of a job into the hub: read, admitted, priced, and written down with a hold on the team's money.
@ApplicationScoped
public class Submission {

    private static final Logger LOG = System.getLogger(Submission.class.getName());

    @Inject
    Preparation preparation;

    @Inject
    RunningLimits limits;

    @Inject
    Catalogue catalogue;

    @Inject
    Jobs jobs;

    @Inject
    JobWaits waits;

    @Inject
    ResultCache cache;

    @Inject
    Arrivals arrivals;

    @Inject
    InlineRuns inlineRuns;

    @Inject
    Lanes lanes;

    @Inject
    ProviderLane providerLane;

    @Inject
    Settlement settlement;

    @Inject
    Completions completions;

    @Inject
    ExecutionConfig config;

    @Inject
    ExecutionMetrics metrics;

    @Inject
    HubThreads threads;

    /// What came of a submission.
    ///
    /// @param job as it stands
    /// @param repeated whether an earlier request with the same idempotency key made it
    public record Submitted(Job job, boolean repeated) {}

    /// Submits a job. What is wrong with it is thrown at once; the answer comes when the job is on disk, and for a
    /// BLOCKING job when it has ended or the time to wait for it is over.
    ///
    /// @throws HubException for every reason to refuse it, none of which leaves a trace
    public CompletionStage<Submitted> submit(NewJob job, Caller caller) {
        caller.mayWrite();
        Prepared prepared = preparation.prepare(job, caller);
        NewJobRow row = prepared.row();
        if (mayBeCached(job, prepared.backend())) {
            Optional<Arrival> answered = fromCache(prepared, caller);
            if (answered.isPresent()) {
                return ended(answered.get(), row, caller);
            }
            row = row.on(row.terms().cached(ResultCache.key(row), null));
        }
        if (job.runMode() != RunMode.BLOCKING) {
            return queue(row, caller);
        }
        Circuit circuit = prepared.program().circuit();
        boolean mayRunHere = !prepared.backend().isProvided() && !limits.limits(caller.teamId());
        Optional<Arrival> ran =
                mayRunHere && circuit != null ? inlineRuns.run(row, circuit, prepared.estimate()) : Optional.empty();
        return ran.isPresent() ? ended(ran.get(), row, caller) : awaitLane(row, caller);
    }

    /// Only a simulator with a seed gives the same counts twice.
    private static boolean mayBeCached(NewJob job, Backend backend) {
        return job.cached() && job.seed() != null && job.runMode() != RunMode.SCHEDULED && !backend.isProvided();
    }

    /// A job that is born and ends with the result of an earlier one, for the fee of a task.
    private Optional<Arrival> fromCache(Prepared prepared, Caller caller) {
        NewJobRow row = prepared.row();
        byte[] key = ResultCache.key(row);
        return cache.find(caller, key, row.memory())
                .map(hit -> inlineRuns.answer(
                        row.on(row.terms().cached(key, hit.jobId()))
                                .at(ResultCache.fee(prepared.price(), row.estimatedCost())),
                        hit));
    }

    /// A BLOCKING request that comes again waits for the end of the first one's job, like the first.
    private CompletionStage<Submitted> write(Arrival arrival, Caller caller) {
        int patience = arrival.row().runMode() == RunMode.BLOCKING ? config.blockingSeconds() : 0;
        return arrivals.write(arrival).thenCompose(birth -> switch (birth) {
            case Birth.Refused refused -> CompletableFuture.failedStage(refused.reason());
            case Birth.Repeated repeated ->
                waits.await(caller, repeated.jobId(), patience).thenApply(job -> new Submitted(job, true));
            case Birth.Born born -> {
                note(born.job());
                yield CompletableFuture.completedStage(new Submitted(born.job(), false));
            }
        });
    }

    private CompletionStage<Submitted> queue(NewJobRow row, Caller caller) {
        return write(Arrival.waiting(row), caller).thenApply(submitted -> {
            if (!submitted.repeated()) {
                wake(row.backendSlug());
            }
            return submitted;
        });
    }

    /// Writes a job that has ended already. What cannot be written like that goes the usual way, where a lane finds out
    /// what is wrong with it.
    private CompletionStage<Submitted> ended(Arrival arrival, NewJobRow row, Caller caller) {
        return write(arrival, caller)
                .whenComplete((submitted, failure) -> {
                    Attempt attempt = Objects.requireNonNull(arrival.ended());
                    if (submitted == null || submitted.repeated()) {
                        settlement.discard(attempt);
                    } else {
                        settlement.born(attempt, submitted.job());
                    }
                })
                .exceptionallyCompose(failure ->
                        isDatabase(failure) ? awaitLane(row, caller) : CompletableFuture.failedStage(failure));
    }

    private static boolean isDatabase(Throwable failure) {
        return failure instanceof DatabaseException || failure.getCause() instanceof DatabaseException;
    }

    /// The waiting begins before the job is born: a lane may end it before this thread hears of its birth.
    private CompletionStage<Submitted> awaitLane(NewJobRow row, Caller caller) {
        CompletionStage<Boolean> ended = completions.of(row.id(), config.blockingSeconds());
        return queue(row, caller)
                .whenComplete((submitted, failure) -> {
                    if (submitted == null || submitted.repeated()) {
                        completions.ended(row.id());
                    }
                })
                .thenCompose(submitted -> submitted.repeated()
                        ? CompletableFuture.completedStage(submitted)
                        : ended.thenApplyAsync(
                                done -> new Submitted(jobs.get(caller, row.id()), false), threads.pool()));
    }

    private void wake(String backend) {
        if (catalogue.get(backend).isProvided()) {
            providerLane.wake();
        } else {
            lanes.wake();
        }
    }

    private void note(Job job) {
        metrics.submitted(job.backendSlug());
        LOG.log(
                Level.INFO,
                "job submitted job={0} requestId={1} team={2} backend={3}",
                job.id(),
                job.requestId(),
                job.teamId(),
                job.backendSlug());
    }
}
