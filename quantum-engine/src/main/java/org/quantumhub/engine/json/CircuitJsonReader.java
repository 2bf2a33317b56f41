package org.quantumhub.engine.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitBuilder;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitLimits;
import org.quantumhub.engine.circuit.CircuitProblem;
import org.quantumhub.engine.circuit.Control;
import org.quantumhub.engine.circuit.Gate;
import org.quantumhub.engine.circuit.GateInstruction;
import org.quantumhub.engine.circuit.Instruction;

/// Makes a circuit of the tree that [JsonReader] built.
final class CircuitJsonReader {
    private static final Set<String> CIRCUIT_FIELDS = Set.of("num_qubits", "num_clbits", "gates");
    private static final Set<String> GATE_FIELDS =
            Set.of("type", "target", "targets", "control", "controls", "parameter", "parameters", "clbit", "clbits");
    private static final Set<String> UNITARY_FIELDS =
            Set.of("type", "target", "targets", "control", "controls", "parameter", "parameters");
    private static final Set<String> MEASURE_FIELDS = Set.of("type", "target", "targets", "clbit", "clbits");
    private static final Set<String> PLACE_FIELDS = Set.of("type", "target", "targets");

    private final CircuitLimits limits;
    private int operations;

    CircuitJsonReader(CircuitLimits limits) {
        this.limits = limits;
    }

    Circuit read(JsonValue root) {
        JsonValue.JsonObject object = object(root, "");
        refuseUnknown(object, CIRCUIT_FIELDS, "");
        int qubits = wholeNumber(required(object, "num_qubits", ""), "/num_qubits");
        if (qubits > limits.maxQubits()) {
            throw limit(
                    "The circuit has " + qubits + " qubits; at most " + limits.maxQubits() + " are taken.",
                    required(object, "num_qubits", ""),
                    "/num_qubits");
        }
        if (!(required(object, "gates", "") instanceof JsonValue.JsonArray gates)) {
            throw wrongType(required(object, "gates", ""), "an array of gates", "/gates");
        }
        if (gates.items().size() > limits.maxOperations()) {
            throw limit("The circuit has more than " + limits.maxOperations() + " gates.", gates, "/gates");
        }
        List<Parsed> parsed = new ArrayList<>(gates.items().size());
        int clbitsNeeded = 0;
        for (int i = 0; i < gates.items().size(); i++) {
            Parsed one = gate(gates.items().get(i), "/gates/" + i, qubits);
            parsed.add(one);
            for (Instruction instruction : one.instructions) {
                if (instruction instanceof Instruction.Measure measure) {
                    clbitsNeeded = Math.max(clbitsNeeded, measure.clbit() + 1);
                }
            }
        }
        JsonValue stated = object.fields().get("num_clbits");
        int clbits = stated == null ? clbitsNeeded : wholeNumber(stated, "/num_clbits");
        if (clbits > limits.maxClbits()) {
            throw limit(
                    "The circuit has " + clbits + " classical bits; at most " + limits.maxClbits() + " are taken.",
                    stated == null ? root : stated,
                    "/num_clbits");
        }
        return build(qubits, clbits, parsed);
    }

    private static Circuit build(int qubits, int clbits, List<Parsed> parsed) {
        CircuitBuilder builder = Circuit.builder(qubits, clbits);
        for (Parsed one : parsed) {
            for (Instruction instruction : one.instructions) {
                try {
                    builder.add(instruction);
                } catch (CircuitException e) {
                    throw e.at(one.source.line(), one.source.column()).at(one.path);
                }
            }
        }
        return builder.build();
    }

    /// The instructions of one entry, with the place to blame.
    private record Parsed(List<Instruction> instructions, JsonValue source, String path) {}

    private Parsed gate(JsonValue value, String path, int qubits) {
        JsonValue.JsonObject object = object(value, path);
        refuseUnknown(object, GATE_FIELDS, path);
        JsonValue type = required(object, "type", path);
        if (!(type instanceof JsonValue.JsonText text)) {
            throw wrongType(type, "the name of a gate", path + "/type");
        }
        List<Integer> targets = indices(object, "target", path, qubits, "Qubit");
        List<Integer> controls = indices(object, "control", path, qubits, "Qubit");
        List<Instruction> instructions = switch (text.text().toUpperCase(Locale.ROOT)) {
            case "MEASURE" -> measure(object, targets, path, qubits);
            case "RESET" -> {
                only(object, path, "RESET", PLACE_FIELDS);
                List<Instruction> resets = new ArrayList<>();
                targets(object, targets, path).forEach(q -> resets.add(new Instruction.Reset(q)));
                yield resets;
            }
            case "BARRIER" -> {
                only(object, path, "BARRIER", PLACE_FIELDS);
                yield List.of(new Instruction.Barrier(targets == null ? all(qubits) : targets));
            }
            default -> List.of(unitary(object, text, controls, targets, path));
        };
        operations += instructions.size();
        if (operations > limits.maxOperations()) {
            throw limit("The circuit has more than " + limits.maxOperations() + " operations.", value, path);
        }
        return new Parsed(instructions, value, path);
    }

    private Instruction unitary(
            JsonValue.JsonObject object,
            JsonValue.JsonText type,
            @Nullable List<Integer> controls,
            @Nullable List<Integer> targets,
            String path) {
        only(object, path, type.text(), UNITARY_FIELDS);
        Gate gate = Gate.find(type.text()).orElse(null);
        if (gate == null) {
            throw new CircuitException(
                    CircuitProblem.UNKNOWN_GATE,
                    "There is no gate called '" + JsonReader.shortened(type.text()) + "'.",
                    type.line(),
                    type.column(),
                    path + "/type");
        }
        List<Integer> operands = new ArrayList<>(controls == null ? List.of() : controls);
        if (targets != null) {
            operands.addAll(targets);
        } else if (gate.arity() > 0) {
            targets(object, null, path);
        }
        // What comes before the gate's own operands can only be meant as further controls.
        int further = controls == null ? 0 : Math.max(0, Math.min(controls.size(), operands.size() - gate.arity()));
        List<Control> more = new ArrayList<>();
        operands.subList(0, further).forEach(qubit -> more.add(Control.on(qubit)));
        return new GateInstruction(gate, parameters(object, path), more, operands.subList(further, operands.size()));
    }

    private List<Instruction> measure(
            JsonValue.JsonObject object, @Nullable List<Integer> given, String path, int qubits) {
        only(object, path, "MEASURE", MEASURE_FIELDS);
        List<Integer> targets = given == null ? all(qubits) : given;
        List<Integer> clbits = indices(object, "clbit", path, limits.maxClbits(), "Classical bit");
        if (clbits == null) {
            clbits = targets;
        } else if (clbits.size() != targets.size()) {
            throw new CircuitException(
                    CircuitProblem.WRONG_ARITY,
                    "MEASURE has " + targets.size() + " targets but " + clbits.size()
                            + " classical bits; as many of the one as of the other were expected.",
                    object.line(),
                    object.column(),
                    path);
        }
        List<Instruction> measures = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            measures.add(new Instruction.Measure(targets.get(i), clbits.get(i)));
        }
        return measures;
    }

    private static List<Integer> all(int qubits) {
        List<Integer> list = new ArrayList<>(qubits);
        for (int qubit = 0; qubit < qubits; qubit++) {
            list.add(qubit);
        }
        return list;
    }

    private static List<Integer> targets(JsonValue.JsonObject object, @Nullable List<Integer> targets, String path) {
        if (targets == null) {
            throw new CircuitException(
                    CircuitProblem.SYNTAX, "The field 'target' was expected.", object.line(), object.column(), path);
        }
        return targets;
    }

    /// The value of a field under its singular or plural name, as a list; null when it is absent.
    private static JsonValue.@Nullable JsonArray list(JsonValue.JsonObject object, String singular, String path) {
        JsonValue one = object.fields().get(singular);
        JsonValue many = object.fields().get(singular + "s");
        if (one != null && many != null) {
            throw new CircuitException(
                    CircuitProblem.SYNTAX,
                    "Either '" + singular + "' or '" + singular + "s' was expected, not both.",
                    many.line(),
                    many.column(),
                    path + "/" + singular + "s");
        }
        JsonValue value = one == null ? many : one;
        if (value == null) {
            return null;
        }
        return value instanceof JsonValue.JsonArray array
                ? array
                : new JsonValue.JsonArray(List.of(value), value.line(), value.column());
    }

    private static String fieldPath(JsonValue.JsonObject object, String singular, String path, int index) {
        String field = object.fields().containsKey(singular) ? singular : singular + "s";
        boolean array = object.fields().get(field) instanceof JsonValue.JsonArray;
        return path + "/" + field + (array ? "/" + index : "");
    }

    static @Nullable List<Integer> indices(
            JsonValue.JsonObject object, String field, String path, int size, String what) {
        JsonValue.JsonArray array = list(object, field, path);
        if (array == null) {
            return null;
        }
        List<Integer> result = new ArrayList<>();
        for (int i = 0; i < array.items().size(); i++) {
            JsonValue item = array.items().get(i);
            String itemPath = fieldPath(object, field, path, i);
            int index = wholeNumber(item, itemPath);
            if (index >= size) {
                throw new CircuitException(
                        CircuitProblem.INDEX_OUT_OF_RANGE,
                        what + " " + index + " does not exist; the circuit has " + size + ".",
                        item.line(),
                        item.column(),
                        itemPath);
            }
            result.add(index);
        }
        return result;
    }

    private static List<Double> parameters(JsonValue.JsonObject object, String path) {
        return numbers(object, "parameter", path);
    }

    static List<Double> numbers(JsonValue.JsonObject object, String field, String path) {
        JsonValue.JsonArray array = list(object, field, path);
        List<Double> result = new ArrayList<>();
        for (int i = 0; array != null && i < array.items().size(); i++) {
            JsonValue item = array.items().get(i);
            String itemPath = fieldPath(object, field, path, i);
            if (!(item instanceof JsonValue.JsonNumber number)) {
                throw wrongType(item, "a number", itemPath);
            }
            double value = Double.parseDouble(number.text());
            if (!Double.isFinite(value)) {
                throw new CircuitException(
                        CircuitProblem.INVALID_VALUE, "The number is too large.", item.line(), item.column(), itemPath);
            }
            result.add(value);
        }
        return result;
    }

    static int wholeNumber(JsonValue value, String path) {
        if (!(value instanceof JsonValue.JsonNumber number)) {
            throw wrongType(value, "a whole number", path);
        }
        // Up to nine digits fit into an int; anything longer is far beyond every limit.
        String digits = number.text();
        if (digits.length() > 9 || !isDigits(digits)) {
            throw new CircuitException(
                    CircuitProblem.INVALID_VALUE,
                    "A whole number from 0 to 999999999 was expected.",
                    value.line(),
                    value.column(),
                    path);
        }
        return Integer.parseInt(number.text());
    }

    private static boolean isDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    static JsonValue.JsonObject object(JsonValue value, String path) {
        if (value instanceof JsonValue.JsonObject object) {
            return object;
        }
        throw wrongType(value, path.isEmpty() ? "a circuit object" : "a gate object", path);
    }

    static JsonValue required(JsonValue.JsonObject object, String field, String path) {
        JsonValue value = object.fields().get(field);
        if (value == null) {
            throw new CircuitException(
                    CircuitProblem.SYNTAX,
                    "The field '" + field + "' was expected.",
                    object.line(),
                    object.column(),
                    path);
        }
        return value;
    }

    static void refuseUnknown(JsonValue.JsonObject object, Set<String> known, String path) {
        object.fields().forEach((name, value) -> {
            if (!known.contains(name)) {
                throw new CircuitException(
                        CircuitProblem.UNKNOWN_NAME,
                        "The field '" + JsonReader.shortened(name) + "' is not known here.",
                        value.line(),
                        value.column(),
                        path + "/"
                                + JsonReader.shortened(name).replace("~", "~0").replace("/", "~1"));
            }
        });
    }

    private static void only(JsonValue.JsonObject object, String path, String type, Set<String> allowed) {
        object.fields().forEach((name, value) -> {
            if (!allowed.contains(name)) {
                throw new CircuitException(
                        CircuitProblem.UNKNOWN_NAME,
                        JsonReader.shortened(type) + " takes no field '" + name + "'.",
                        value.line(),
                        value.column(),
                        path + "/" + name);
            }
        });
    }

    static CircuitException wrongType(JsonValue value, String expected, String path) {
        return new CircuitException(
                CircuitProblem.INVALID_VALUE,
                "This is " + value.kind() + "; " + expected + " was expected.",
                value.line(),
                value.column(),
                path);
    }

    static CircuitException limit(String message, JsonValue value, String path) {
        return new CircuitException(CircuitProblem.LIMIT_EXCEEDED, message, value.line(), value.column(), path);
    }
}
