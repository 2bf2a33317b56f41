package org.quantumhub.system;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the stub of Braket refuses of an order: members that the service's model does not have, and actions that are
/// not
/// as their schemas say.
final class BraketOrders {

    private static final Set<String> MEMBERS = Set.of(
            "action",
            "associations",
            "clientToken",
            "deviceArn",
            "deviceParameters",
            "experimentalCapabilities",
            "jobToken",
            "outputS3Bucket",
            "outputS3KeyPrefix",
            "shots",
            "tags");
    private static final Set<String> REQUIRED =
            Set.of("action", "clientToken", "deviceArn", "outputS3Bucket", "outputS3KeyPrefix", "shots");
    private static final Set<String> PROGRAM = Set.of("braketSchemaHeader", "source", "inputs");

    private BraketOrders() {}

    static @Nullable String problem(JsonObject order) {
        for (String member : order.keySet()) {
            if (!MEMBERS.contains(member)) {
                return "unknown member " + member;
            }
        }
        for (String member : REQUIRED) {
            if (!order.containsKey(member)) {
                return member + " is missing";
            }
        }
        int token = order.getString("clientToken").length();
        if (token < 1 || token > 64) {
            return "clientToken has " + token + " characters";
        }
        long shots = order.getJsonNumber("shots").longValueExact();
        if (shots < 0) {
            return "shots";
        }
        JsonObject action = BraketStub.read(order.getString("action"));
        JsonObject header = action.getJsonObject("braketSchemaHeader");
        if (!header.getString("version").equals("1")) {
            return "the schema has version 1";
        }
        String schema = header.getString("name");
        return switch (order.getString("deviceArn")) {
            case BraketStub.GARNET ->
                switch (schema) {
                    case "braket.ir.openqasm.program" -> program(action, false);
                    case "braket.ir.openqasm.program_set" -> set(action, shots);
                    default -> "the device takes no " + schema;
                };
            case BraketStub.SV1 ->
                schema.equals("braket.ir.openqasm.program")
                        ? program(action, false)
                        : "the simulator takes no " + schema;
            case BraketStub.AQUILA -> schema.equals("braket.ir.ahs.program") ? analog(action) : "no " + schema;
            default -> "no such device";
        };
    }

    private static @Nullable String program(JsonObject program, boolean lists) {
        if (!PROGRAM.containsAll(program.keySet())) {
            return "a program has no members " + program.keySet();
        }
        String source = program.getString("source");
        if (source.contains("include") || source.matches("(?s).*\\b(cx|ccx|sdg|tdg)\\b.*")) {
            return "the program names gates that the service does not have: " + source;
        }
        JsonObject inputs = program.getJsonObject("inputs");
        for (String name : inputs.keySet()) {
            if (!source.matches("(?s).*\\binput\\s+(float|angle|int)[^;]*\\b" + name + "\\s*;.*")) {
                return "the program declares no input " + name;
            }
        }
        if (!inputs.values().stream().allMatch(v -> lists ? v instanceof JsonArray : v instanceof JsonNumber)) {
            return "inputs are numbers, in a set lists of numbers: " + inputs;
        }
        return source.contains("input ") && inputs.isEmpty() ? "the inputs have no values" : null;
    }

    private static @Nullable String set(JsonObject action, long shots) {
        if (!action.keySet().equals(Set.of("braketSchemaHeader", "programs"))) {
            return "a program set has no members " + action.keySet();
        }
        int executables = 0;
        for (JsonObject program : action.getJsonArray("programs").getValuesAs(JsonObject.class)) {
            String problem = program(program, true);
            if (problem != null) {
                return problem;
            }
            Set<Integer> lengths = new HashSet<>();
            program.getJsonObject("inputs")
                    .values()
                    .forEach(list -> lengths.add(list.asJsonArray().size()));
            if (lengths.size() > 1) {
                return "the lists of inputs differ in length";
            }
            executables += lengths.isEmpty() ? 1 : lengths.iterator().next();
        }
        if (executables > BraketDocuments.MOST_EXECUTABLES) {
            return executables + " executables";
        }
        return shots % executables == 0 ? null : shots + " shots for " + executables + " executables";
    }

    private static @Nullable String analog(JsonObject action) {
        if (!action.keySet().equals(Set.of("braketSchemaHeader", "setup", "hamiltonian"))) {
            return "an analog program has no members " + action.keySet();
        }
        JsonObject register = action.getJsonObject("setup").getJsonObject("ahs_register");
        JsonObject hamiltonian = action.getJsonObject("hamiltonian");
        if (register.getJsonArray("sites").size()
                != register.getJsonArray("filling").size()) {
            return "sites and filling differ in length";
        }
        JsonValue amplitude = hamiltonian
                .getJsonArray("drivingFields")
                .getJsonObject(0)
                .getJsonObject("amplitude")
                .getJsonObject("time_series")
                .getJsonArray("values")
                .getFirst();
        if (!(amplitude instanceof JsonString) && !(amplitude instanceof JsonNumber)) {
            return "an amplitude is a number";
        }
        return hamiltonian.containsKey("localDetuning") || hamiltonian.containsKey("shiftingFields")
                ? null
                : "local detuning is missing";
    }

    /// Whether a filter of a search lets a task through.
    static boolean accepts(JsonObject filter, BraketTask task) {
        String value = filter.getJsonArray("values").getString(0);
        return switch (filter.getString("name")) {
            case "deviceArn" -> value.equals(task.device());
            case "createdAt" -> !task.createdAt.isBefore(Instant.parse(value));
            default -> throw new IllegalArgumentException("no filter " + filter);
        };
    }
}
