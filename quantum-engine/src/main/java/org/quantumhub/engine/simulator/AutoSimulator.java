package org.quantumhub.engine.simulator;

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
    public Simulator choose(Circuit circuit) {
        if (circuit.qubitCount() <= SMALL) {
            return stateVector;
        }
        if (StabilizerSimulator.supports(circuit)) {
            return stabilizer;
        }
        return circuit.qubitCount() <= mostQubits ? stateVector : matrixProduct;
    }

    @Override
    public String name() {
        return "auto";
    }

    @Override
    public long memoryBytes(Circuit circuit) {
        return choose(circuit).memoryBytes(circuit);
    }

    @Override
    public void check(Circuit circuit) {
        choose(circuit).check(circuit);
    }

    @Override
    public CostEstimate estimate(Circuit circuit, int shots) {
        return choose(circuit).estimate(circuit, shots);
    }

    @Override
    public RunResult run(Circuit circuit, RunOptions options) {
        Simulator chosen = choose(circuit);
        try {
            return chosen.run(circuit, options);
        } catch (CircuitException e) {
            if (chosen != matrixProduct || e.code() != CircuitProblem.LIMIT_EXCEEDED) {
                throw e;
            }
            throw CircuitException.of(
                    CircuitProblem.LIMIT_EXCEEDED,
                    "%s A state vector of %d qubits needs 2^%d bytes of memory; at most %d qubits fit. The stabilizer"
                            + " simulator takes circuits of Clifford gates.",
                    String.valueOf(e.getMessage()),
                    circuit.qubitCount(),
                    circuit.qubitCount() + 4,
                    mostQubits);
        }
    }
}
