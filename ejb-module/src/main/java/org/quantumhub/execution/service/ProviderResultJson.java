package org.quantumhub.execution.service;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.quantumhub.execution.ClaimedJob;
import org.quantumhub.execution.Histogram;
import org.quantumhub.execution.KeptResult;
import org.quantumhub.execution.OpenTask;
import org.quantumhub.execution.ProviderTaskRegister.Calibration;
import org.quantumhub.hardware.service.DeviceResult;
import org.quantumhub.hardware.service.ProviderException;

/// What a device found, as the JSON of every result with one member more that tells of the device.
final class ProviderResultJson {

    private static final int MOST_PROBABILITIES = 65_536;

    private ProviderResultJson() {}

    /// @throws ProviderException BROKEN when the counts are not those of the job
    static KeptResult counts(DeviceResult result, ClaimedJob job, OpenTask task, @Nullable Calibration calibration) {
        check(result, job);
        JsonObjectBuilder json = Json.createObjectBuilder();
        Optional<Histogram> histogram = Histogram.of(result.counts(), result.probabilities());
        if (histogram.isEmpty()) {
            json.add("counts", counts(result)).add("probabilities", probabilities(result));
        }
        JsonObjectBuilder device = Json.createObjectBuilder(result.details())
                .add("backend", task.backend())
                .add("provider", task.provider())
                .add("taskId", String.valueOf(task.providerTaskId()));
        if (calibration != null) {
            device.add(
                    "calibration",
                    Json.createObjectBuilder()
                            .add("id", calibration.id().toString())
                            .add("validFrom", calibration.validFrom())
                            .add("digest", calibration.digest()));
        }
        json.add("probabilitiesExact", result.exact())
                .add("probabilitiesCut", result.probabilities().size() > MOST_PROBABILITIES)
                .add("simulator", task.backend())
                .add("explanation", result.explanation())
                .add("device", device);
        if (!result.values().isEmpty()) {
            json.add("values", result.values());
        }
        return new KeptResult(json.build().toString(), histogram.orElse(null));
    }

    private static JsonObjectBuilder counts(DeviceResult result) {
        JsonObjectBuilder counts = Json.createObjectBuilder();
        new TreeMap<>(result.counts()).forEach(counts::add);
        return counts;
    }

    private static JsonObjectBuilder probabilities(DeviceResult result) {
        JsonObjectBuilder probabilities = Json.createObjectBuilder();
        new TreeMap<>(result.probabilities())
                .entrySet().stream()
                        .limit(MOST_PROBABILITIES)
                        .forEach(entry -> probabilities.add(entry.getKey(), entry.getValue()));
        return probabilities;
    }

    private static void check(DeviceResult result, ClaimedJob job) {
        long total = 0;
        for (Map.Entry<String, Integer> entry : result.counts().entrySet()) {
            if (entry.getValue() < 0 || entry.getKey().length() > 10_000) {
                throw ProviderException.broken(
                        "COUNTS_WRONG", "The result counts " + entry.getValue() + " of something.");
            }
            total += entry.getValue();
        }
        if (total > job.shots()) {
            throw ProviderException.broken(
                    "COUNTS_WRONG", "The result counts " + total + " shots of " + job.shots() + " ordered.");
        }
        result.probabilities().forEach((bits, share) -> {
            if (!(share >= 0 && share <= 1 + 1e-6)) {
                throw ProviderException.broken("PROBABILITIES_WRONG", "The result has a probability of " + share + ".");
            }
        });
    }

    static @Nullable String memory(DeviceResult result, ClaimedJob job) {
        if (!job.memory()) {
            return null;
        }
        JsonArrayBuilder memory = Json.createArrayBuilder();
        result.memory().forEach(memory::add);
        return memory.build().toString();
    }
}
