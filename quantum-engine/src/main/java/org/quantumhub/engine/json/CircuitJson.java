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
    private CircuitJson() {}

    /// Reads a circuit.
    ///
    /// @throws CircuitException with line, column and JSON pointer when the text is refused
    public static Circuit read(String json, CircuitLimits limits) {
        return new CircuitJsonReader(limits).read(JsonReader.read(json, limits));
    }

    /// Writes a circuit in the form that [#read] takes.
    ///
    /// @throws CircuitException UNSUPPORTED for what this format has no words for: conditionals, loops, variables,
    ///     negative controls, and gates given by a matrix
    public static String write(Circuit circuit) {
        if (circuit.scratchCount() > 0) {
            throw unsupported("the variables of the program");
        }
        if (!circuit.requests().isEmpty()) {
            throw unsupported("the request '" + circuit.requests().getFirst() + "'");
        }
        StringBuilder out = new StringBuilder();
        out.append("{\"num_qubits\":").append(circuit.qubitCount());
        if (circuit.clbitCount() > 0) {
            out.append(",\"num_clbits\":").append(circuit.clbitCount());
        }
        out.append(",\"gates\":[");
        String separator = "";
        for (Instruction instruction : circuit.instructions()) {
            out.append(separator);
            writeInstruction(out, instruction);
            separator = ",";
        }
        return out.append("]}").toString();
    }

    private static void writeInstruction(StringBuilder out, Instruction instruction) {
        switch (instruction) {
            case GateInstruction gate -> writeGate(out, gate);
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
                throw unsupported("the noise '" + noise.channel().name() + "'");
            case Instruction.Conditional ignored -> throw unsupported("a conditional");
            case Instruction.Loop ignored -> throw unsupported("a loop");
            case Instruction.Assign ignored -> throw unsupported("an assignment to a variable");
        }
    }

    private static void writeGate(StringBuilder out, GateInstruction instruction) {
        GateInstruction gate = instruction.named();
        if (!gate.gate().isStandard()) {
            throw unsupported("the gate '" + gate.gate().name() + "', which is given by a matrix");
        }
        for (Control control : gate.controls()) {
            if (!control.positive()) {
                throw unsupported("a negative control");
            }
        }
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

    private static CircuitException unsupported(String what) {
        return CircuitException.of(CircuitProblem.UNSUPPORTED, "The circuit JSON cannot express %s.", what);
    }
}
