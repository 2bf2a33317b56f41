package org.quantumhub.engine.qasm;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitProblem;
import org.quantumhub.engine.circuit.ClassicalExpression;
import org.quantumhub.engine.circuit.ClassicalRegister;
import org.quantumhub.engine.circuit.Control;
import org.quantumhub.engine.circuit.Gate;
import org.quantumhub.engine.circuit.GateInstruction;
import org.quantumhub.engine.circuit.Instruction;
import org.quantumhub.engine.circuit.ResultRequest;
import org.quantumhub.engine.circuit.Spelling;

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

    /// Words that a register cannot be called by, beside the gates.
    private static final Set<String> RESERVED =
            Set.of(("openqasm include defcalgrammar def cal defcal gate extern box let"
                            + " break continue if else end return for while in switch case default nop pragma input output const"
                            + " readonly mutable qreg qubit creg bool bit int uint float angle complex array void duration"
                            + " stretch gphase inv pow ctrl negctrl durationof delay reset measure barrier true false opaque"
                            + " im pi tau euler sin cos tan exp ln log sqrt arcsin arccos arctan asin acos atan abs ceiling ceil"
                            + " floor popcount mod rotl rotr real imag sizeof")
                    .split(" "));

    private static final Pattern IDENTIFIER = Pattern.compile("[a-z_][A-Za-z0-9_]*");

    /// The largest matrix that a pragma may hold.
    private static final int MOST_PRAGMA = 6;

    private final boolean version2;
    private final StringBuilder out = new StringBuilder();
    private Circuit circuit = Circuit.builder(0, 0).build();
    /// What the qubits and the classical registers are called in this version.
    private String qubits = "q";

    /// By the first bit of a register.
    private final Map<Integer, String> registers = new HashMap<>();
    private int instruction;

    QasmWriter(int version) {
        this.version2 = version == 2;
    }

    String write(Circuit given) {
        circuit = given;
        if (circuit.scratchCount() > 0) {
            throw unsupported("the variables of the program");
        }
        nameRegisters();
        out.append(
                version2 ? "OPENQASM 2.0;\ninclude \"qelib1.inc\";\n" : "OPENQASM 3.0;\ninclude \"stdgates.inc\";\n");
        if (circuit.qubitCount() > 0) {
            String size = "[" + circuit.qubitCount() + "]";
            out.append(version2 ? "qreg " + qubits + size : "qubit" + size + " " + qubits)
                    .append(";\n");
        }
        for (ClassicalRegister register : circuit.registers()) {
            String size = "[" + register.size() + "]";
            String name = registers.get(register.first());
            if (register.size() > 0) {
                out.append(version2 ? "creg " + name + size : "bit" + size + " " + name);
                out.append(";\n");
            }
        }
        for (; instruction < circuit.instructions().size(); instruction++) {
            try {
                one(circuit.instructions().get(instruction), "");
            } catch (CircuitException e) {
                throw e.path().isEmpty() ? unsupported(e.getMessage()) : e;
            }
        }
        for (String request : circuit.requests()) {
            only3("the request '" + request + "'");
            out.append("#pragma braket ").append(request).append('\n');
        }
        for (ResultRequest request : circuit.resultRequests()) {
            String pragma = ResultPragma.text(request, this::qubit);
            only3("the request '" + pragma.substring("#pragma braket ".length()) + "'");
            if (request instanceof ResultRequest.Gradient) {
                throw unsupported("a gradient, because the inputs have been given values");
            }
            out.append(pragma).append('\n');
        }
        return out.toString();
    }

    /// Keeps every name that cannot be taken for a gate, a word of the language or another register.
    private void nameRegisters() {
        Set<String> taken = new HashSet<>();
        for (ClassicalRegister register : circuit.registers()) {
            if (register.size() == 0) {
                continue;
            }
            String name = register.name();
            boolean free = IDENTIFIER.matcher(name).matches()
                    && Gate.find(name).isEmpty()
                    && !RESERVED.contains(name.toLowerCase(Locale.ROOT));
            name = free ? name : "c_" + name.replaceAll("[^A-Za-z0-9_]", "_");
            while (!taken.add(name)) {
                name += "_";
            }
            registers.put(register.first(), name);
        }
        while (taken.contains(qubits)) {
            qubits += "_";
        }
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
                String qubit = qubit(measure.qubit());
                String bit = bit(measure.clbit());
                out.append(indent)
                        .append(version2 ? "measure " + qubit + " -> " + bit : bit + " = measure " + qubit)
                        .append(";\n");
            }
            case Instruction.Reset reset ->
                out.append(indent).append("reset ").append(qubit(reset.qubit())).append(";\n");
            case Instruction.Barrier barrier -> {
                out.append(indent).append("barrier");
                operands(barrier.qubits());
            }
            case Instruction.Noise noise -> {
                only3("the noise '" + noise.channel().name() + "'");
                if (!indent.isEmpty()) {
                    throw unsupported("noise under a condition");
                }
                out.append(NoisePragma.text(noise, this::qubit)).append('\n');
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
                    || constant.value() < 0
                    || wholeRegister(read.clbits()).isEmpty()) {
                throw unsupported("this condition");
            }
            // Every statement asks by itself, so none but the last may change what is asked for.
            int before = Math.max(0, conditional.then().size() - 1);
            if (conditional.then().subList(0, before).stream().anyMatch(step -> writes(step, read.clbits()))) {
                throw unsupported("a condition whose register changes while it is obeyed");
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

    private static boolean writes(Instruction instruction, List<Integer> clbits) {
        return switch (instruction) {
            case Instruction.Measure measure -> clbits.contains(measure.clbit());
            case Instruction.Assign assign -> assign.clbits().stream().anyMatch(clbits::contains);
            case Instruction.Conditional c ->
                c.then().stream().anyMatch(step -> writes(step, clbits))
                        || c.otherwise().stream().anyMatch(step -> writes(step, clbits));
            case Instruction.Loop loop -> loop.body().stream().anyMatch(step -> writes(step, clbits));
            default -> false;
        };
    }

    private void gate(GateInstruction given, String indent) {
        Spelling spelling = new Spelling(gate -> says(gate, indent.isEmpty()));
        for (GateInstruction gate : spelling.of(given)) {
            if (version2 && gate.gate().name().equals("gphase")) {
                // A phase on both basis states of a qubit is a phase on everything.
                for (int twice = 0; twice < 2; twice++) {
                    out.append(indent).append("u1(").append(gate.parameters().getFirst());
                    out.append(") ").append(qubit(0)).append(";\n");
                    out.append(indent).append("x ").append(qubit(0)).append(";\n");
                }
            } else if (gate.gate().isStandard()) {
                plain(gate, indent);
            } else {
                out.append("#pragma braket unitary(")
                        .append(NoisePragma.matrix(gate.coreMatrix()))
                        .append(')');
                operands(gate.targets().reversed());
                // A pragma ends with its line.
                out.delete(out.length() - 2, out.length()).append('\n');
            }
        }
    }

    /// Whether a gate can be written as it stands; pragmas only where there is no condition.
    private boolean says(GateInstruction gate, boolean unconditional) {
        String name = gate.gate().name();
        if (!gate.gate().isStandard()) {
            return !version2
                    && unconditional
                    && gate.coreTargets().size() > 1
                    && gate.allControls().isEmpty()
                    && gate.targets().size() <= MOST_PRAGMA;
        }
        if (version2) {
            boolean phase = name.equals("gphase") && circuit.qubitCount() > 0;
            return gate.controls().isEmpty() && (phase || IN_QELIB1.contains(name));
        }
        return IN_STDGATES.contains(name);
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
            out.append(separator).append(qubit(qubit));
            separator = ", ";
        }
        out.append(";\n");
    }

    private String qubit(int qubit) {
        return qubits + "[" + qubit + "]";
    }

    private String bit(int clbit) {
        for (ClassicalRegister register : circuit.registers()) {
            if (clbit >= register.first() && clbit < register.first() + register.size()) {
                return registers.get(register.first()) + "[" + (clbit - register.first()) + "]";
            }
        }
        throw unsupported("the bit " + clbit);
    }

    private String wholeRegister(List<Integer> clbits) {
        for (ClassicalRegister register : circuit.registers()) {
            boolean same = register.size() > 0 && clbits.size() == register.size();
            for (int i = 0; same && i < clbits.size(); i++) {
                same = clbits.get(i) == register.first() + i;
            }
            if (same) {
                return String.valueOf(registers.get(register.first()));
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
        return new CircuitException(
                CircuitProblem.UNSUPPORTED,
                "OpenQASM " + (version2 ? "2.0" : "3") + " cannot express " + what + ".",
                0,
                0,
                "/instructions/" + instruction);
    }
}
