package org.quantumhub.engine.simulator;

import java.util.ArrayList;
import java.util.List;
import org.quantumhub.engine.circuit.GateInstruction;
import org.quantumhub.engine.circuit.Instruction;

/// Translates instructions for the planner. Swaps are not carried out: from there on the two qubits are known by each
/// other's index bits.
final class FrontEnd {
    /// The gates, and the index bit at which each qubit ends up.
    record Program(Fusible[] gates, int[] place) {}

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

    /// The program of all gates among some instructions.
    ///
    /// @param relabel whether swaps may be left to the order of the index bits
    static Program translate(int qubits, List<Instruction> instructions, boolean relabel) {
        FrontEnd frontEnd = new FrontEnd(qubits, relabel);
        for (Instruction instruction : instructions) {
            if (instruction instanceof GateInstruction gate) {
                frontEnd.add(gate);
            }
        }
        return new Program(frontEnd.gates.toArray(new Fusible[0]), frontEnd.place);
    }

    private void add(GateInstruction gate) {
        if (relabel
                && gate.controls().isEmpty()
                && gate.gate().name().equals("swap")
                && gate.gate().isStandard()) {
            int first = gate.targets().get(0);
            int second = gate.targets().get(1);
            int kept = place[first];
            place[first] = place[second];
            place[second] = kept;
            return;
        }
        Operation operation = Operation.of(gate, place);
        if (!operation.isIdentity()) {
            gates.add(Fusible.of(operation));
        }
    }
}
