package org.quantumhub.execution.rest;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.quantumhub.execution.Job;
import org.quantumhub.execution.JobStatus;
import org.quantumhub.execution.RunMode;
import org.quantumhub.shared.Money;

/// A job as its team sees it.
@Schema(name = "Job")
public record JobView(
        UUID id,
        @Nullable String name,
        JobStatus status,
        @Nullable String subStatus,

        @Schema(description = "a word for why it is like this") @Nullable
        String statusReason,

        @Nullable String errorMessage,
        String backend,
        String jobType,
        RunMode runMode,
        int shots,

        @Schema(description = "the same circuit, shots and seed give the same counts")
        long seed,

        boolean memory,
        List<String> tags,
        int qubitCount,
        int gateCount,
        @Schema(description = "gates on the longest path") int depth,

        @Schema(description = "how often somebody began to work on it")
        int attempts,

        @Schema(description = "decimal string") String estimatedCost,

        @Schema(description = "decimal string, once the job has ended") @Nullable
        String actualCost,

        String currency,
        UUID teamId,
        UUID userId,
        Instant submittedAt,
        @Nullable Instant startedAt,
        @Nullable Instant completedAt,

        @Schema(description = "from submission to end") @Nullable
        BigDecimal wallTimeSeconds,

        @Schema(description = "spent computing") @Nullable BigDecimal quantumTimeSeconds,
        @Nullable String requestId,

        @Schema(description = "place among the jobs of the team, higher comes first")
        int priority,

        @Schema(description = "the bundle it is part of, or the job it repeats") @Nullable
        UUID parentJobId,

        @Schema(description = "how many circuits, for a job of many") @Nullable
        Integer childCount,

        @Schema(description = "place in its bundle, from 0") @Nullable
        Integer childIndex,

        @Schema(description = "not before") @Nullable Instant runAt,

        @Schema(description = "cancelled if not begun by then") @Nullable
        Instant expiresAt,

        @Schema(description = "how long the result is kept after the end; missing for ever") @Nullable
        Integer retentionDays,

        @Schema(description = "when the result was removed") @Nullable
        Instant purgedAt,

        @Schema(description = "the job that ran, when the answer came from the cache") @Nullable
        UUID cachedFrom,

        @Schema(description = "what it is done for, an id of the team's own") @Nullable
        UUID projectId) {

    static JobView of(Job job) {
        Money actual = job.actualCost();
        return new JobView(
                job.id(),
                job.name(),
                job.status(),
                job.subStatus(),
                job.statusReason(),
                job.errorMessage(),
                job.backendSlug(),
                job.jobType(),
                job.runMode(),
                job.shots(),
                job.seed(),
                job.keepsMemory(),
                job.tags(),
                job.qubitCount(),
                job.gateCount(),
                job.depth(),
                job.attempts(),
                job.estimatedCost().amount().toPlainString(),
                actual == null ? null : actual.amount().toPlainString(),
                job.estimatedCost().currency().getCurrencyCode(),
                job.teamId(),
                job.userId(),
                job.submittedAt(),
                job.startedAt(),
                job.completedAt(),
                job.wallTimeSeconds(),
                job.quantumTimeSeconds(),
                job.requestId(),
                job.priority(),
                job.parentJobId(),
                job.isBundle() ? job.childCount() : null,
                job.childIndex(),
                job.runAt(),
                job.expiresAt(),
                job.retentionDays(),
                job.purgedAt(),
                job.cachedFrom(),
                job.projectId());
    }
}
