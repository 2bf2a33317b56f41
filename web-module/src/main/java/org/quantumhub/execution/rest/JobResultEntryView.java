package org.quantumhub.execution.rest;

import java.time.Instant;
import java.util.HexFormat;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.quantumhub.execution.JobResult;

/// One of the results of a job, without what is in it.
@Schema(name = "JobResultEntry")
public record JobResultEntryView(
        @Schema(description = "COUNTS, MEMORY, SUMMARY and others")
        String type,

        @Schema(description = "whether it stands for the job")
        boolean primary,

        String status,
        @Nullable String error,
        int shots,

        @Schema(description = "missing for what is small") @Nullable
        Long sizeBytes,

        @Schema(description = "SHA-256, for what is large") @Nullable
        String digest,

        Instant createdAt) {

    static JobResultEntryView of(JobResult result) {
        byte[] digest = result.digest();
        return new JobResultEntryView(
                result.type(),
                result.isPrimary(),
                result.status(),
                result.error(),
                result.shots(),
                result.sizeBytes(),
                digest == null ? null : HexFormat.of().formatHex(digest),
                result.createdAt());
    }
}
