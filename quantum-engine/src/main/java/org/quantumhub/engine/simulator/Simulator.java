package org.quantumhub.engine.simulator;

import org.quantumhub.engine.circuit.Circuit;

/// Runs circuits. Implementations are stateless and may be shared by threads.
public interface Simulator {
    /// A short name for results and logs, such as `state-vector`.
    String name();

    /// The memory a run needs for its state, saturating at `Long.MAX_VALUE`; nothing is allocated to find out.
    long memoryBytes(Circuit circuit);

    /// Refuses a circuit that this simulator cannot take, before anything is allocated. What shows only while it runs,
    /// such as entanglement beyond what a chain can hold, is refused by the run.
    ///
    /// @throws CircuitException LIMIT_EXCEEDED or UNSUPPORTED, naming the gate or the limit
    void check(Circuit circuit);

    /// Memory and time of a run.
    CostEstimate estimate(Circuit circuit, int shots);

    /// Runs a circuit.
    ///
    /// @throws CircuitException LIMIT_EXCEEDED or UNSUPPORTED when this simulator cannot take the circuit
    /// @throws RunCancelledException when the options' cancellation said so
    RunResult run(Circuit circuit, RunOptions options);
}
