package org.quantumhub.execution.rest;

import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.quantumhub.execution.Job;
import org.quantumhub.execution.JobResult;

/// The result of a job. Stored as JSON, it leaves as the same text: a large result is not taken apart and put together
/// again on its way.
@Schema(name = "JobResult")
public record ResultView(
        UUID jobId,
        String status,
        int shots,
        long seed,
        BigDecimal quantumTimeSeconds,

        @Schema(description = "how often each bitstring was measured; the highest bit stands left")
        Map<String, Integer> counts,

        @Schema(description = "the probability of each bitstring")
        Map<String, Double> probabilities,

        @Schema(description = "whether the probabilities come from the state, not from the counts")
        boolean probabilitiesExact,

        @Schema(description = "whether small probabilities were left out")
        boolean probabilitiesCut,

        String simulator,

        @Schema(description = "why this simulator, and how it ran")
        String explanation,

        @Schema(
                description =
                        "of a job at a device: its backend and task, the compiled program, the qubit mapping, and the"
                                + " calibration that was valid when it ran")
        @Nullable
        Map<String, Object> device,

        @Schema(
                description =
                        "what the program asked for by result pragmas, in its order: objects with type (EXPECTATION,"
                                + " VARIANCE, SAMPLE, PROBABILITY, STATE_VECTOR, DENSITY_MATRIX, AMPLITUDE or"
                                + " ADJOINT_GRADIENT), observable and targets where there are some, and value; complex"
                                + " numbers are pairs")
        @Nullable
        List<Map<String, Object>> values,

        @Schema(description = "the shots one by one, with ?memory=true") @Nullable
        List<String> memory) {

    /// Kept, because [Json] looks for its implementation at each call.
    private static final JsonBuilderFactory BUILDERS = Json.createBuilderFactory(Map.of());

    static String json(Job job, JobResult result, String data, @Nullable String memory) {
        StringBuilder json = new StringBuilder(data.length() + 256);
        String head = BUILDERS.createObjectBuilder()
                .add("jobId", job.id().toString())
                .add("status", job.status().name())
                .add("shots", result.shots())
                .add("seed", job.seed())
                .add("quantumTimeSeconds", result.quantumTimeSeconds())
                .build()
                .toString();
        json.append(head, 0, head.length() - 1).append(',').append(data, 1, data.length() - 1);
        if (memory != null) {
            json.append(",\"memory\":").append(memory);
        }
        return json.append('}').toString();
    }
}
