package org.quantumhub.hardware.ionq.service;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.quantumhub.hardware.BackendStatus;
import org.quantumhub.hardware.DeviceRegister.Learned;
import org.quantumhub.hardware.DeviceType;
import org.quantumhub.hardware.Paradigm;
import org.quantumhub.hardware.Technology;

/// What IonQ tells of a device: its entry in the list of backends, and what was measured of it.
final class IonqDevice {

    private static final String DEVICES = "arn:hub:qpu:::ionq/";

    private IonqDevice() {}

    static boolean isQpu(JsonObject backend) {
        return backend.getString("backend").startsWith("qpu.");
    }

    static Learned learned(JsonObject backend, @Nullable JsonObject characterization) {
        String name = backend.getString("backend");
        boolean qpu = isQpu(backend);
        return new Learned(
                DEVICES + name,
                name,
                name,
                null,
                qpu ? DeviceType.QPU : DeviceType.SIMULATOR,
                qpu ? Technology.TRAPPED_ION : Technology.SIMULATOR,
                Paradigm.GATE,
                status(backend.getString("status", ""), backend.getBoolean("degraded", false)),
                backend.get("qubits") instanceof JsonNumber qubits ? qubits.intValue() : null,
                null,
                null,
                null,
                null,
                gates(backend),
                null,
                null,
                backend.toString(),
                characterization == null ? null : calibration(characterization),
                null);
    }

    private static @Nullable String gates(JsonObject backend) {
        if (!(backend.get("supported_native_gates") instanceof JsonArray gates) || gates.isEmpty()) {
            return null;
        }
        List<String> names = gates.getValuesAs(JsonString.class).stream()
                .map(gate -> gate.getString().toLowerCase(Locale.ROOT))
                .filter(gate -> gate.matches("[a-z0-9_]{1,40}"))
                .toList();
        return "{" + String.join(",", names) + "}";
    }

    private static BackendStatus status(String word, boolean degraded) {
        return switch (word) {
            case "available", "running" -> degraded ? BackendStatus.DEGRADED : BackendStatus.ONLINE;
            case "unavailable", "offline" -> BackendStatus.OFFLINE;
            case "maintenance", "calibrating", "reserved" -> BackendStatus.MAINTENANCE;
            case "retired" -> BackendStatus.RETIRED;
            default -> BackendStatus.UNKNOWN;
        };
    }

    /// A characterization in the words of our calibrations.
    private static String calibration(JsonObject characterization) {
        JsonObject fidelity = object(characterization, "fidelity");
        JsonObject timing = object(characterization, "timing");
        JsonObjectBuilder figures = Json.createObjectBuilder().add("source", "device");
        copy(figures, "oneQubitFidelity", median(fidelity.get("1q")));
        copy(figures, "twoQubitFidelity", median(fidelity.get("2q")));
        Double spam = median(fidelity.get("spam"));
        if (spam != null) {
            figures.add(
                    "readout",
                    Json.createObjectBuilder().add("oneForZero", 1 - spam).add("zeroForOne", 1 - spam));
        }
        copy(figures, "t1Seconds", median(timing.get("t1")));
        copy(figures, "t2Seconds", median(timing.get("t2")));
        copy(figures, "oneQubitGateSeconds", median(timing.get("1q")));
        copy(figures, "twoQubitGateSeconds", median(timing.get("2q")));
        copy(figures, "readoutSeconds", median(timing.get("readout")));
        copy(figures, "resetSeconds", median(timing.get("reset")));
        if (characterization.get("id") instanceof JsonString id) {
            figures.add("characterization", id.getString());
        }
        if (characterization.get("date") instanceof JsonString date) {
            figures.add("measuredAt", date.getString());
        }
        return figures.build().toString();
    }

    private static JsonObject object(JsonObject parent, String member) {
        return parent.get(member) instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
    }

    private static @Nullable Double median(@Nullable JsonValue value) {
        if (value instanceof JsonNumber number) {
            return number.doubleValue();
        }
        if (value instanceof JsonObject object) {
            for (String word : List.of("median", "mean")) {
                if (object.get(word) instanceof JsonNumber number) {
                    return number.doubleValue();
                }
            }
        }
        return null;
    }

    private static void copy(JsonObjectBuilder figures, String name, @Nullable Double value) {
        if (value != null) {
            figures.add(name, value);
        }
    }
}
