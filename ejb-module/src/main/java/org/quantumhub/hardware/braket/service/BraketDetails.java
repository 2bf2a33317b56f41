package org.quantumhub.hardware.braket.service;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;

/// What a result document tells besides the outcomes.
final class BraketDetails {

    private BraketDetails() {}

    /// What the provider tells besides: the compiled program, values that were asked for, its own metadata.
    static JsonObject of(JsonObject document) {
        JsonObjectBuilder details = Json.createObjectBuilder();
        JsonObject more = isObject(document, "additionalMetadata")
                ? document.getJsonObject("additionalMetadata")
                : JsonObject.EMPTY_JSON_OBJECT;
        for (String vendor : List.of("iqmMetadata", "rigettiMetadata", "oqcMetadata", "xanaduMetadata")) {
            if (isObject(more, vendor)) {
                String compiled = more.getJsonObject(vendor).getString("compiledProgram", "");
                if (!compiled.isEmpty()) {
                    details.add("compiledProgram", compiled);
                }
            }
        }
        for (String member : List.of("ionqMetadata", "queraMetadata", "simulatorMetadata")) {
            if (isObject(more, member)) {
                details.add(member, more.getJsonObject(member));
            }
        }
        for (String member : List.of("measuredQubits", "outputs")) {
            if (isArray(document, member) && !document.getJsonArray(member).isEmpty()) {
                JsonArrayBuilder values = Json.createArrayBuilder(document.getJsonArray(member));
                details.add(member, values);
            }
        }
        return details.build();
    }

    /// Time on the device, as far as it is told: 0 when not.
    static double seconds(JsonObject document) {
        if (!isObject(document, "taskMetadata")) {
            return 0;
        }
        JsonObject task = document.getJsonObject("taskMetadata");
        JsonObject more = isObject(document, "additionalMetadata")
                ? document.getJsonObject("additionalMetadata")
                : JsonObject.EMPTY_JSON_OBJECT;
        if (isObject(more, "simulatorMetadata")
                && more.getJsonObject("simulatorMetadata").get("executionDuration") instanceof JsonNumber millis) {
            return Math.max(0, millis.doubleValue() / 1e3);
        }
        try {
            Duration time = Duration.between(
                    Instant.parse(task.getString("createdAt", "")), Instant.parse(task.getString("endedAt", "")));
            return Math.max(0, time.toMillis() / 1e3);
        } catch (DateTimeParseException unknown) {
            return 0;
        }
    }

    private static boolean isArray(JsonObject object, String member) {
        return object.get(member) instanceof JsonArray;
    }

    private static boolean isObject(JsonObject object, String member) {
        return object.get(member) instanceof JsonObject;
    }
}
