package org.quantumhub.execution.rest;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.quantumhub.execution.JobLog;
import org.quantumhub.execution.LogStream;

/// A line of a job's log.
@Schema(name = "JobLogLine")
public record JobLogView(
        long id,

        @Schema(description = "USER is the job's own, PLATFORM the hub's")
        LogStream stream,

        @Schema(description = "which attempt it belongs to, 0 before the first")
        int attempt,

        String level,
        String message,
        Instant at) {

    static JobLogView of(JobLog line) {
        return new JobLogView(line.id(), line.stream(), line.attempt(), line.level(), line.message(), line.createdAt());
    }
}
