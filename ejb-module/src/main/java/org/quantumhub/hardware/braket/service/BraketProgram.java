package org.quantumhub.hardware.braket.service;

import jakarta.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitProblem;
import org.quantumhub.engine.circuit.Control;
import org.quantumhub.engine.circuit.GateInstruction;
import org.quantumhub.engine.circuit.Instruction;
import org.quantumhub.engine.transpiler.NativeGates;
import org.quantumhub.engine.transpiler.Target;
import org.quantumhub.engine.transpiler.Topology;
import org.quantumhub.engine.transpiler.Transpiler;
import org.quantumhub.hardware.service.Work;

/// A job as a program that Braket reads: OpenQASM 3 with Braket's own gate names and without includes.
///
/// A program that speaks Braket's dialect already (pragmas, physical qubits, its own gate names without an include)
/// goes
/// as it is. Every other one is written anew from its circuit.
final class BraketProgram {

    /// Names of the gate table that Braket calls otherwise; every other name of [#SAME] it shares.
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("id", "i"),
            Map.entry("sdg", "si"),
            Map.entry("tdg", "ti"),
            Map.entry("sx", "v"),
            Map.entry("sxdg", "vi"),
            Map.entry("p", "phaseshift"),
            Map.entry("cx", "cnot"),
            Map.entry("ccx", "ccnot"),
            Map.entry("cp", "cphaseshift"),
            Map.entry("rxx", "xx"),
            Map.entry("ryy", "yy"),
            Map.entry("rzz", "zz"));

    private static final List<String> SAME = List.of(
            "x",
            "y",
            "z",
            "h",
            "s",
            "t",
            "rx",
            "ry",
            "rz",
            "cy",
            "cz",
            "swap",
            "iswap",
            "pswap",
            "xy",
            "ecr",
            "cswap",
            "cphaseshift00",
            "cphaseshift01",
            "cphaseshift10",
            "prx",
            "gpi",
            "gpi2",
            "ms");

    private final String source;
    private final Circuit circuit;

    private BraketProgram(String source, Circuit circuit) {
        this.source = source;
        this.circuit = circuit;
    }

    /// @throws CircuitException UNSUPPORTED for what Braket's dialect cannot say
    static BraketProgram of(Work work) {
        Circuit circuit = work.circuit();
        if (work.format().equals("OPENQASM3") && speaksBraket(work.source())) {
            return new BraketProgram(work.source(), circuit);
        }
        if (circuit.instructions().stream().allMatch(BraketProgram::isSayable)) {
            return new BraketProgram(write(circuit), circuit);
        }
        Target plain = new Target(Topology.complete(circuit.qubitCount()), NativeGates.RX_RY_RZ_CZ);
        return new BraketProgram(write(Transpiler.compile(circuit, plain).circuit()), circuit);
    }

    private static boolean speaksBraket(String source) {
        return source.contains("#pragma braket") || source.contains("$") || !source.contains("include");
    }

    String source() {
        return source;
    }

    Circuit circuit() {
        return circuit;
    }

    /// The `action` of an order: a JSON document that travels as a string.
    String action() {
        return Json.createObjectBuilder()
                .add(
                        "braketSchemaHeader",
                        Json.createObjectBuilder()
                                .add("name", "braket.ir.openqasm.program")
                                .add("version", "1"))
                .add("source", source)
                .add("inputs", Json.createObjectBuilder())
                .build()
                .toString();
    }

    private static boolean isSayable(Instruction instruction) {
        return switch (instruction) {
            case GateInstruction gate ->
                gate.gate().name().equals("gphase") && gate.controls().isEmpty()
                        || name(gate).isPresent();
            case Instruction.Measure measure -> true;
            case Instruction.Barrier barrier -> true;
            default ->
                throw new CircuitException(
                        CircuitProblem.UNSUPPORTED,
                        "Devices at Braket run no steps that depend on measured bits, and no resets.",
                        0,
                        0,
                        "");
        };
    }

    private static Optional<String> name(GateInstruction instruction) {
        GateInstruction gate = instruction.named();
        String name = gate.gate().name();
        if (!gate.controls().isEmpty() || !gate.gate().isStandard()) {
            return Optional.empty();
        }
        return SAME.contains(name) ? Optional.of(name) : Optional.ofNullable(NAMES.get(name));
    }

    private static String write(Circuit circuit) {
        StringBuilder text = new StringBuilder("OPENQASM 3.0;\n");
        int bits = circuit.measured() ? circuit.clbitCount() : circuit.qubitCount();
        text.append("qubit[").append(circuit.qubitCount()).append("] q;\n");
        text.append("bit[").append(bits).append("] c;\n");
        for (Instruction instruction : circuit.instructions()) {
            switch (instruction) {
                case GateInstruction gate -> name(gate).ifPresent(name -> write(text, name, gate.named()));
                case Instruction.Measure measure -> measure(text, measure.qubit(), measure.clbit());
                default -> {
                    // a barrier says nothing to a compiler that is free to choose
                }
            }
        }
        if (!circuit.measured()) {
            for (int qubit = 0; qubit < circuit.qubitCount(); qubit++) {
                measure(text, qubit, qubit);
            }
        }
        return text.toString();
    }

    private static void measure(StringBuilder text, int qubit, int clbit) {
        text.append("c[").append(clbit).append("] = measure q[").append(qubit).append("];\n");
    }

    private static void write(StringBuilder text, String name, GateInstruction gate) {
        text.append(name);
        if (!gate.parameters().isEmpty()) {
            List<String> parameters = gate.parameters().stream()
                    .map(p -> String.format(Locale.ROOT, "%.17g", p))
                    .toList();
            text.append('(').append(String.join(", ", parameters)).append(')');
        }
        List<String> operands = new ArrayList<>();
        for (Control control : gate.controls()) {
            operands.add("q[" + control.qubit() + "]");
        }
        gate.targets().forEach(target -> operands.add("q[" + target + "]"));
        text.append(' ').append(String.join(", ", operands)).append(";\n");
    }
}
