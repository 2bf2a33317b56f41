package org.quantumhub.execution.rest;

import jakarta.json.Json;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.quantumhub.execution.JobDetails;

/// What few jobs carry and no list shows.
@Schema(name = "JobDetails")
public record JobDetailsView(
        UUID jobId,
        String executionMode,
        @Nullable UUID subscriptionId,
        @Nullable UUID scriptId,
        @Nullable UUID circuitId,
        @Nullable UUID appVersionId,
        @Nullable String framework,
        @Nullable String inlineCode,
        @Nullable String platform,
        @Nullable String deviceId,
        @Nullable String platformJobId,
        List<String> braketTaskArns,
        @Nullable String providerStatus,
        @Nullable String workflowId,
        @Nullable String temporalRunId,
        @Nullable String temporalStatus,
        @Schema(type = SchemaType.OBJECT) @Nullable JsonValue workflowMetadata,
        @Schema(type = SchemaType.OBJECT) @Nullable JsonValue scalingConfig,
        @Schema(type = SchemaType.OBJECT) @Nullable JsonValue resourceUsage,
        @Schema(type = SchemaType.OBJECT) @Nullable JsonValue errorDetails,

        @Schema(type = SchemaType.OBJECT, description = "values of the circuit's inputs") @Nullable
        JsonValue parameters,

        @Schema(type = SchemaType.OBJECT) @Nullable JsonValue metadata,
        @Nullable String resultsStoragePath,
        @Nullable String notificationEmail,
        boolean createCapsule,
        @Nullable String capsuleName,
        UUID priceVersionId,

        @Schema(description = "computing time it was expected to take")
        double expectedSeconds) {

    static JobDetailsView of(JobDetails job) {
        return new JobDetailsView(
                job.id(),
                job.executionMode(),
                job.subscriptionId(),
                job.scriptId(),
                job.circuitId(),
                job.appVersionId(),
                job.framework(),
                job.inlineCode(),
                job.platform(),
                job.deviceId(),
                job.platformJobId(),
                job.braketTaskArns(),
                job.providerStatus(),
                job.workflowId(),
                job.temporalRunId(),
                job.temporalStatus(),
                json(job.workflowMetadata()),
                json(job.scalingConfig()),
                json(job.resourceUsage()),
                json(job.errorDetails()),
                json(job.parameters()),
                json(job.metadata()),
                job.resultsStoragePath(),
                job.notificationEmail(),
                job.createsCapsule(),
                job.capsuleName(),
                job.priceVersionId(),
                job.expectedMicros() / 1e6);
    }

    private static @Nullable JsonValue json(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readValue();
        }
    }
}
