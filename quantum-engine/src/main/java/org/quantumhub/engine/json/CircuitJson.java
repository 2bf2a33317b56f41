package org.quantumhub.engine.json;

import java.util.List;
import java.util.Locale;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitLimits;
import org.quantumhub.engine.circuit.CircuitProblem;
import org.quantumhub.engine.circuit.Control;
import org.quantumhub.engine.circuit.GateInstruction;
import org.quantumhub.engine.circuit.Instruction;
import org.quantumhub.engine.circuit.Spelling;

/// The hub's own circuit JSON.
///
/// ```json
/// {"num_qubits": 2, "gates": [
///   {"type": "H", "target": 0},
///   {"type": "CNOT", "control": 0, "target": 1},
///   {"type": "RZ", "target": 1, "parameter": 0.5},
///   {"type": "MEASURE", "target": 1, "clbit": 0}]}
/// ```
///
/// `type` is any name of the gate table in any case, or MEASURE, RESET or BARRIER. Operands are the controls followed
/// by the targets; `target`, `control`, `clbit` and `parameter` take a number or an array and have the plural as a
/// second spelling. Controls beyond those a gate has of its own are allowed for every gate. MEASURE writes to the
/// classical bits of the same numbers unless it says otherwise; without targets it measures, and BARRIER separates,
/// everything. `num_clbits` is as large as needed unless stated. Unknown fields are refused.
public final class CircuitJson {
    private static final Spelling SPELLING = new Spelling(
            gate -> gate.gate().isStandard() && gate.controls().stream().allMatch(Control::positive));

    private CircuitJson() {}

    /// Reads a circuit.
    ///
    /// @throws CircuitException with line, column and JSON pointer when the text is refused
    public static Circuit read(String json, CircuitLimits limits) {
        return new CircuitJsonReader(limits).read(JsonReader.read(json, limits));
    }

    /// Writes a circuit in the form that [#read] takes.
    ///
    /// @throws CircuitException UNSUPPORTED, naming the instruction, for what this format has no words for:
    ///     conditionals, loops, variables, noise, and gates given by a matrix on several qubits
    public static String write(Circuit circuit) {
        if (circuit.scratchCount() > 0) {
            throw unsupported("the variables of the program");
        }
        if (!circuit.requests().isEmpty()) {
            throw unsupported("the request '" + circuit.requests().getFirst() + "'");
        }
        if (!circuit.resultRequests().isEmpty()) {
            throw unsupported("a request for more than counts");
        }
        StringBuilder out = new StringBuilder();
        out.append("{\"num_qubits\":").append(circuit.qubitCount());
        if (circuit.clbitCount() > 0) {
            out.append(",\"num_clbits\":").append(circuit.clbitCount());
        }
        out.append(",\"gates\":[");
        String separator = "";
        for (int i = 0; i < circuit.instructions().size(); i++) {
            int before = out.length();
            out.append(separator);
            try {
                writeInstruction(out, circuit.instructions().get(i));
            } catch (CircuitException e) {
                throw unsupported(e.getMessage()).at("/instructions/" + i);
            }
            if (out.length() == before + separator.length()) {
                out.setLength(before);
            } else {
                separator = ",";
            }
        }
        return out.append("]}").toString();
    }

    private static void writeInstruction(StringBuilder out, Instruction instruction) {
        switch (instruction) {
            case GateInstruction gate -> writeGates(out, gate);
            case Instruction.Measure measure ->
                out.append("{\"type\":\"MEASURE\",\"target\":")
                        .append(measure.qubit())
                        .append(",\"clbit\":")
                        .append(measure.clbit())
                        .append('}');
            case Instruction.Reset reset ->
                out.append("{\"type\":\"RESET\",\"target\":")
                        .append(reset.qubit())
                        .append('}');
            case Instruction.Barrier barrier -> {
                out.append("{\"type\":\"BARRIER\"");
                numbers(out, "targets", barrier.qubits());
                out.append('}');
            }
            case Instruction.Noise noise ->
                throw word("the noise '" + noise.channel().name() + "'");
            case Instruction.Conditional ignored -> throw word("a conditional");
            case Instruction.Loop ignored -> throw word("a loop");
            case Instruction.Assign ignored -> throw word("an assignment to a variable");
        }
    }

    private static void writeGates(StringBuilder out, GateInstruction given) {
        String separator = "";
        for (GateInstruction gate : SPELLING.of(given)) {
            out.append(separator);
            writeGate(out, gate);
            separator = ",";
        }
    }

    private static void writeGate(StringBuilder out, GateInstruction gate) {
        out.append("{\"type\":\"")
                .append(gate.gate().name().toUpperCase(Locale.ROOT))
                .append('"');
        int own = gate.gate().controlCount();
        List<Integer> operands = gate.qubits();
        numbers(out, "controls", operands.subList(0, gate.controls().size() + own));
        numbers(out, "targets", gate.coreTargets());
        numbers(out, "parameters", gate.parameters());
        out.append('}');
    }

    private static void numbers(StringBuilder out, String field, List<? extends Number> values) {
        if (values.isEmpty()) {
            return;
        }
        boolean single = values.size() == 1;
        out.append(",\"").append(single ? field.substring(0, field.length() - 1) : field);
        out.append(single ? "\":" : "\":[");
        String separator = "";
        for (Number value : values) {
            out.append(separator).append(value);
            separator = ",";
        }
        out.append(single ? "" : "]");
    }

    private static CircuitException word(String what) {
        return new CircuitException(CircuitProblem.UNSUPPORTED, what, 0, 0, "");
    }

    private static CircuitException unsupported(String what) {
        return CircuitException.of(CircuitProblem.UNSUPPORTED, "The circuit JSON cannot express %s.", what);
    }
}
