package org.quantumhub.execution.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.quantumhub.account.service.EmailVerification;
import org.quantumhub.billing.PriceVersion;
import org.quantumhub.billing.service.Charging;
import org.quantumhub.engine.simulator.CostEstimate;
import org.quantumhub.execution.JobTerms;
import org.quantumhub.execution.NewJobRow;
import org.quantumhub.execution.NewJobRow.Idempotency;
import org.quantumhub.hardware.Backend;
import org.quantumhub.hardware.service.Catalogue;
import org.quantumhub.hardware.service.DeviceGate;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.Money;
import org.quantumhub.shared.ProblemCode;

/// Makes a job of a submission, as far as that goes without writing anything: read, admitted, priced.
@ApplicationScoped
public class Preparation {

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
    ExecutionConfig config;

    @Inject
    Clock clock;

    /// A job that is ready to be born.
    record Prepared(NewJobRow row, Backend backend, ReadProgram program, CostEstimate estimate, PriceVersion price) {}

    /// @throws HubException for every reason to refuse it
    Prepared prepare(NewJob job, Caller caller) {
        if (verification.isRequiredForWork()) {
            verification.requireForWork(caller);
        }
        JobTerms terms = terms(job.terms());
        Backend backend = catalogue.get(job.backend());
        gate.pass(caller, backend.slug());
        ReadProgram program = circuits.readAny(job.program(), terms.parameters());
        CostEstimate estimate = admission.admit(caller, job.program(), terms.parameters(), program, job, backend);
        PriceVersion price = charging.priceOf(backend.slug(), caller.teamId());
        // what a provider computes keeps no lane of this hub busy
        double laneSeconds = backend.isProvided() ? 0 : estimate.seconds();
        return new Prepared(
                row(job, terms, caller, program, laneSeconds, price.hold(job.shots(), estimate.seconds()), price.id()),
                backend,
                program,
                estimate,
                price);
    }

    private JobTerms terms(JobTerms asked) {
        Instant expires = asked.expiresAt();
        if (expires != null) {
            Instant begin = asked.runAt() == null ? clock.instant() : asked.runAt();
            if (expires.isBefore(begin.plusSeconds(1))
                    || expires.isBefore(clock.instant().plusSeconds(1))) {
                throw new HubException(
                                ProblemCode.INVALID_FIELD,
                                "expiresAt must lie in the future, and after the time at which the job may run.")
                        .with("field", "expiresAt");
            }
        }
        boolean usual = asked.retentionDays() == null && config.retentionDays() > 0;
        return usual ? asked.keptFor(config.retentionDays()) : asked;
    }

    /// A seed that nobody asked for.
    static long anySeed() {
        return ThreadLocalRandom.current().nextLong(LARGEST_SEED);
    }

    private static NewJobRow row(
            NewJob job,
            JobTerms terms,
            Caller caller,
            ReadProgram program,
            double laneSeconds,
            Money hold,
            UUID priceVersion) {
        return new NewJobRow(
                Ids.next(),
                caller.teamId(),
                caller.userId(),
                job.name(),
                job.runMode(),
                job.backend(),
                job.program(),
                job.shots(),
                job.seed() != null ? job.seed() : anySeed(),
                job.memory(),
                job.tags(),
                job.metadata(),
                program.qubits(),
                program.gates(),
                program.depth(),
                (long) Math.min(laneSeconds * 1e6, Long.MAX_VALUE),
                hold,
                priceVersion,
                job.requestId(),
                idempotency(job),
                terms);
    }

    private static @Nullable Idempotency idempotency(NewJob job) {
        return job.idempotencyKey() == null ? null : new Idempotency(job.idempotencyKey(), job.fingerprint());
    }
}
