package org.quantumhub.execution.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.quantumhub.execution.Job;
import org.quantumhub.execution.JobCause;
import org.quantumhub.execution.JobFacts;
import org.quantumhub.execution.JobOutlook;
import org.quantumhub.hardware.Backend;
import org.quantumhub.hardware.BackendMaintenance;
import org.quantumhub.hardware.Provider;
import org.quantumhub.hardware.service.Catalogue;
import org.quantumhub.hardware.service.CircuitBreaker;
import org.quantumhub.hardware.service.DeviceGate;
import org.quantumhub.hardware.service.Providers;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.service.Database;

/// Tells why a job does not run yet, or why it ended as it did.
@ApplicationScoped
public class Explanations {

    @Inject
    Jobs jobs;

    @Inject
    JobOutlook outlook;

    @Inject
    QueueOutlook queue;

    @Inject
    RunningLimits limits;

    @Inject
    Catalogue catalogue;

    @Inject
    Providers providers;

    @Inject
    DeviceGate gate;

    @Inject
    Database database;

    @Inject
    Clock clock;

    /// @param message a sentence or two for people
    /// @param waitSeconds how long it may still wait for a lane; 0 for jobs that do not
    public record Explanation(Job job, JobCause cause, String message, double waitSeconds) {}

    @Transactional
    public Explanation explain(Caller caller, UUID id) {
        Job job = jobs.get(caller, id);
        Backend backend = catalogue.get(job.backendSlug());
        List<String> accountKeys = providers.accountKeys();
        JobOutlook.Standing standing = database.asRequest(connection -> outlook.of(connection, id, accountKeys));
        Optional<JobFacts.Order> order = backend.isProvided()
                ? database.asRequest(connection -> outlook.order(connection, id))
                : Optional.empty();
        QueueOutlook.Queue waiting = queue.now();
        JobFacts facts = new JobFacts(
                job.status(),
                job.subStatus(),
                job.statusReason(),
                job.errorMessage(),
                job.attempts(),
                job.childCount(),
                job.runAt(),
                job.cachedFrom() != null,
                job.purgedAt() != null,
                standing.leaseSilent(),
                device(caller, backend),
                order.orElse(null),
                caller.teamSuspended(),
                limits.of(caller.teamId()),
                standing.running(),
                standing.ahead(),
                waiting.jobs(),
                waiting.servers(),
                waiting.lanes(),
                standing.secretTrouble());
        JobCause cause = JobCause.of(facts);
        boolean waits = job.queuedAt() != null
                && job.startedAt() == null
                && !job.status().isFinal();
        return new Explanation(job, cause, cause.words(facts), waits ? waiting.seconds() : 0);
    }

    private JobFacts.Device device(Caller caller, Backend backend) {
        Provider provider = backend.provider();
        Instant now = clock.instant();
        return new JobFacts.Device(
                backend.slug(),
                backend.status().name(),
                catalogue.rest(backend).map(BackendMaintenance::endsAt).orElse(null),
                backend.availability()
                        .nextOpening(now)
                        .filter(opening -> opening.isAfter(now))
                        .orElse(null),
                gate.allows(caller, backend.slug()),
                backend.isProvided() ? provider.name() : "",
                providers.notReady(backend).orElse(null),
                providers.breaker(provider.slug()).state() != CircuitBreaker.State.CLOSED,
                providers.isThrottling(provider.slug()));
    }
}
