package org.quantumhub.hardware.braket.service;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.quantumhub.hardware.BackendStatus;
import org.quantumhub.hardware.DeviceRegister.Learned;
import org.quantumhub.hardware.DeviceType;
import org.quantumhub.hardware.Paradigm;
import org.quantumhub.hardware.Technology;

/// Reads what Braket tells of a device: its capabilities document, in the several forms that vendors give it.
final class BraketDevice {

    private final JsonObject capabilities;

    BraketDevice(String capabilities) {
        try (JsonReader reader = Json.createReader(new StringReader(capabilities))) {
            JsonValue value = reader.readValue();
            // one vendor's document is a JSON text inside a JSON text
            if (value instanceof JsonString text) {
                try (JsonReader inner = Json.createReader(new StringReader(text.getString()))) {
                    value = inner.readValue();
                }
            }
            this.capabilities = value.asJsonObject();
        }
    }

    Learned learned(String arn, String name, String vendor, String type, String status, @Nullable Integer queueDepth) {
        JsonObject service = object(capabilities, "service");
        JsonObject paradigm = object(capabilities, "paradigm");
        boolean analog = object(capabilities, "action").containsKey("braket.ir.ahs.program")
                || arn.toLowerCase(Locale.ROOT).contains("/quera/");
        JsonArray shots = service.get("shotsRange") instanceof JsonArray range ? range : JsonValue.EMPTY_JSON_ARRAY;
        DeviceType kind = type.equals("QPU") ? DeviceType.QPU : DeviceType.SIMULATOR;
        return new Learned(
                arn,
                name,
                name,
                region(arn),
                kind,
                kind == DeviceType.SIMULATOR ? Technology.SIMULATOR : technology(vendor),
                analog ? Paradigm.ANALOG : Paradigm.GATE,
                status(status),
                paradigm.get("qubitCount") instanceof JsonNumber qubits ? qubits.intValue() : null,
                shots.size() == 2 ? Math.max(1, shots.getInt(0)) : null,
                shots.size() == 2 ? Math.max(1, shots.getInt(1)) : null,
                windows(service),
                pairs(paradigm),
                gates(paradigm),
                queueDepth,
                service.get("getTaskPollIntervalMillis") instanceof JsonNumber millis
                        ? Math.clamp(millis.intValue(), 50, 3_600_000)
                        : null,
                capabilities.toString(),
                calibration());
    }

    static @Nullable String region(String arn) {
        String[] parts = arn.split(":", -1);
        return parts.length > 3 && !parts[3].isEmpty() ? parts[3] : null;
    }

    private static BackendStatus status(String word) {
        return switch (word) {
            case "ONLINE" -> BackendStatus.ONLINE;
            case "OFFLINE" -> BackendStatus.OFFLINE;
            case "RETIRED" -> BackendStatus.RETIRED;
            default -> BackendStatus.UNKNOWN;
        };
    }

    private static Technology technology(String vendor) {
        return switch (vendor.toLowerCase(Locale.ROOT)) {
            case "ionq", "aqt" -> Technology.TRAPPED_ION;
            case "rigetti", "iqm", "oqc" -> Technology.SUPERCONDUCTING;
            case "quera" -> Technology.NEUTRAL_ATOM;
            case "xanadu" -> Technology.PHOTONIC;
            default -> Technology.OTHER;
        };
    }

    private static @Nullable String windows(JsonObject service) {
        if (!(service.get("executionWindows") instanceof JsonArray windows)) {
            return null;
        }
        JsonArrayBuilder list = Json.createArrayBuilder();
        for (JsonObject window : windows.getValuesAs(JsonObject.class)) {
            String day = window.getString("executionDay").toUpperCase(Locale.ROOT);
            list.add(Json.createObjectBuilder()
                    .add("day", day.equals("WEEKENDS") ? "WEEKEND" : day)
                    .add("from", window.getString("windowStartHour"))
                    .add("to", window.getString("windowEndHour")));
        }
        return list.build().toString();
    }

    private static @Nullable String pairs(JsonObject paradigm) {
        JsonObject connectivity = object(paradigm, "connectivity");
        if (connectivity.isEmpty()) {
            return null;
        }
        if (connectivity.getBoolean("fullyConnected", false)) {
            return "[]";
        }
        Set<List<Integer>> pairs = new TreeSet<>((a, b) -> {
            int first = Integer.compare(a.getFirst(), b.getFirst());
            return first != 0 ? first : Integer.compare(a.getLast(), b.getLast());
        });
        object(connectivity, "connectivityGraph").forEach((from, list) -> {
            for (JsonString to : list.asJsonArray().getValuesAs(JsonString.class)) {
                int one = Integer.parseInt(from);
                int other = Integer.parseInt(to.getString());
                pairs.add(List.of(Math.min(one, other), Math.max(one, other)));
            }
        });
        JsonArrayBuilder array = Json.createArrayBuilder();
        pairs.forEach(
                pair -> array.add(Json.createArrayBuilder().add(pair.getFirst()).add(pair.getLast())));
        return array.build().toString();
    }

    private static @Nullable String gates(JsonObject paradigm) {
        if (!(paradigm.get("nativeGateSet") instanceof JsonArray gates)) {
            return null;
        }
        List<String> names = new ArrayList<>();
        for (JsonString gate : gates.getValuesAs(JsonString.class)) {
            if (gate.getString().matches("[A-Za-z0-9_]{1,40}")) {
                names.add(gate.getString().toLowerCase(Locale.ROOT));
            }
        }
        return "{" + String.join(",", names) + "}";
    }

    /// The medians over the device, in the words of our own calibrations; null when the document measures nothing.
    private @Nullable String calibration() {
        JsonObject standardized = object(capabilities, "standardized");
        JsonObjectBuilder figures = Json.createObjectBuilder().add("source", "device");
        int before = figures.build().size();
        figures.add("source", "device");
        JsonObject one = object(standardized, "oneQubitProperties");
        add(figures, "oneQubitFidelity", values(one, q -> fidelity(q, "oneQubitFidelity", "RANDOMIZED_BENCHMARKING")));
        add(figures, "t1Seconds", values(one, q -> value(q, "T1")));
        add(figures, "t2Seconds", values(one, q -> value(q, "T2")));
        List<Double> zeroToOne = values(one, q -> fidelity(q, "oneQubitFidelity", "READOUT_ERROR_0_TO_1"));
        List<Double> oneToZero = values(one, q -> fidelity(q, "oneQubitFidelity", "READOUT_ERROR_1_TO_0"));
        if (!zeroToOne.isEmpty() && !oneToZero.isEmpty()) {
            figures.add(
                    "readout",
                    Json.createObjectBuilder()
                            .add("oneForZero", median(zeroToOne))
                            .add("zeroForOne", median(oneToZero)));
        }
        add(
                figures,
                "twoQubitFidelity",
                values(object(standardized, "twoQubitProperties"), BraketDevice::bestPairFidelity));
        JsonObject means = object(object(capabilities, "provider"), "fidelity");
        if (means.get("1Q") instanceof JsonObject && means.get("2Q") instanceof JsonObject) {
            figures.add("oneQubitFidelity", number(object(means, "1Q").get("mean")));
            figures.add("twoQubitFidelity", number(object(means, "2Q").get("mean")));
            double spam = number(object(means, "spam").get("mean"));
            if (Double.isFinite(spam)) {
                figures.add(
                        "readout",
                        Json.createObjectBuilder().add("oneForZero", 1 - spam).add("zeroForOne", 1 - spam));
            }
        }
        JsonObject built = figures.build();
        return built.size() > before ? built.toString() : null;
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

    private static JsonObject object(JsonObject parent, String member) {
        return parent.get(member) instanceof JsonObject object ? object : JsonObject.EMPTY_JSON_OBJECT;
    }
}
