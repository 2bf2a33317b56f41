package org.quantumhub.hardware.service;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;

/// What a device found, whatever it is.
///
/// @param counts by bitstring, the highest bit at the left
/// @param probabilities by bitstring
/// @param exact whether the probabilities were computed and not counted
/// @param memory the shots one by one, empty when not known
/// @param seconds time on the device
/// @param explanation how it ran, a sentence for people
/// @param details compiled program, qubit mapping and whatever else the provider tells
/// @param values what the program asked for besides counts, in the order in which it asked: objects with `type`, where
///     there is one `observable` and `targets`, and `value`
public record DeviceResult(
        Map<String, Integer> counts,
        Map<String, Double> probabilities,
        boolean exact,
        List<String> memory,
        double seconds,
        String explanation,
        JsonObject details,
        JsonArray values) {

    /// Counts and nothing else.
    public DeviceResult(
            Map<String, Integer> counts,
            Map<String, Double> probabilities,
            boolean exact,
            List<String> memory,
            double seconds,
            String explanation,
            JsonObject details) {
        this(counts, probabilities, exact, memory, seconds, explanation, details, JsonValue.EMPTY_JSON_ARRAY);
    }
}
