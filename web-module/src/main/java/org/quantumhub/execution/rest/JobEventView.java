package org.quantumhub.execution.rest;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
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

        @Schema(
                description =
                        "a call to a provider: operation, request id, HTTP status, latency; missing for a step of the job itself")
        @Nullable
        JsonObject detail) {

    static JobEventView of(JobEvent event) {
        return new JobEventView(
                event.id(),
                event.status(),
                event.subStatus(),
                event.reason(),
                event.attempt(),
                event.createdAt(),
                detail(event));
    }

    private static @Nullable JsonObject detail(JobEvent event) {
        String detail = event.detail();
        if (detail == null) {
            return null;
        }
        try (JsonReader reader = Json.createReader(new StringReader(detail))) {
            return reader.readObject();
        }
    }
}
