package org.quantumhub.execution.rest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.quantumhub.execution.JobEvent;
import org.quantumhub.execution.JobStatus;

/// One go at a job. What went wrong in it stays with it.
@Schema(name = "JobAttempt")
public record JobAttemptView(
        int attempt,

        @Schema(description = "the start of a server that worked on it") @Nullable
        UUID worker,

        Instant startedAt,

        @Schema(description = "when it ended, or was given up because its server was silent") @Nullable
        Instant endedAt,

        @Schema(description = "how it ended; LOST when its server fell silent, missing while it runs") @Nullable
        String outcome,

        @Nullable String reason,
        @Nullable String message) {

    /// The attempts that the events of a job tell of, in order. An attempt is over when the next one begins.
    static List<JobAttemptView> of(List<JobEvent> events) {
        List<JobAttemptView> attempts = new ArrayList<>();
        for (JobEvent event : events) {
            if (event.attempt() == 0) {
                continue;
            }
            JobAttemptView last = attempts.isEmpty() ? null : attempts.getLast();
            if (last == null || event.attempt() > last.attempt) {
                if (last != null && last.endedAt == null) {
                    attempts.set(attempts.size() - 1, last.ended(event, "LOST", null));
                }
                if (!event.status().isFinal()) {
                    attempts.add(begun(event));
                }
            } else if (event.status().isFinal()) {
                attempts.set(
                        attempts.size() - 1,
                        last.ended(
                                event,
                                event.status().name(),
                                event.status() == JobStatus.COMPLETED ? null : event.reason()));
            }
        }
        return attempts;
    }

    private static JobAttemptView begun(JobEvent event) {
        return new JobAttemptView(event.attempt(), event.worker(), event.createdAt(), null, null, null, null);
    }

    private JobAttemptView ended(JobEvent event, String how, @Nullable String why) {
        return new JobAttemptView(
                attempt, worker, startedAt, event.createdAt(), how, why, how.equals("LOST") ? null : event.message());
    }
}
