package org.quantumhub.execution.rest;

import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.quantumhub.execution.JobCause;
import org.quantumhub.execution.JobStatus;
import org.quantumhub.execution.service.Explanations.Explanation;

/// Why a job stands where it does.
@Schema(name = "JobExplanation")
public record ExplanationView(
        UUID jobId,
        JobStatus status,
        @Schema(description = "a word for programs") JobCause code,

        @Schema(description = "a sentence or two for people")
        String message,

        @Schema(description = "how long it may still wait for a lane, if nothing else comes; 0 when it does not")
        double waitSeconds) {

    static ExplanationView of(Explanation explanation) {
        return new ExplanationView(
                explanation.job().id(),
                explanation.job().status(),
                explanation.cause(),
                explanation.message(),
                explanation.waitSeconds());
    }
}
