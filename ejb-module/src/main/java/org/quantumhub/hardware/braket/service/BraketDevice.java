package org.quantumhub.hardware.braket.service;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.quantumhub.billing.PriceComponents;
import org.quantumhub.hardware.BackendStatus;
import org.quantumhub.hardware.DeviceRegister.Learned;
import org.quantumhub.hardware.DeviceType;
import org.quantumhub.hardware.Paradigm;
import org.quantumhub.hardware.Technology;
import org.quantumhub.shared.Money;

/// Reads what Braket tells of a device: its capabilities document, in the several forms that vendors give it.
final class BraketDevice {

    /// What Braket asks for each task on a device, besides its shots.
    private static final BigDecimal TASK_FEE = new BigDecimal("0.30");

    private static final BigDecimal SECONDS_PER_MINUTE = BigDecimal.valueOf(60);

    /// A simulator is paid for so long at least.
    private static final BigDecimal LEAST_SECONDS = BigDecimal.valueOf(3);

    /// A day at a rate of so many decimals is right to the eighth decimal of [Money].
    private static final int RATE_SCALE = 14;

    /// A shot or a minute that is said to cost more is not believed.
    private static final BigDecimal DEAREST = new BigDecimal("1000");

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
                BraketCalibration.of(capabilities),
                price(service, kind));
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

    /// What the service asks for: of devices by the shot, with a fee for each task; of simulators by the minute, by the
    /// millisecond and three seconds at least.
    private static @Nullable PriceComponents price(JsonObject service, DeviceType kind) {
        JsonObject cost = object(service, "deviceCost");
        if (!(cost.get("price") instanceof JsonNumber number)) {
            return null;
        }
        BigDecimal price = number.bigDecimalValue();
        if (price.signum() < 0 || price.compareTo(DEAREST) >= 0) {
            return null;
        }
        return switch (cost.getString("unit", "")) {
            case "shot" ->
                kind == DeviceType.QPU
                        ? new PriceComponents(TASK_FEE, price, BigDecimal.ZERO, BigDecimal.ZERO, TASK_FEE)
                        : null;
            case "minute" -> kind == DeviceType.SIMULATOR ? byTheMinute(price) : null;
            default -> null;
        };
    }

    private static PriceComponents byTheMinute(BigDecimal price) {
        BigDecimal perSecond = price.divide(SECONDS_PER_MINUTE, RATE_SCALE, RoundingMode.HALF_UP)
                .stripTrailingZeros();
        return new PriceComponents(
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                perSecond,
                BigDecimal.ZERO,
                price.multiply(LEAST_SECONDS).divide(SECONDS_PER_MINUTE, Money.SCALE, RoundingMode.HALF_UP));
    }

    private static JsonObject object(JsonObject parent, String member) {
        return parent.get(member) instanceof JsonObject object ? object : JsonObject.EMPTY_JSON_OBJECT;
    }
}
