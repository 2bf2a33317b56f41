package org.quantumhub.execution.service;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.quantumhub.account.service.EmailVerification;
import org.quantumhub.billing.PriceVersion;
import org.quantumhub.billing.service.Charging;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitStatistics;
import org.quantumhub.engine.simulator.CostEstimate;
import org.quantumhub.execution.NewJobRow;
import org.quantumhub.execution.NewJobRow.Idempotency;
import org.quantumhub.execution.RunMode;
import org.quantumhub.execution.service.JobBirths.Birth;
import org.quantumhub.hardware.Backend;
import org.quantumhub.hardware.service.Catalogue;
import org.quantumhub.hardware.service.DeviceGate;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.service.GroupWriter;
import org.quantumhub.shared.service.HubThreads;

/// The way of a job into the hub: read, admitted, priced, and written down with a hold on the team's money.
@ApplicationScoped
public class Submission {

    private static final Logger LOG = System.getLogger(Submission.class.getName());
    private static final int LARGEST_GROUP = 128;

    /// Seeds the hub chooses survive a reader that takes JSON numbers for doubles.
    private static final long LARGEST_SEED = 1L << 53;

    @Inject
    EmailVerification verification;

    @Inject
    Catalogue catalogue;

    @Inject
    DeviceGate gate;

    @Inject
    Circuits circuits;

    @Inject
    Admission admission;

    @Inject
    Charging charging;

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
        if (verification.isRequiredForWork()) {
            verification.requireForWork(caller);
        }
        Backend backend = catalogue.get(job.backend());
        gate.pass(caller, backend.slug());
        Circuit circuit = circuits.read(job.program());
        CostEstimate estimate = admission.admit(circuit, job, backend);
        PriceVersion price = charging.priceOf(backend.slug(), caller.teamId());
        NewJobRow row = row(job, caller, backend, circuit, estimate, price);
        if (job.runMode() == RunMode.NON_BLOCKING) {
            return writer.write(row).thenCompose(birth -> queued(birth, CompletableFuture.completedStage(true)));
        }
        return !backend.isProvided() && inlineRuns.begin(estimate) ? runInline(row, circuit) : runInLane(row);
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

    private NewJobRow row(
            NewJob job, Caller caller, Backend backend, Circuit circuit, CostEstimate estimate, PriceVersion price) {
        CircuitStatistics statistics = CircuitStatistics.of(circuit);
        return new NewJobRow(
                Ids.next(),
                caller.teamId(),
                caller.userId(),
                job.name(),
                job.runMode(),
                backend.slug(),
                job.program(),
                job.shots(),
                job.seed() != null ? job.seed() : ThreadLocalRandom.current().nextLong(LARGEST_SEED),
                job.memory(),
                job.tags(),
                job.metadata(),
                statistics.width(),
                statistics.gateCount(),
                statistics.depth(),
                (long) Math.min(estimate.seconds() * 1e6, Long.MAX_VALUE),
                price.hold(job.shots(), estimate.seconds()),
                price.id(),
                job.requestId(),
                null,
                idempotency(job));
    }

    private static @Nullable Idempotency idempotency(NewJob job) {
        return job.idempotencyKey() == null ? null : new Idempotency(job.idempotencyKey(), job.fingerprint());
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
