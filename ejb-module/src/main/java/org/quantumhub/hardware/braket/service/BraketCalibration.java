package org.quantumhub.hardware.braket.service;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// What was measured of a device, out of its capabilities: medians over the device, and the figures of each qubit and
/// each pair under the device's own numbers.
final class BraketCalibration {

    private static final int MOST_QUBITS = 10_000;

    private BraketCalibration() {}

    /// The medians over the device, in the words of our own calibrations; null when the document measures nothing.
    static @Nullable String of(JsonObject capabilities) {
        JsonObject standardized = object(capabilities, "standardized");
        JsonObject one = object(standardized, "oneQubitProperties");
        JsonObjectBuilder figures = Json.createObjectBuilder().add("source", "device");
        medians(figures, one, object(standardized, "twoQubitProperties"));
        wholeDevice(figures, standardized);
        means(figures, object(object(capabilities, "provider"), "fidelity"));
        addUnlessEmpty(figures, "qubits", qubits(one));
        addUnlessEmpty(figures, "pairs", pairs(object(standardized, "twoQubitProperties")));
        JsonObject built = figures.build();
        return built.size() > 1 ? built.toString() : null;
    }

    private static void medians(JsonObjectBuilder figures, JsonObject one, JsonObject two) {
        add(figures, "oneQubitFidelity", values(one, q -> fidelity(q, "oneQubitFidelity", "RANDOMIZED_BENCHMARKING")));
        add(figures, "t1Seconds", values(one, q -> value(q, "T1")));
        add(figures, "t2Seconds", values(one, q -> value(q, "T2")));
        List<Double> zeroToOne = values(one, q -> misreading(q, "READOUT_ERROR_0_TO_1"));
        List<Double> oneToZero = values(one, q -> misreading(q, "READOUT_ERROR_1_TO_0"));
        if (!zeroToOne.isEmpty() && !oneToZero.isEmpty()) {
            figures.add(
                    "readout",
                    Json.createObjectBuilder()
                            .add("oneForZero", median(zeroToOne))
                            .add("zeroForOne", median(oneToZero)));
        }
        add(figures, "twoQubitFidelity", values(two, BraketCalibration::bestPairFidelity));
    }

    /// Devices whose qubits are all alike tell one figure for all of them.
    private static void wholeDevice(JsonObjectBuilder figures, JsonObject standardized) {
        add(figures, "t1Seconds", one(value(standardized, "T1")));
        add(figures, "t2Seconds", one(value(standardized, "T2")));
        add(figures, "oneQubitGateSeconds", one(value(standardized, "singleQubitGateDuration")));
        add(figures, "twoQubitGateSeconds", one(value(standardized, "twoQubitGateDuration")));
        add(figures, "readoutSeconds", one(value(standardized, "readoutDuration")));
    }

    private static void means(JsonObjectBuilder figures, JsonObject means) {
        add(figures, "oneQubitFidelity", one(number(object(means, "1Q").get("mean"))));
        add(figures, "twoQubitFidelity", one(number(object(means, "2Q").get("mean"))));
        double spam = number(object(means, "spam").get("mean"));
        if (Double.isFinite(spam)) {
            figures.add(
                    "readout",
                    Json.createObjectBuilder().add("oneForZero", 1 - spam).add("zeroForOne", 1 - spam));
        }
    }

    /// The two errors of the readout; where only its fidelity is told, both are what it lacks.
    private static double misreading(JsonObject qubit, String type) {
        double error = fidelity(qubit, "oneQubitFidelity", type);
        return Double.isFinite(error) ? error : 1 - fidelity(qubit, "oneQubitFidelity", "READOUT");
    }

    private static List<Double> values(JsonObject properties, ToDoubleFunction<JsonObject> of) {
        List<Double> values = new ArrayList<>();
        properties.values().forEach(qubit -> {
            double value = qubit instanceof JsonObject object ? of.applyAsDouble(object) : Double.NaN;
            if (Double.isFinite(value)) {
                values.add(value);
            }
        });
        return values;
    }

    private static double fidelity(JsonObject qubit, String list, String type) {
        if (qubit.get(list) instanceof JsonArray entries) {
            for (JsonObject entry : entries.getValuesAs(JsonObject.class)) {
                String name = object(entry, "fidelityType").getString("name", "");
                if (name.equals(type) || name.equals("SIMULTANEOUS_" + type)) {
                    return number(entry.get("fidelity"));
                }
            }
        }
        return Double.NaN;
    }

    private static double bestPairFidelity(JsonObject pair) {
        double best = Double.NaN;
        if (pair.get("twoQubitGateFidelity") instanceof JsonArray entries) {
            for (JsonObject entry : entries.getValuesAs(JsonObject.class)) {
                double value = number(entry.get("fidelity"));
                // a Clifford operation is several gates
                if (!entry.getString("gateName", "").toLowerCase(Locale.ROOT).contains("clifford")
                        && !(value <= best)) {
                    best = value;
                }
            }
        }
        return best;
    }

    private static double value(JsonObject qubit, String name) {
        return number(object(qubit, name).get("value"));
    }

    private static void add(JsonObjectBuilder figures, String name, List<Double> values) {
        if (!values.isEmpty()) {
            figures.add(name, median(values));
        }
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private static double number(@Nullable JsonValue value) {
        return value instanceof JsonNumber number ? number.doubleValue() : Double.NaN;
    }

    private static List<Double> one(double value) {
        return Double.isFinite(value) ? List.of(value) : List.of();
    }

    private static JsonObject qubits(JsonObject properties) {
        JsonObjectBuilder all = Json.createObjectBuilder();
        properties.entrySet().stream().limit(MOST_QUBITS).forEach(entry -> {
            if (entry.getKey().matches("[0-9]{1,6}") && entry.getValue() instanceof JsonObject qubit) {
                JsonObjectBuilder figures = Json.createObjectBuilder();
                add(figures, "t1Seconds", one(value(qubit, "T1")));
                add(figures, "t2Seconds", one(value(qubit, "T2")));
                add(figures, "oneQubitFidelity", one(fidelity(qubit, "oneQubitFidelity", "RANDOMIZED_BENCHMARKING")));
                JsonObjectBuilder readout = Json.createObjectBuilder();
                add(readout, "oneForZero", one(misreading(qubit, "READOUT_ERROR_0_TO_1")));
                add(readout, "zeroForOne", one(misreading(qubit, "READOUT_ERROR_1_TO_0")));
                JsonObject read = readout.build();
                if (!read.isEmpty()) {
                    figures.add("readout", read);
                }
                addUnlessEmpty(all, entry.getKey(), figures.build());
            }
        });
        return all.build();
    }

    private static JsonObject pairs(JsonObject properties) {
        JsonObjectBuilder all = Json.createObjectBuilder();
        properties.entrySet().stream().limit(MOST_QUBITS).forEach(entry -> {
            if (entry.getKey().matches("[0-9]{1,6}-[0-9]{1,6}") && entry.getValue() instanceof JsonObject pair) {
                String[] ends = entry.getKey().split("-", -1);
                int one = Integer.parseInt(ends[0]);
                int other = Integer.parseInt(ends[1]);
                JsonObjectBuilder figures = Json.createObjectBuilder();
                add(figures, "twoQubitFidelity", one(bestPairFidelity(pair)));
                addUnlessEmpty(all, Math.min(one, other) + "-" + Math.max(one, other), figures.build());
            }
        });
        return all.build();
    }

    private static void addUnlessEmpty(JsonObjectBuilder all, String name, JsonObject figures) {
        if (!figures.isEmpty()) {
            all.add(name, figures);
        }
    }

    private static JsonObject object(JsonObject parent, String member) {
        return parent.get(member) instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
    }
}
