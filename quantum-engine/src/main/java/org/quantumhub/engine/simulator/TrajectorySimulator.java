package org.quantumhub.engine.simulator;

import java.util.Map;
import org.quantumhub.engine.circuit.Circuit;

/// Runs circuits with noise on state vectors: each shot meets noise of its own, drawn at random.
///
/// For circuits too large for a density matrix. What comes out is a sample, not the exact distribution; shots that met
/// the same noise share a run, so that weak noise costs little more than none.
public final class TrajectorySimulator implements Simulator {
    private final NoiseModel noise;
    private final StateVectorSimulator pure = new StateVectorSimulator();

    public TrajectorySimulator(NoiseModel noise) {
        this.noise = noise;
    }

    @Override
    public String name() {
        return "trajectories";
    }

    @Override
    public long memoryBytes(Circuit circuit) {
        long bytes = pure.memoryBytes(circuit);
        return bytes > Long.MAX_VALUE / 2 ? Long.MAX_VALUE : 2 * bytes;
    }

    @Override
    public void check(Circuit circuit) {
        pure.check(circuit);
    }

    /// As if every shot met noise of its own.
    @Override
    public CostEstimate estimate(Circuit circuit, int shots) {
        CostEstimate one = pure.estimate(noise.applied(circuit), 1);
        return new CostEstimate(memoryBytes(circuit), one.seconds() * Math.max(1, shots));
    }

    @Override
    public RunResult run(Circuit circuit, RunOptions options) {
        long start = System.nanoTime();
        check(circuit);
        Circuit noisy = noise.applied(circuit);
        int prefix = Histories.prefix(noisy);
        Histories.Shots shots =
                new Histories(noisy, prefix, noise, options, new StateBackend(noisy, prefix, options)).run();
        options.progress().reached(1);
        return new RunResult(
                shots.counts(),
                options.probabilities() ? Outcomes.frequencies(shots.counts(), options.shots()) : Map.of(),
                false,
                false,
                shots.memory(),
                options.seed(),
                options.shots(),
                (System.nanoTime() - start) * 1e-9,
                name(),
                "State vector of " + circuit.qubitCount() + " qubits with noise drawn shot by shot: " + shots.runs()
                        + " different courses for " + options.shots() + " shots.");
    }
}
