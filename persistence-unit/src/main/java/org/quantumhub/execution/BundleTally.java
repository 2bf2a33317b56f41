package org.quantumhub.execution;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How many children of a bundle are where, and what follows for the parent:
///
/// * it runs as soon as one child has left the queue;
/// * it ends when all have ended: CANCELLED when it was cancelled or nothing but cancelled children is left, FAILED
/// when
///   none completed, else COMPLETED, with the reason PARTIALLY_COMPLETED when some did not.
///
/// @param waiting children that nobody has begun
public record BundleTally(
        UUID id,
        JobStatus status,
        int children,
        int waiting,
        int completed,
        int failed,
        int cancelled,
        BigDecimal quantumTimeSeconds) {

    private int ended() {
        return completed + failed + cancelled;
    }

    boolean isWhole() {
        return completed == children;
    }

    /// The steps that the parent has to take now, each of them allowed by the life cycle.
    List<JobStatus> steps() {
        List<JobStatus> steps = new ArrayList<>();
        JobStatus end = ended() == children ? end() : null;
        JobStatus at = status;
        if (at == JobStatus.QUEUED && waiting < children && end != JobStatus.CANCELLED) {
            at = JobStatus.RUNNING;
            steps.add(at);
        }
        if (end != null) {
            if (!at.next().contains(end)) {
                steps.add(JobStatus.CANCELLING);
            }
            steps.add(end);
        }
        return steps;
    }

    private JobStatus end() {
        if (isWhole()) {
            return JobStatus.COMPLETED;
        }
        if (status == JobStatus.CANCELLING || cancelled == children) {
            return JobStatus.CANCELLED;
        }
        return completed > 0 ? JobStatus.COMPLETED : JobStatus.FAILED;
    }

    @Nullable
    String reason() {
        return switch (end()) {
            case CANCELLED -> "CHILDREN_CANCELLED";
            case FAILED -> "CHILDREN_FAILED";
            default -> isWhole() ? null : "PARTIALLY_COMPLETED";
        };
    }

    String message() {
        return "None of the " + children + " circuits completed: " + failed + " failed, " + cancelled
                + " were cancelled.";
    }

    String json() {
        return "{\"children\":" + children + ",\"completed\":" + completed + ",\"failed\":" + failed + ",\"cancelled\":"
                + cancelled + "}";
    }
}
