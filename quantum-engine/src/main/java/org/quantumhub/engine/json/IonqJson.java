package org.quantumhub.engine.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitBuilder;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitLimits;
import org.quantumhub.engine.circuit.CircuitProblem;
import org.quantumhub.engine.circuit.Control;
import org.quantumhub.engine.circuit.Gate;
import org.quantumhub.engine.circuit.GateInstruction;

/// IonQ's circuit format `ionq.circuit.v1`, with its abstract gates (`qis`) and its native ones.
///
/// ```json
/// {"gateset": "qis", "qubits": 2, "circuit": [
///   {"gate": "h", "target": 0}, {"gate": "cnot", "control": 0, "target": 1},
///   {"gate": "rx", "rotation": 1.57, "target": 1}]}
/// ```
///
/// Rotations of `qis` gates are radians; phases and angles of native gates (`gpi`, `gpi2`, `ms`, `zz`) are turns, as
/// IonQ defines them. The format has no measurement: everything is measured at the end.
public final class IonqJson {
    private static final Set<String> FIELDS = Set.of("format", "gateset", "qubits", "circuit");
    private static final Set<String> QIS_FIELDS =
            Set.of("gate", "target", "targets", "control", "controls", "rotation");
    private static final Set<String> NATIVE_FIELDS = Set.of("gate", "target", "targets", "phase", "phases", "angle");
    private static final Set<String> QIS = Set.of(
            "x", "y", "z", "rx", "ry", "rz", "h", "not", "cnot", "s", "si", "t", "ti", "v", "vi", "xx", "yy", "zz",
            "swap");
    static final double TURN = 2 * Math.PI;

    private IonqJson() {}

    /// Reads the object that stands under `input` in a job of IonQ's.
    ///
    /// @throws CircuitException with line, column and JSON pointer when the text is refused
    public static Circuit read(String json, CircuitLimits limits) {
        JsonValue.JsonObject root = CircuitJsonReader.object(JsonReader.read(json, limits), "");
        CircuitJsonReader.refuseUnknown(root, FIELDS, "");
        boolean isNative = isNative(root);
        JsonValue size = CircuitJsonReader.required(root, "qubits", "");
        int qubits = CircuitJsonReader.wholeNumber(size, "/qubits");
        if (qubits > limits.maxQubits()) {
            throw CircuitJsonReader.limit(
                    "The circuit has " + qubits + " qubits; at most " + limits.maxQubits() + " are taken.",
                    size,
                    "/qubits");
        }
        JsonValue list = CircuitJsonReader.required(root, "circuit", "");
        if (!(list instanceof JsonValue.JsonArray gates)) {
            throw CircuitJsonReader.wrongType(list, "an array of gates", "/circuit");
        }
        if (gates.items().size() > limits.maxOperations()) {
            throw CircuitJsonReader.limit(
                    "The circuit has more than " + limits.maxOperations() + " gates.", list, "/circuit");
        }
        CircuitBuilder builder = Circuit.builder(qubits, 0);
        for (int i = 0; i < gates.items().size(); i++) {
            String path = "/circuit/" + i;
            JsonValue.JsonObject item = CircuitJsonReader.object(gates.items().get(i), path);
            try {
                builder.add(isNative ? nativeGate(item, path, qubits) : gate(item, path, qubits));
            } catch (CircuitException e) {
                throw e.at(item.line(), item.column()).at(path);
            }
        }
        return builder.build();
    }

    /// Writes a circuit with the abstract gates, up to a global phase, for which the format has no word.
    ///
    /// @throws CircuitException UNSUPPORTED, naming the instruction, for everything but gates and a measurement of
    ///     each qubit into the bit of its own number at the end
    public static String write(Circuit circuit) {
        return new IonqWriter(circuit, false).write();
    }

    /// Writes a circuit of native gates: `gpi`, `gpi2`, `ms` and `rzz`.
    ///
    /// @throws CircuitException UNSUPPORTED, naming the instruction, for everything else
    public static String writeNative(Circuit circuit) {
        return new IonqWriter(circuit, true).write();
    }

    private static boolean isNative(JsonValue.JsonObject root) {
        JsonValue gateset = root.fields().get("gateset");
        if (gateset == null) {
            return false;
        }
        if (gateset instanceof JsonValue.JsonText text
                && Set.of("qis", "native").contains(text.text())) {
            return text.text().equals("native");
        }
        throw new CircuitException(
                CircuitProblem.INVALID_VALUE,
                "The gateset 'qis' or 'native' was expected.",
                gateset.line(),
                gateset.column(),
                "/gateset");
    }

    private static String name(JsonValue.JsonObject item, String path) {
        JsonValue gate = CircuitJsonReader.required(item, "gate", path);
        if (gate instanceof JsonValue.JsonText text) {
            return text.text().toLowerCase(Locale.ROOT);
        }
        throw CircuitJsonReader.wrongType(gate, "the name of a gate", path + "/gate");
    }

    private static CircuitException unknown(JsonValue.JsonObject item, String name, String gateset, String path) {
        JsonValue gate = CircuitJsonReader.required(item, "gate", path);
        return new CircuitException(
                CircuitProblem.UNKNOWN_GATE,
                "The gateset '" + gateset + "' has no gate called '" + JsonReader.shortened(name) + "'.",
                gate.line(),
                gate.column(),
                path + "/gate");
    }

    private static List<Integer> qubits(JsonValue.JsonObject item, String field, String path, int qubits) {
        List<Integer> indices = CircuitJsonReader.indices(item, field, path, qubits, "Qubit");
        return indices == null ? List.of() : indices;
    }

    private static GateInstruction gate(JsonValue.JsonObject item, String path, int qubits) {
        CircuitJsonReader.refuseUnknown(item, QIS_FIELDS, path);
        String name = name(item, path);
        if (!QIS.contains(name)) {
            throw unknown(item, name, "qis", path);
        }
        List<Integer> targets = qubits(item, "target", path, qubits);
        List<Integer> controls = qubits(item, "control", path, qubits);
        List<Double> rotation = CircuitJsonReader.numbers(item, "rotation", path);
        // `cnot` is `x` under a control, however many there are.
        Gate gate = Gate.find(name.equals("cnot") ? "x" : name).orElseThrow();
        if (name.equals("cnot") && controls.isEmpty()) {
            throw CircuitException.of(CircuitProblem.WRONG_ARITY, "Gate 'cnot' needs a control.");
        }
        List<Control> more = new ArrayList<>();
        controls.forEach(qubit -> more.add(Control.on(qubit)));
        return new GateInstruction(gate, rotation, more, targets);
    }

    private static GateInstruction nativeGate(JsonValue.JsonObject item, String path, int qubits) {
        CircuitJsonReader.refuseUnknown(item, NATIVE_FIELDS, path);
        String name = name(item, path);
        List<Integer> targets = qubits(item, "target", path, qubits);
        List<Double> phases = turns(CircuitJsonReader.numbers(item, "phase", path));
        List<Double> angle = turns(CircuitJsonReader.numbers(item, "angle", path));
        List<Double> parameters = switch (name) {
            case "gpi", "gpi2" -> phases;
            case "zz" -> angle.isEmpty() ? List.of(TURN / 4) : angle;
            case "ms" -> {
                List<Double> all = new ArrayList<>(phases);
                all.add(angle.isEmpty() ? TURN / 4 : angle.getFirst());
                yield all;
            }
            default -> throw unknown(item, name, "native", path);
        };
        return new GateInstruction(Gate.find(name).orElseThrow(), parameters, List.of(), targets);
    }

    private static List<Double> turns(List<Double> values) {
        return values.stream().map(value -> value * TURN).toList();
    }
}
