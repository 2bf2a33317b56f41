package org.quantumhub.execution;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The life of a job. The steps that are allowed stand in the table `job_transitions` too, where a trigger enforces
/// them;
/// a test holds the two together.
public enum JobStatus {
    SUBMITTED,
    QUEUED,
    PROVISIONING,
    RUNNING,
    CANCELLING,
    COMPLETED,
    FAILED,
    CANCELLED;

    private static final Map<JobStatus, Set<JobStatus>> STEPS = Map.of(
            SUBMITTED, Set.of(QUEUED, FAILED, CANCELLED),
            QUEUED, Set.of(PROVISIONING, RUNNING, FAILED, CANCELLING, CANCELLED),
            PROVISIONING, Set.of(RUNNING, QUEUED, FAILED, CANCELLING),
            RUNNING, Set.of(COMPLETED, FAILED, CANCELLING),
            CANCELLING, Set.of(CANCELLED, COMPLETED, FAILED));

    private static final Map<String, JobStatus> OTHER_WORDS =
            Map.of("PENDING", SUBMITTED, "CREATED", SUBMITTED, "DISPATCH_FAILED", FAILED, "CANCELED", CANCELLED);

    public Set<JobStatus> next() {
        return STEPS.getOrDefault(this, Set.of());
    }

    public boolean isFinal() {
        return next().isEmpty();
    }

    /// Reads a status as people write it: any case, and the words of the source documents.
    public static Optional<JobStatus> read(String word) {
        String upper = word.strip().toUpperCase(Locale.ROOT);
        for (JobStatus status : values()) {
            if (status.name().equals(upper)) {
                return Optional.of(status);
            }
        }
        return Optional.ofNullable(OTHER_WORDS.get(upper));
    }
}
