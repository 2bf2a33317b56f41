package org.quantumhub.execution.service;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.execution.NewJobRow;
import org.quantumhub.execution.RunMode;
import org.quantumhub.execution.service.JobBirths.Birth;
import org.quantumhub.execution.service.Preparation.Prepared;
import org.quantumhub.hardware.Backend;
import org.quantumhub.hardware.service.Catalogue;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.service.GroupWriter;
import org.quantumhub.shared.service.HubThreads;

/// The way of a job into the hub: read, admitted, priced, and written down with a hold on the team's money.
@ApplicationScoped
public class Submission {

    private static final Logger LOG = System.getLogger(Submission.class.getName());
    private static final int LARGEST_GROUP = 128;

    @Inject
    Preparation preparation;

    @Inject
    RunningLimits limits;

    @Inject
    Catalogue catalogue;

    @Inject
    JobWaits waits;

    @Inject
    ResultCache cache;

    @Inject
    JobBirths births;

    @Inject
    InlineRuns inlineRuns;

    @Inject
    Lanes lanes;

    @Inject
    ProviderLane providerLane;

    @Inject
    Completions completions;

    @Inject
    ExecutionConfig config;

    @Inject
    ExecutionMetrics metrics;

    @Inject
    HubThreads threads;

    private GroupWriter<NewJobRow, Birth> writer;

    @SuppressWarnings("NullAway") // filled by prepare
    public Submission() {}

    @PostConstruct
    void prepare() {
        writer = new GroupWriter<>(
                config.submissionQueue(), LARGEST_GROUP, config.pace(), threads.pool(), births::write);
    }

    /// What came of a submission.
    ///
    /// @param repeated whether an earlier request with the same idempotency key made the job
    public record Submitted(UUID jobId, boolean repeated) {}

    /// Submits a job. What is wrong with it is thrown at once; the answer comes when the job is on disk, and for a
    /// BLOCKING job when it has ended or the time to wait for it is over.
    ///
    /// @throws HubException for every reason to refuse it, none of which leaves a trace
    public CompletionStage<Submitted> submit(NewJob job, Caller caller) {
        caller.mayWrite();
        Prepared prepared = preparation.prepare(job, caller);
        NewJobRow row = prepared.row();
        if (mayBeCached(job, prepared.backend())) {
            Optional<CompletionStage<Submitted>> answered = fromCache(prepared, caller);
            if (answered.isPresent()) {
                return answered.get();
            }
            row = row.on(row.terms().cached(ResultCache.key(row), null));
        }
        if (job.runMode() != RunMode.BLOCKING) {
            return writer.write(row).thenCompose(birth -> queued(birth, CompletableFuture.completedStage(true)));
        }
        CompletionStage<Submitted> submitted = !prepared.backend().isProvided()
                        && !limits.limits(caller.teamId())
                        && inlineRuns.begin(prepared.estimate())
                ? runInline(row, prepared.circuit())
                : runInLane(row);
        return submitted.thenCompose(answer -> answer.repeated() ? asLongAsTheFirst(answer, caller) : answered(answer));
    }

    /// Only a simulator with a seed gives the same counts twice.
    private static boolean mayBeCached(NewJob job, Backend backend) {
        return job.cached() && job.seed() != null && job.runMode() != RunMode.SCHEDULED && !backend.isProvided();
    }

    /// A job that is born and ends with the result of an earlier one, for the fee of a task.
    private Optional<CompletionStage<Submitted>> fromCache(Prepared prepared, Caller caller) {
        NewJobRow row = prepared.row();
        byte[] key = ResultCache.key(row);
        return cache.find(caller, key, row.memory())
                .map(hit -> writer.write(row.on(row.terms().cached(key, hit.jobId()))
                                .at(ResultCache.fee(prepared.price(), row.estimatedCost()))
                                .claimedBy(inlineRuns.owner()))
                        .thenCompose(birth -> {
                            if (!(birth instanceof Birth.Born born)) {
                                return queued(birth, CompletableFuture.completedStage(true));
                            }
                            note(born.row());
                            return inlineRuns
                                    .answer(born.row(), hit)
                                    .handle((done, failure) ->
                                            new Submitted(born.row().id(), false));
                        }));
    }

    /// A BLOCKING request that comes again waits for the end of the first one's job, like the first.
    private CompletionStage<Submitted> asLongAsTheFirst(Submitted repeated, Caller caller) {
        return waits.await(caller, repeated.jobId(), config.blockingSeconds()).thenApply(job -> repeated);
    }

    private static CompletionStage<Submitted> answered(Submitted answer) {
        return CompletableFuture.completedStage(answer);
    }

    /// The job is born with a lease of this server, which runs it at once.
    private CompletionStage<Submitted> runInline(NewJobRow row, Circuit circuit) {
        return writer.write(row.claimedBy(inlineRuns.owner()))
                .whenComplete((birth, failure) -> {
                    if (!(birth instanceof Birth.Born)) {
                        inlineRuns.end();
                    }
                })
                .thenCompose(birth -> {
                    if (!(birth instanceof Birth.Born born)) {
                        return queued(birth, CompletableFuture.completedStage(true));
                    }
                    note(born.row());
                    // should settling fail, the lease runs out and a lane does it again
                    return inlineRuns
                            .run(born.row(), circuit)
                            .handle((done, failure) -> new Submitted(row.id(), false));
                });
    }

    /// The waiting begins before the job is born: a lane may end it before this thread hears of its birth.
    private CompletionStage<Submitted> runInLane(NewJobRow row) {
        CompletionStage<Boolean> ended = completions.of(row.id(), config.blockingSeconds());
        return writer.write(row)
                .whenComplete((birth, failure) -> {
                    if (!(birth instanceof Birth.Born)) {
                        completions.ended(row.id());
                    }
                })
                .thenCompose(birth -> queued(birth, ended));
    }

    /// @param ended what the answer to a new job waits for
    private CompletionStage<Submitted> queued(Birth birth, CompletionStage<Boolean> ended) {
        return switch (birth) {
            case Birth.Refused refused -> CompletableFuture.failedStage(refused.reason());
            case Birth.Repeated repeated -> CompletableFuture.completedStage(new Submitted(repeated.jobId(), true));
            case Birth.Born born -> {
                note(born.row());
                wake(born.row().backendSlug());
                yield ended.thenApply(done -> new Submitted(born.row().id(), false));
            }
        };
    }

    private void wake(String backend) {
        if (catalogue.get(backend).isProvided()) {
            providerLane.wake();
        } else {
            lanes.wake();
        }
    }

    private void note(NewJobRow row) {
        metrics.submitted(row.backendSlug());
        LOG.log(
                Level.INFO,
                "job submitted job={0} requestId={1} team={2} backend={3}",
                row.id(),
                row.requestId(),
                row.teamId(),
                row.backendSlug());
    }
}
