package org.quantumhub.engine.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitProblem;
import org.quantumhub.engine.circuit.GateInstruction;
import org.quantumhub.engine.circuit.Instruction;

/// Holds all 2^n amplitudes of a pure state.
///
/// Exact up to rounding. Memory is 16 bytes for each amplitude in double precision and 8 in single; time grows with the
/// number of gates times 2^n. Where all measurements can be made at the end, the state is computed once and sampled;
/// otherwise each shot is run by itself from the state before the first measurement, always in double precision.
///
/// A run keeps the states of small circuits in double precision on the heap and all others outside it, within what
/// `-XX:MaxDirectMemorySize` allows; what one run gives back there, up to 256 MiB, waits for the next.
public final class StateVectorSimulator implements Simulator {
    /// The largest number of qubits whose amplitudes a Java array can hold, and the limit unless told otherwise.
    public static final int MOST_QUBITS = 30;

    /// The largest number that can be asked for; 16 TiB in double precision.
    private static final int MOST_EVER = 40;

    /// From this size on states in double precision lie outside the heap too: an array is filled with zeros before its
    /// first use and makes the collector run, and what is outside can be used again.
    static final int FEWEST_OUTSIDE = 14;

    /// What single precision takes of the time of double.
    private static final double SINGLE_SHARE = 0.55;

    private final Precision precision;
    private final int mostQubits;
    private final CostModel costs;

    /// In double precision for up to 30 qubits.
    public StateVectorSimulator() {
        this(Precision.DOUBLE, MOST_QUBITS);
    }

    /// @param mostQubits the largest circuit to take, 1 to 40
    public StateVectorSimulator(Precision precision, int mostQubits) {
        this(precision, mostQubits, CostModel.standard());
    }

    /// @param costs what estimates are made with
    public StateVectorSimulator(Precision precision, int mostQubits, CostModel costs) {
        if (mostQubits < 1 || mostQubits > MOST_EVER) {
            throw new IllegalArgumentException("1 to " + MOST_EVER + " qubits were expected, not " + mostQubits);
        }
        this.precision = precision;
        this.mostQubits = mostQubits;
        this.costs = costs;
    }

    private double singleShare() {
        return precision == Precision.SINGLE ? SINGLE_SHARE : 1;
    }

    @Override
    public String name() {
        return "state-vector";
    }

    @Override
    public long memoryBytes(Circuit circuit) {
        return precision.stateBytes(circuit.qubitCount());
    }

    @Override
    public void check(Circuit circuit) {
        refuseTooLarge(circuit, mostQubits);
    }

    @Override
    public CostEstimate estimate(Circuit circuit, int shots) {
        return new CostEstimate(memoryBytes(circuit), costs.seconds(circuit, shots) * singleShare());
    }

    @Override
    public RunResult run(Circuit circuit, RunOptions options) {
        long start = System.nanoTime();
        refuseTooLarge(circuit, mostQubits);
        Readout readout = Readout.of(circuit);
        Map<String, Integer> counts;
        List<String> memory = List.of();
        Outcomes.Exact probabilities = new Outcomes.Exact(Map.of(), false);
        String how;
        if (readout == null) {
            int prefix = Histories.prefix(circuit);
            Histories.Shots shots = new Histories(
                            circuit, prefix, NoiseModel.NONE, options, new StateBackend(circuit, prefix, options))
                    .run();
            counts = shots.counts();
            memory = shots.memory();
            if (options.probabilities()) {
                probabilities = new Outcomes.Exact(Outcomes.frequencies(counts, options.shots()), false);
            }
            how = "measurements or noise decide the course of the circuit, which took " + shots.runs()
                    + " different courses";
        } else {
            PureState state = pureState(circuit, options);
            try {
                long[] drawn = draw(state, options);
                counts = Outcomes.counts(readout, drawn);
                if (options.memory()) {
                    memory = Outcomes.memory(readout, drawn);
                }
                if (options.probabilities()) {
                    probabilities = Outcomes.exact(readout, state);
                }
            } finally {
                if (state instanceof OffHeapState outside) {
                    outside.close();
                }
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
                "State vector of " + circuit.qubitCount() + " qubits"
                        + (precision == Precision.SINGLE ? " in single precision: " : ": ") + how + ".");
    }

    /// The state at the end of a circuit without measurements (those at its end are left out), on the heap.
    ///
    /// @throws CircuitException UNSUPPORTED when the state depends on a measurement
    public static StateVector state(Circuit circuit) {
        refuseTooLarge(circuit, MOST_QUBITS);
        refuseBranching(circuit);
        return evolve(circuit, RunOptions.shots(0));
    }

    /// The same outside the heap: in single precision, for more than 30 qubits, or for large states one after the
    /// other,
    /// whose memory need not be found anew each time. The caller closes it.
    ///
    /// @throws CircuitException UNSUPPORTED when the state depends on a measurement, LIMIT_EXCEEDED when there is not
    ///     enough memory
    public static OffHeapState offHeapState(Circuit circuit, Precision precision) {
        refuseTooLarge(circuit, MOST_EVER);
        refuseBranching(circuit);
        return evolveOffHeap(circuit, precision, RunOptions.shots(0));
    }

    private static void refuseBranching(Circuit circuit) {
        if (Readout.of(circuit) == null) {
            throw CircuitException.of(
                    CircuitProblem.UNSUPPORTED, "The circuit has no single final state: it depends on measurements.");
        }
    }

    private PureState pureState(Circuit circuit, RunOptions options) {
        boolean outside = precision == Precision.SINGLE || circuit.qubitCount() >= FEWEST_OUTSIDE;
        // Small states cost nothing in either precision, and without the Vector API there is only one.
        boolean planned = circuit.qubitCount() >= BlockEngine.FEWEST_OFF_HEAP && BlockEngine.available();
        return outside && planned ? evolveOffHeap(circuit, precision, options) : evolve(circuit, options);
    }

    private static OffHeapState evolveOffHeap(Circuit circuit, Precision precision, RunOptions options) {
        if (circuit.qubitCount() < BlockEngine.FEWEST_OFF_HEAP || !BlockEngine.available()) {
            throw CircuitException.of(
                    CircuitProblem.UNSUPPORTED,
                    "A state outside the heap needs %d qubits or more and the Vector API"
                            + " (--add-modules jdk.incubator.vector).",
                    BlockEngine.FEWEST_OFF_HEAP);
        }
        int threads = Runtime.getRuntime().availableProcessors();
        try {
            return BlockEngine.evolveOffHeap(circuit.qubitCount(), circuit.instructions(), precision, options, threads);
        } catch (OutOfMemoryError e) {
            throw CircuitException.of(
                    CircuitProblem.LIMIT_EXCEEDED,
                    "The state of %d qubits needs %d bytes outside the heap, which are not there; see"
                            + " -XX:MaxDirectMemorySize.",
                    circuit.qubitCount(),
                    precision.stateBytes(circuit.qubitCount()));
        }
    }

    private static StateVector evolve(Circuit circuit, RunOptions options) {
        return evolve(circuit.qubitCount(), circuit.instructions(), options);
    }

    /// The state that the gates among some instructions lead to.
    static StateVector evolve(int qubits, List<Instruction> instructions, RunOptions options) {
        if (qubits >= BlockEngine.FEWEST_QUBITS && BlockEngine.available()) {
            int threads = Runtime.getRuntime().availableProcessors();
            return BlockEngine.evolve(qubits, instructions, options, threads);
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

    private static long[] draw(PureState state, RunOptions options) {
        Sampler sampler = new Sampler(state);
        long[] drawn = new long[options.shots()];
        for (int shot = 0; shot < drawn.length; shot++) {
            drawn[shot] = sampler.draw(Randomness.first(options.seed(), shot));
        }
        return drawn;
    }

    private static void refuseTooLarge(Circuit circuit, int mostQubits) {
        if (circuit.qubitCount() > mostQubits) {
            throw CircuitException.of(
                    CircuitProblem.LIMIT_EXCEEDED,
                    "A state vector of %d qubits needs 2^%d bytes of memory; this simulator holds at most %d qubits.",
                    circuit.qubitCount(),
                    circuit.qubitCount() + 4,
                    mostQubits);
        }
    }
}
