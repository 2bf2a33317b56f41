package org.quantumhub.engine.stim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitProblem;
import org.quantumhub.engine.circuit.Control;
import org.quantumhub.engine.circuit.GateInstruction;
import org.quantumhub.engine.circuit.Instruction;

/// Writes a circuit of the engine in Stim's instructions; global phases are dropped, as Stim knows none.
final class StimTranslation {
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("id", "I"),
            Map.entry("x", "X"),
            Map.entry("y", "Y"),
            Map.entry("z", "Z"),
            Map.entry("h", "H"),
            Map.entry("s", "S"),
            Map.entry("sdg", "S_DAG"),
            Map.entry("sx", "SQRT_X"),
            Map.entry("sxdg", "SQRT_X_DAG"),
            Map.entry("cx", "CX"),
            Map.entry("cy", "CY"),
            Map.entry("cz", "CZ"),
            Map.entry("swap", "SWAP"),
            Map.entry("iswap", "ISWAP"));

    private final Circuit circuit;
    private final List<StimInstruction> instructions = new ArrayList<>();
    private StimCircuit.Size size = StimCircuit.Size.NONE;

    StimTranslation(Circuit circuit) {
        this.circuit = circuit;
    }

    StimCircuit circuit() {
        int measured = 0;
        for (Instruction instruction : circuit.instructions()) {
            switch (instruction) {
                case GateInstruction gate -> gate(gate);
                case Instruction.Measure measure -> {
                    // Stim's record has no names: only in this order does it mean the same.
                    if (measure.clbit() != measured) {
                        throw refused(
                                "a measurement into bit " + measure.clbit() + " where bit " + measured + " comes next");
                    }
                    measured++;
                    add("M", measure.qubit());
                }
                case Instruction.Reset reset -> add("R", reset.qubit());
                case Instruction.Barrier ignored -> add("TICK");
                case Instruction.Conditional ignored -> throw refused("a conditional");
                case Instruction.Loop ignored -> throw refused("a loop");
                case Instruction.Assign ignored -> throw refused("an assignment");
            }
        }
        if (circuit.measured() && measured != circuit.clbitCount()) {
            throw refused("a classical bit that nothing is measured into");
        }
        for (int q = 0; q < circuit.qubitCount() && !circuit.measured(); q++) {
            add("M", q);
        }
        return new StimCircuit(instructions, size);
    }

    private static CircuitException refused(String what) {
        return CircuitException.of(CircuitProblem.UNSUPPORTED, "Stim cannot say this: %s.", what);
    }

    private void gate(GateInstruction given) {
        GateInstruction gate = given.named();
        String name = gate.controls().isEmpty() && gate.gate().isStandard()
                ? NAMES.getOrDefault(gate.gate().name(), "")
                : "";
        if (!name.isEmpty()) {
            add(name, gate.targets().stream().mapToInt(Integer::intValue).toArray());
            return;
        }
        if (gate.qubits().isEmpty()) {
            return;
        }
        int turns = quarterTurns(gate);
        List<Control> controls = gate.allControls();
        String letter = switch (gate.gate().name()) {
            case "rx" -> "X";
            case "ry" -> "Y";
            case "rz", "p" -> "Z";
            default -> "";
        };
        if (controls.isEmpty() && !letter.isEmpty() && turns >= 0) {
            String[] powers = {"I", "SQRT_" + letter, letter, "SQRT_" + letter + "_DAG"};
            String power = powers[turns];
            StimGates.Row row = StimGates.find(power);
            add(row == null ? power : row.name(), gate.targets().getFirst());
            return;
        }
        throw refused("gate '" + gate.displayName() + "'"
                + (gate.parameters().isEmpty() ? "" : " with the parameters " + gate.parameters()));
    }

    /// The angle in quarters of a turn, or -1.
    private static int quarterTurns(GateInstruction gate) {
        if (gate.parameters().size() != 1) {
            return -1;
        }
        double turns = gate.parameters().getFirst() / (Math.PI / 2);
        return Math.abs(turns - Math.rint(turns)) < 1e-12 && Math.abs(turns) < 1e9
                ? (int) ((long) Math.rint(turns) & 3)
                : -1;
    }

    private void add(String name, int... qubits) {
        List<StimTarget> targets = new ArrayList<>();
        for (int qubit : qubits) {
            targets.add(new StimTarget.Qubit(qubit, false));
        }
        StimInstruction.Plain plain = new StimInstruction.Plain(name, "", List.of(), targets);
        size = size.plus(new StimChecks(plain, StimGates.row(name), size.measurements()).size());
        instructions.add(plain);
    }
}
