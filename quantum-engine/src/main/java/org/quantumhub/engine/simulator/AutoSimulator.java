package org.quantumhub.engine.simulator;

import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitProblem;

/// Chooses a simulator by looking at the circuit, and says in the result why.
///
/// Circuits of Clifford gates go to the stabilizer simulator when they are too large for a state vector or large enough
/// for it to be faster; everything else goes to the state vector.
public final class AutoSimulator implements Simulator {
    /// Up to here a state vector is cheap, and its probabilities are exact.
    private static final int SMALL = 16;

    private final Simulator stateVector;
    private final Simulator stabilizer = new StabilizerSimulator();
    private final int mostQubits;

    /// @param mostQubits the largest state vector that the machine has memory for
    public AutoSimulator(int mostQubits) {
        this.stateVector = new StateVectorSimulator();
        this.mostQubits = Math.min(mostQubits, StateVectorSimulator.MOST_QUBITS);
    }

    /// The simulator this circuit would be run by.
    ///
    /// @throws CircuitException LIMIT_EXCEEDED when none can take it
    public Simulator choose(Circuit circuit) {
        if (circuit.qubitCount() <= SMALL) {
            return stateVector;
        }
        if (StabilizerSimulator.supports(circuit)) {
            return stabilizer;
        }
        if (circuit.qubitCount() > mostQubits) {
            throw CircuitException.of(
                    CircuitProblem.LIMIT_EXCEEDED,
                    "A state vector of %d qubits needs 2^%d bytes of memory; at most %d qubits fit. The stabilizer"
                            + " simulator would take circuits of Clifford gates only.",
                    circuit.qubitCount(),
                    circuit.qubitCount() + 4,
                    mostQubits);
        }
        return stateVector;
    }

    @Override
    public String name() {
        return "auto";
    }

    @Override
    public long memoryBytes(Circuit circuit) {
        return circuit.qubitCount() > SMALL && StabilizerSimulator.supports(circuit)
                ? stabilizer.memoryBytes(circuit)
                : stateVector.memoryBytes(circuit);
    }

    @Override
    public CostEstimate estimate(Circuit circuit, int shots) {
        return circuit.qubitCount() > SMALL && StabilizerSimulator.supports(circuit)
                ? stabilizer.estimate(circuit, shots)
                : stateVector.estimate(circuit, shots);
    }

    @Override
    public RunResult run(Circuit circuit, RunOptions options) {
        return choose(circuit).run(circuit, options);
    }
}
