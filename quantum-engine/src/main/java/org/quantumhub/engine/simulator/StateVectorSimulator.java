package org.quantumhub.engine.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitProblem;
import org.quantumhub.engine.circuit.GateInstruction;
import org.quantumhub.engine.circuit.Instruction;

/// Holds all 2^n amplitudes of a pure state in double precision.
///
/// Exact up to rounding, for circuits of up to 30 qubits. Memory is 16 bytes for each amplitude, time grows with the
/// number of gates times 2^n. Where all measurements can be made at the end, the state is computed once and sampled;
/// otherwise each shot is run by itself from the state before the first measurement.
public final class StateVectorSimulator implements Simulator {
    /// The largest number of qubits whose amplitudes a Java array can hold.
    public static final int MOST_QUBITS = 30;

    /// Seconds for one gate on one amplitude, measured on one core of a Sapphire Rapids machine.
    private static final double SECONDS_PER_AMPLITUDE = 0.6e-9;

    private static final double SECONDS_PER_SHOT = 30e-9;

    @Override
    public String name() {
        return "state-vector";
    }

    @Override
    public long memoryBytes(Circuit circuit) {
        return circuit.qubitCount() > 58 ? Long.MAX_VALUE : 16L << circuit.qubitCount();
    }

    @Override
    public CostEstimate estimate(Circuit circuit, int shots) {
        double amplitudes = Math.pow(2, circuit.qubitCount());
        double gates = circuit.instructions().size();
        double repeats = Readout.of(circuit) == null ? Math.max(1, shots) : 1;
        return new CostEstimate(
                memoryBytes(circuit),
                gates * amplitudes * repeats * SECONDS_PER_AMPLITUDE + shots * SECONDS_PER_SHOT + 1e-6);
    }

    @Override
    public RunResult run(Circuit circuit, RunOptions options) {
        long start = System.nanoTime();
        refuseTooLarge(circuit);
        Readout readout = Readout.of(circuit);
        Map<String, Integer> counts;
        List<String> memory = List.of();
        Outcomes.Exact probabilities = new Outcomes.Exact(Map.of(), false);
        String how;
        if (readout == null) {
            ShotByShot.Shots shots = new ShotByShot(circuit, options).run();
            counts = shots.counts();
            memory = shots.memory();
            if (options.probabilities()) {
                probabilities = new Outcomes.Exact(Outcomes.frequencies(counts, options.shots()), false);
            }
            how = "measurements decide the course of the circuit, so every shot was run by itself";
        } else {
            StateVector state = evolve(circuit, options);
            int[] drawn = draw(state, options);
            counts = Outcomes.counts(readout, drawn);
            if (options.memory()) {
                memory = Outcomes.memory(readout, drawn);
            }
            if (options.probabilities()) {
                probabilities = Outcomes.exact(readout, state);
            }
            how = "everything is measured at the end, so the state was computed once and sampled";
        }
        options.progress().reached(1);
        return new RunResult(
                counts,
                probabilities.probabilities(),
                readout != null,
                probabilities.cut(),
                memory,
                options.seed(),
                options.shots(),
                (System.nanoTime() - start) * 1e-9,
                name(),
                "State vector of " + circuit.qubitCount() + " qubits: " + how + ".");
    }

    /// The state at the end of a circuit without measurements (those at its end are left out).
    ///
    /// @throws CircuitException UNSUPPORTED when the state depends on a measurement
    public static StateVector state(Circuit circuit) {
        refuseTooLarge(circuit);
        if (Readout.of(circuit) == null) {
            throw CircuitException.of(
                    CircuitProblem.UNSUPPORTED, "The circuit has no single final state: it depends on measurements.");
        }
        return evolve(circuit, RunOptions.shots(0));
    }

    private static StateVector evolve(Circuit circuit, RunOptions options) {
        return evolve(circuit.qubitCount(), circuit.instructions(), options);
    }

    /// The state that the gates among some instructions lead to.
    static StateVector evolve(int qubits, List<Instruction> instructions, RunOptions options) {
        if (qubits >= BlockEngine.FEWEST_QUBITS && BlockEngine.available()) {
            int threads = Runtime.getRuntime().availableProcessors();
            StateVector state = BlockEngine.evolve(qubits, instructions, options, threads);
            if (state != null) {
                return state;
            }
        }
        return evolvePlainly(qubits, instructions, options);
    }

    /// Gate after gate, without the Vector API.
    static StateVector evolvePlainly(Circuit circuit, RunOptions options) {
        return evolvePlainly(circuit.qubitCount(), circuit.instructions(), options);
    }

    private static StateVector evolvePlainly(int qubits, List<Instruction> instructions, RunOptions options) {
        StateVector state = StateVector.zero(qubits);
        for (int i = 0; i < instructions.size(); i++) {
            if (instructions.get(i) instanceof GateInstruction gate) {
                options.cancellation().check();
                PlainLoops.apply(state, Operation.of(gate));
                options.progress().reached(i / (double) instructions.size());
            }
        }
        return state;
    }

    /// Runs small circuits for a while, so that the compiler has seen the inner loops before the first job comes.
    ///
    /// @param time how long; two seconds are enough for most of it
    /// @return the number of circuits that were run
    public static int warmUp(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        RunOptions options = RunOptions.shots(100).withSeed(1);
        Simulator simulator = new StateVectorSimulator();
        int runs = 0;
        for (int qubits : new int[] {5, 12, 17}) {
            long until = System.nanoTime() + time.toNanos() / 3;
            List<Circuit> circuits = List.copyOf(BenchmarkCircuits.all(qubits).values());
            for (int i = 0; System.nanoTime() < Math.min(until, end); i++) {
                simulator.run(circuits.get(i % circuits.size()), options);
                runs++;
            }
        }
        return runs;
    }

    private static int[] draw(StateVector state, RunOptions options) {
        Sampler sampler = new Sampler(state);
        int[] drawn = new int[options.shots()];
        for (int shot = 0; shot < drawn.length; shot++) {
            drawn[shot] = (int) sampler.draw(Randomness.first(options.seed(), shot));
        }
        return drawn;
    }

    private static void refuseTooLarge(Circuit circuit) {
        if (circuit.qubitCount() > MOST_QUBITS) {
            throw CircuitException.of(
                    CircuitProblem.LIMIT_EXCEEDED,
                    "A state vector of %d qubits needs 2^%d bytes of memory; this simulator holds at most %d qubits.",
                    circuit.qubitCount(),
                    circuit.qubitCount() + 4,
                    MOST_QUBITS);
        }
    }
}
