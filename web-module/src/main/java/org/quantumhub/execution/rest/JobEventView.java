package org.quantumhub.execution.rest;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.quantumhub.execution.JobEvent;
import org.quantumhub.execution.JobStatus;

/// One step in the life of a job.
@Schema(name = "JobEvent")
public record JobEventView(
        long id,
        JobStatus status,
        @Nullable String subStatus,
        @Nullable String reason,

        @Schema(description = "which attempt it belongs to, 0 before the first")
        int attempt,

        Instant at,

        @Schema(description = "what went wrong in this attempt") @Nullable
        String message) {

    static JobEventView of(JobEvent event) {
        return new JobEventView(
                event.id(),
                event.status(),
                event.subStatus(),
                event.reason(),
                event.attempt(),
                event.createdAt(),
                event.message());
    }
}
