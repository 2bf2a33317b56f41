package org.quantumhub.engine.simulator;

import org.jspecify.annotations.Nullable;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitProblem;

/// Chooses a simulator by looking at the circuit, and says in the result why.
///
/// Circuits of Clifford gates go to the stabilizer simulator when they are too large for a state vector or large enough
/// for it to be faster. Everything else goes to the state vector as long as it fits into memory, and beyond that to the
/// matrix product state, which refuses circuits that entangle too much.
public final class AutoSimulator implements Simulator {
    /// Up to here a state vector is cheap, and its probabilities are exact.
    private static final int SMALL = 16;

    private final Simulator stateVector;
    private final Simulator stabilizer = new StabilizerSimulator();
    /// Refuses, rather than give a wrong answer, when the circuit entangles more than it can hold.
    private final Simulator matrixProduct = new MatrixProductSimulator(128, 1e-6);
    private final int mostQubits;

    /// @param mostQubits the largest state vector that the machine has memory for
    public AutoSimulator(int mostQubits) {
        this.stateVector = new StateVectorSimulator();
        this.mostQubits = Math.clamp(mostQubits, SMALL, StateVectorSimulator.MOST_QUBITS);
    }

    /// The simulator this circuit would be run by.
    ///
    /// @throws CircuitException LIMIT_EXCEEDED when none can take it
    public Simulator choose(Circuit circuit) {
        Simulator suited = suited(circuit);
        if (suited == null) {
            throw CircuitException.of(
                    CircuitProblem.LIMIT_EXCEEDED,
                    "A state vector of %d qubits needs 2^%d bytes of memory; at most %d qubits fit. The stabilizer"
                            + " simulator takes circuits of Clifford gates, the matrix product state circuits that"
                            + " measure at the end.",
                    circuit.qubitCount(),
                    circuit.qubitCount() + 4,
                    mostQubits);
        }
        return suited;
    }

    private @Nullable Simulator suited(Circuit circuit) {
        if (circuit.qubitCount() <= SMALL) {
            return stateVector;
        }
        if (StabilizerSimulator.supports(circuit)) {
            return stabilizer;
        }
        if (circuit.qubitCount() <= mostQubits) {
            return stateVector;
        }
        return Readout.of(circuit) == null ? null : matrixProduct;
    }

    /// What the chosen simulator needs; where none can take the circuit, what a state vector would.
    private Simulator measured(Circuit circuit) {
        Simulator suited = suited(circuit);
        return suited == null ? stateVector : suited;
    }

    @Override
    public String name() {
        return "auto";
    }

    @Override
    public long memoryBytes(Circuit circuit) {
        return measured(circuit).memoryBytes(circuit);
    }

    @Override
    public CostEstimate estimate(Circuit circuit, int shots) {
        return measured(circuit).estimate(circuit, shots);
    }

    @Override
    public RunResult run(Circuit circuit, RunOptions options) {
        return choose(circuit).run(circuit, options);
    }
}
