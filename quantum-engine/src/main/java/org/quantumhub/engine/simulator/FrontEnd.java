package org.quantumhub.engine.simulator;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.quantumhub.engine.circuit.Control;
import org.quantumhub.engine.circuit.GateInstruction;
import org.quantumhub.engine.circuit.Instruction;

/// Translates instructions for the planner. Swaps are not carried out: from there on the two qubits are known by each
/// other's index bits.
final class FrontEnd {
    /// The gates, and the index bit at which each qubit ends up.
    record Program(List<Fusible> gates, int[] place) {}

    private final int[] place;
    private final List<Fusible> gates = new ArrayList<>();
    private final boolean relabel;

    private FrontEnd(int qubits, boolean relabel) {
        this.relabel = relabel;
        place = new int[qubits];
        for (int qubit = 0; qubit < qubits; qubit++) {
            place[qubit] = qubit;
        }
    }

    /// The program of all gates of a circuit, or null when one of them mixes more than three qubits at once.
    static @Nullable Program translate(int qubits, List<Instruction> instructions, boolean relabel) {
        FrontEnd frontEnd = new FrontEnd(qubits, relabel);
        for (Instruction instruction : instructions) {
            if (instruction instanceof GateInstruction gate && !frontEnd.add(gate)) {
                return null;
            }
        }
        return new Program(frontEnd.gates, frontEnd.place);
    }

    private boolean add(GateInstruction gate) {
        if (relabel
                && gate.gate().name().equals("swap")
                && gate.gate().isStandard()
                && gate.controls().isEmpty()) {
            int first = gate.targets().get(0);
            int second = gate.targets().get(1);
            int kept = place[first];
            place[first] = place[second];
            place[second] = kept;
            return true;
        }
        Operation operation = Operation.of(moved(gate));
        if (operation.isIdentity()) {
            return true;
        }
        if (operation.diagonal()) {
            Fusible phases = Fusible.diagonal(operation);
            if (phases != null) {
                gates.add(phases);
                return true;
            }
        }
        if (operation.targets().length > 3 || operation.targets().length == 0) {
            return false;
        }
        gates.add(Fusible.matrix(
                operation.targets(), operation.matrix(), operation.controlMask(), operation.controlValue()));
        return true;
    }

    private GateInstruction moved(GateInstruction gate) {
        List<Control> controls = new ArrayList<>(gate.controls().size());
        for (Control control : gate.controls()) {
            controls.add(new Control(place[control.qubit()], control.positive()));
        }
        List<Integer> targets = new ArrayList<>(gate.targets().size());
        for (int target : gate.targets()) {
            targets.add(place[target]);
        }
        return new GateInstruction(gate.gate(), gate.parameters(), controls, targets);
    }
}
