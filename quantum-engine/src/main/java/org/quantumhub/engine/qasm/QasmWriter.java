package org.quantumhub.engine.qasm;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitProblem;
import org.quantumhub.engine.circuit.ClassicalExpression;
import org.quantumhub.engine.circuit.ClassicalRegister;
import org.quantumhub.engine.circuit.Control;
import org.quantumhub.engine.circuit.Gate;
import org.quantumhub.engine.circuit.GateInstruction;
import org.quantumhub.engine.circuit.Instruction;
import org.quantumhub.engine.circuit.Matrix;

/// Writes circuits as OpenQASM with the gates of the standard includes; other gates are written as their recipes.
final class QasmWriter {
    private static final Set<String> IN_QELIB1 = Set.of(
            "u", "u2", "p", "cx", "id", "u0", "x", "y", "z", "h", "s", "sdg", "t", "tdg", "rx", "ry", "rz", "sx",
            "sxdg", "cz", "cy", "swap", "ch", "ccx", "cswap", "crx", "cry", "crz", "cp", "cu3", "csx", "cu", "rxx",
            "rzz", "rccx", "c3x", "c3sx", "c4x");
    private static final Map<String, String> NAMES2 = Map.of("u", "u3", "p", "u1", "cp", "cu1", "c3sx", "c3sqrtx");
    private static final Set<String> IN_STDGATES = Set.of(
            "u", "u2", "p", "x", "y", "z", "h", "s", "sdg", "t", "tdg", "sx", "rx", "ry", "rz", "cx", "cy", "cz", "cp",
            "crx", "cry", "crz", "ch", "swap", "ccx", "cswap", "cu", "id", "gphase");
    private static final Map<String, String> NAMES3 = Map.of("u", "U");

    /// The largest matrix that a pragma may hold.
    private static final int MOST_PRAGMA = 6;

    private final boolean version2;
    private final StringBuilder out = new StringBuilder();
    private Circuit circuit = Circuit.builder(0, 0).build();

    QasmWriter(int version) {
        this.version2 = version == 2;
    }

    String write(Circuit given) {
        circuit = given;
        if (circuit.scratchCount() > 0) {
            throw unsupported("the variables of the program");
        }
        out.append(
                version2 ? "OPENQASM 2.0;\ninclude \"qelib1.inc\";\n" : "OPENQASM 3.0;\ninclude \"stdgates.inc\";\n");
        if (circuit.qubitCount() > 0) {
            out.append(
                    version2 ? "qreg q[" + circuit.qubitCount() + "];\n" : "qubit[" + circuit.qubitCount() + "] q;\n");
        }
        for (ClassicalRegister register : circuit.registers()) {
            String size = "[" + register.size() + "]";
            out.append(version2 ? "creg " + register.name() + size : "bit" + size + " " + register.name());
            out.append(";\n");
        }
        all(circuit.instructions(), "");
        for (String request : circuit.requests()) {
            only3("the request '" + request + "'");
            out.append("#pragma braket ").append(request).append('\n');
        }
        return out.toString();
    }

    private void all(List<Instruction> instructions, String indent) {
        for (Instruction instruction : instructions) {
            one(instruction, indent);
        }
    }

    private void one(Instruction instruction, String indent) {
        switch (instruction) {
            case GateInstruction gate -> gate(gate, indent);
            case Instruction.Measure measure -> {
                String qubit = "q[" + measure.qubit() + "]";
                String bit = bit(measure.clbit());
                out.append(indent)
                        .append(version2 ? "measure " + qubit + " -> " + bit : bit + " = measure " + qubit)
                        .append(";\n");
            }
            case Instruction.Reset reset ->
                out.append(indent).append("reset q[").append(reset.qubit()).append("];\n");
            case Instruction.Barrier barrier -> {
                out.append(indent).append("barrier");
                operands(barrier.qubits());
            }
            case Instruction.Noise noise -> {
                only3("the noise '" + noise.channel().name() + "'");
                if (!indent.isEmpty()) {
                    throw unsupported("noise under a condition");
                }
                out.append(NoisePragma.text(noise)).append('\n');
            }
            case Instruction.Conditional conditional -> conditional(conditional, indent);
            case Instruction.Loop loop -> {
                only3("a loop");
                out.append(indent)
                        .append("while (")
                        .append(text(loop.condition()))
                        .append(") {\n");
                all(loop.body(), indent + "  ");
                out.append(indent).append("}\n");
            }
            case Instruction.Assign assign -> {
                only3("an assignment");
                out.append(indent).append(bits(assign.clbits())).append(" = ");
                out.append(text(assign.value())).append(";\n");
            }
        }
    }

    private void conditional(Instruction.Conditional conditional, String indent) {
        if (version2) {
            if (!(conditional.condition() instanceof ClassicalExpression.Binary binary)
                    || binary.operator() != ClassicalExpression.BinaryOperator.EQUAL
                    || !(binary.left() instanceof ClassicalExpression.Read read)
                    || !(binary.right() instanceof ClassicalExpression.Constant constant)
                    || !conditional.otherwise().isEmpty()
                    || wholeRegister(read.clbits()).isEmpty()) {
                throw unsupported("this condition");
            }
            String prefix = indent + "if(" + wholeRegister(read.clbits()) + "==" + constant.value() + ") ";
            all(conditional.then(), prefix);
            return;
        }
        out.append(indent).append("if (").append(text(conditional.condition())).append(") {\n");
        all(conditional.then(), indent + "  ");
        if (!conditional.otherwise().isEmpty()) {
            out.append(indent).append("} else {\n");
            all(conditional.otherwise(), indent + "  ");
        }
        out.append(indent).append("}\n");
    }

    private void gate(GateInstruction given, String indent) {
        GateInstruction gate = given.named();
        String name = gate.gate().name();
        boolean known = gate.gate().isStandard() && (version2 ? IN_QELIB1 : IN_STDGATES).contains(name);
        if (known && (gate.controls().isEmpty() || !version2)) {
            plain(gate, indent);
        } else if (!gate.controls().isEmpty() && version2) {
            throw unsupported("the gate '" + given.displayName() + "' with its controls");
        } else if (name.equals("gphase")) {
            // A phase on both basis states of a qubit is a phase on everything.
            if (circuit.qubitCount() == 0) {
                throw unsupported("a global phase without qubits");
            }
            for (int twice = 0; twice < 2; twice++) {
                out.append(indent)
                        .append("u1(")
                        .append(gate.parameters().getFirst())
                        .append(") q[0];\n");
                out.append(indent).append("x q[0];\n");
            }
        } else if (!gate.gate().decomposition(gate.parameterArray()).isEmpty()) {
            for (GateInstruction step : gate.gate().decomposition(gate.parameterArray())) {
                List<Integer> targets = step.targets().stream()
                        .map(operand -> gate.targets().get(operand))
                        .toList();
                gate(new GateInstruction(step.gate(), step.parameters(), gate.controls(), targets), indent);
            }
        } else if (gate.coreTargets().size() == 1) {
            for (GateInstruction step : eulerAngles(gate)) {
                gate(step, indent);
            }
        } else if (!version2
                && indent.isEmpty()
                && gate.allControls().isEmpty()
                && gate.targets().size() <= MOST_PRAGMA) {
            List<Integer> targets = gate.targets().reversed();
            out.append("#pragma braket unitary(")
                    .append(NoisePragma.matrix(gate.coreMatrix()))
                    .append(')');
            operands(targets);
            // A pragma ends with its line.
            out.delete(out.length() - 2, out.length()).append('\n');
        } else {
            throw unsupported("the gate '" + name + "', which is given by a matrix on several qubits");
        }
    }

    /// A matrix on one qubit as a phase and a `U` gate under the same controls.
    private static List<GateInstruction> eulerAngles(GateInstruction gate) {
        Matrix m = gate.coreMatrix();
        double theta = 2 * Math.atan2(Math.hypot(m.re(1, 0), m.im(1, 0)), Math.hypot(m.re(0, 0), m.im(0, 0)));
        boolean upper = Math.hypot(m.re(0, 0), m.im(0, 0)) > 1e-12;
        boolean lower = Math.hypot(m.re(1, 0), m.im(1, 0)) > 1e-12;
        double phase = upper ? Math.atan2(m.im(0, 0), m.re(0, 0)) : 0;
        double phi = lower ? Math.atan2(m.im(1, 0), m.re(1, 0)) - phase : 0;
        double lambda =
                lower ? Math.atan2(-m.im(0, 1), -m.re(0, 1)) - phase : Math.atan2(m.im(1, 1), m.re(1, 1)) - phase;
        List<Control> controls = gate.allControls();
        return List.of(
                new GateInstruction(Gate.find("gphase").orElseThrow(), List.of(phase), controls, List.of()),
                new GateInstruction(
                        Gate.find("u").orElseThrow(), List.of(theta, phi, lambda), controls, gate.coreTargets()));
    }

    private void plain(GateInstruction gate, String indent) {
        out.append(indent);
        for (Control control : gate.controls()) {
            out.append(control.positive() ? "ctrl @ " : "negctrl @ ");
        }
        String name = gate.gate().name();
        out.append((version2 ? NAMES2 : NAMES3).getOrDefault(name, name));
        if (!gate.parameters().isEmpty()) {
            String separator = "(";
            for (double parameter : gate.parameters()) {
                out.append(separator).append(parameter);
                separator = ", ";
            }
            out.append(')');
        }
        operands(gate.qubits());
    }

    private void operands(List<Integer> qubits) {
        String separator = " ";
        for (int qubit : qubits) {
            out.append(separator).append("q[").append(qubit).append(']');
            separator = ", ";
        }
        out.append(";\n");
    }

    private String bit(int clbit) {
        for (ClassicalRegister register : circuit.registers()) {
            if (clbit >= register.first() && clbit < register.first() + register.size()) {
                return register.name() + "[" + (clbit - register.first()) + "]";
            }
        }
        throw unsupported("the bit " + clbit);
    }

    private String wholeRegister(List<Integer> clbits) {
        for (ClassicalRegister register : circuit.registers()) {
            boolean same = clbits.size() == register.size();
            for (int i = 0; same && i < clbits.size(); i++) {
                same = clbits.get(i) == register.first() + i;
            }
            if (same) {
                return register.name();
            }
        }
        return "";
    }

    private String bits(List<Integer> clbits) {
        String register = wholeRegister(clbits);
        if (!register.isEmpty()) {
            return register;
        }
        if (clbits.size() == 1) {
            return bit(clbits.getFirst());
        }
        throw unsupported("a number made of bits of several registers");
    }

    private String text(ClassicalExpression expression) {
        return switch (expression) {
            case ClassicalExpression.Constant constant -> String.valueOf(constant.value());
            case ClassicalExpression.Read read -> bits(read.clbits());
            case ClassicalExpression.Unary unary ->
                switch (unary.operator()) {
                            case NOT -> "!";
                            case INVERT -> "~";
                            case NEGATE -> "-";
                        }
                        + "("
                        + text(unary.operand()) + ")";
            case ClassicalExpression.Binary binary ->
                "(" + text(binary.left()) + " " + symbol(binary.operator()) + " " + text(binary.right()) + ")";
        };
    }

    private static String symbol(ClassicalExpression.BinaryOperator operator) {
        return switch (operator) {
            case ADD -> "+";
            case SUBTRACT -> "-";
            case MULTIPLY -> "*";
            case DIVIDE -> "/";
            case REMAINDER -> "%";
            case AND -> "&";
            case OR -> "|";
            case XOR -> "^";
            case SHIFT_LEFT -> "<<";
            case SHIFT_RIGHT -> ">>";
            case EQUAL -> "==";
            case NOT_EQUAL -> "!=";
            case LESS -> "<";
            case LESS_OR_EQUAL -> "<=";
            case BOTH -> "&&";
            case EITHER -> "||";
        };
    }

    private void only3(String what) {
        if (version2) {
            throw unsupported(what);
        }
    }

    private CircuitException unsupported(String what) {
        return CircuitException.of(
                CircuitProblem.UNSUPPORTED, "OpenQASM %s cannot express %s.", version2 ? "2.0" : "3", what);
    }
}
