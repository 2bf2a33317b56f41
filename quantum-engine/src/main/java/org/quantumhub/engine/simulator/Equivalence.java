package org.quantumhub.engine.simulator;

import java.util.List;
import java.util.Random;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitBuilder;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitProblem;
import org.quantumhub.engine.circuit.GateInstruction;
import org.quantumhub.engine.circuit.Instruction;

/// Whether two circuits of gates do the same up to a global phase.
///
/// Some random product states are sent through the first circuit and back through the second: only if they do the same
/// does every state return. States on which two different circuits agree form a set of measure zero, so that a wrong
/// yes needs a difference below the tolerance.
public final class Equivalence {
    private static final double TOLERANCE = 1e-10;
    private static final int STATES = 3;

    private Equivalence() {}

    /// Compares two circuits; costs some runs of each.
    ///
    /// @throws CircuitException UNSUPPORTED when one of them measures, resets or branches
    public static boolean upToGlobalPhase(Circuit first, Circuit second) {
        if (first.qubitCount() != second.qubitCount()) {
            return false;
        }
        Random random = new Random(1);
        for (int i = 0; i < STATES; i++) {
            CircuitBuilder builder = Circuit.builder(first.qubitCount(), 0);
            for (int qubit = 0; qubit < first.qubitCount(); qubit++) {
                builder.gate(
                        "u", List.of(3 * random.nextDouble(), 6 * random.nextDouble(), 6 * random.nextDouble()), qubit);
            }
            List<GateInstruction> preparation = gates(builder.build());
            gates(first).forEach(builder::add);
            gates(second).reversed().forEach(gate -> builder.add(gate.inverse()));
            preparation.reversed().forEach(gate -> builder.add(gate.inverse()));
            if (StateVectorSimulator.state(builder.build()).probability(0) < 1 - TOLERANCE) {
                return false;
            }
        }
        return true;
    }

    private static List<GateInstruction> gates(Circuit circuit) {
        return circuit.instructions().stream()
                .filter(instruction -> !(instruction instanceof Instruction.Barrier))
                .map(instruction -> {
                    if (instruction instanceof GateInstruction gate) {
                        return gate;
                    }
                    throw CircuitException.of(
                            CircuitProblem.UNSUPPORTED, "Only circuits of gates alone can be compared.");
                })
                .toList();
    }
}
