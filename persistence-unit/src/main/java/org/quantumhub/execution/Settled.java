package org.quantumhub.execution;

import java.util.Objects;
import java.util.UUID;
import org.quantumhub.shared.Money;

/// A job whose settlement was accepted.
///
/// @param held what was set aside for it
/// @param cost what it costs in the end
public record Settled(UUID jobId, UUID teamId, String backendSlug, JobStatus status, Money held, Money cost) {

    /// @throws NullPointerException when the job has not ended
    public static Settled of(Job job) {
        return new Settled(
                job.id(),
                job.teamId(),
                job.backendSlug(),
                job.status(),
                job.estimatedCost(),
                Objects.requireNonNull(job.actualCost(), "the cost of a job that has ended"));
    }
}
