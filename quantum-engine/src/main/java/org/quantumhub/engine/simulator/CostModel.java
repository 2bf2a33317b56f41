package org.quantumhub.engine.simulator;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.quantumhub.engine.circuit.Circuit;

/// How long a state vector takes on a machine, known from the plan of a circuit and what each kind of pass costs there.
///
/// A plan says how often the state goes through memory and which passes run on each of its blocks; both cost the same
/// for
/// every amplitude, whatever the numbers in it. So the time is a sum of products, and a machine is described by a dozen
/// numbers that [#measure] finds in some seconds and that can be stored as text. Both are processor time of a thread,
/// so
/// that what else the machine does counts as little as possible.
public final class CostModel {
    /// What is paid for, in nanoseconds for each amplitude on one thread.
    enum Part {
        /// Getting the memory of a state, filled with zeros; memory that the process has used before.
        FIRST_TOUCH,
        /// Reading a block and writing it back where it lies in one piece, in a state beyond the caches (2^22
        /// amplitudes).
        COPY,
        /// The same in a state that the last cache holds for the most part (2^20 amplitudes).
        COPY_SMALL,
        /// What it costs beyond that when a block is gathered in runs of 32 amplitudes.
        RUNS,
        RUNS_SMALL,
        DENSE1,
        DENSE2,
        DENSE3,
        REAL1,
        REAL2,
        REAL3,
        /// Gates on three single bits with phases.
        LOCAL,
        PERMUTATION,
        LANES,
        PHASES,
        SUMS,
        /// What a run takes, as a multiple of the sum of all that: passes run one after the other on blocks that come
        /// from elsewhere, not again and again on the same.
        WHOLE
    }

    /// One core of a Sapphire Rapids machine with AVX-512.
    private static final CostModel STANDARD = new CostModel(
            parsed(Map.ofEntries(
                    Map.entry("FIRST_TOUCH", 1.5),
                    Map.entry("COPY", 1.95),
                    Map.entry("COPY_SMALL", 1.53),
                    Map.entry("RUNS", 2.75),
                    Map.entry("RUNS_SMALL", 1.17),
                    Map.entry("DENSE1", 0.28),
                    Map.entry("DENSE2", 0.4),
                    Map.entry("DENSE3", 0.66),
                    Map.entry("REAL1", 0.28),
                    Map.entry("REAL2", 0.27),
                    Map.entry("REAL3", 0.4),
                    Map.entry("LOCAL", 0.35),
                    Map.entry("PERMUTATION", 0.32),
                    Map.entry("LANES", 0.26),
                    Map.entry("PHASES", 0.62),
                    Map.entry("SUMS", 1.05),
                    Map.entry("WHOLE", 1.2))),
            1);

    /// The two sizes of states that copying is measured with.
    static final int SMALL_BITS = 20;
    static final int LARGE_BITS = 22;
    private static final double LARGEST = 1.3;
    private static final int SHORTEST_RUN = 5;
    private static final int ROUNDS = 3;
    /// Larger states get new memory each time; see [StateMemory].
    private static final int MOST_KEPT_BITS = 24;

    private static final double SECONDS_PER_SHOT = 60e-9;
    private static final double SECONDS_PER_SPARSE = 4e-9;
    private static final double SECONDS_PER_GATE = 1.5e-6;

    private final Map<Part, Double> costs;
    private final int threads;

    private CostModel(Map<Part, Double> costs, int threads) {
        this.costs = costs;
        this.threads = threads;
    }

    private static Map<Part, Double> parsed(Map<String, Double> values) {
        Map<Part, Double> costs = new EnumMap<>(Part.class);
        for (Part part : Part.values()) {
            Double value = values.get(part.name());
            if (value == null || !(value > 0 && value < 1e6)) {
                throw new IllegalArgumentException("A cost above 0 was expected for " + part);
            }
            costs.put(part, value);
        }
        return costs;
    }

    /// What is known without measuring: one core of the machine that the engine was built on.
    public static CostModel standard() {
        return STANDARD;
    }

    /// A model that was stored.
    ///
    /// @param values what [#values] gave
    /// @param threads on which circuits will run
    /// @throws IllegalArgumentException when a value is missing or not above 0
    public static CostModel of(Map<String, Double> values, int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("One thread at least was expected, not " + threads);
        }
        return new CostModel(parsed(values), threads);
    }

    /// The numbers to store: nanoseconds for each amplitude, by name.
    public Map<String, Double> values() {
        Map<String, Double> values = new TreeMap<>();
        costs.forEach((part, value) -> values.put(part.name(), value));
        return values;
    }

    /// Measures this machine, for some seconds on one thread.
    ///
    /// @throws IllegalStateException without the Vector API
    public static CostModel measure(int threads) {
        if (!BlockEngine.available()) {
            throw new IllegalStateException(
                    "The Vector API is missing: start Java with --add-modules jdk.incubator.vector");
        }
        Map<Part, Double> costs = Calibration.run();
        // On a busy machine the compiler may not have come along yet when the first round is measured.
        for (int round = 1; round < ROUNDS; round++) {
            Calibration.run().forEach((part, cost) -> costs.merge(part, cost, Math::min));
        }
        costs.put(Part.WHOLE, 1.0);
        costs.put(Part.WHOLE, Calibration.whole(new CostModel(costs, 1)));
        return new CostModel(costs, threads);
    }

    /// The time of a run, drawing shots included. A circuit that depends on its measurements is taken as if it ran once
    /// for
    /// each shot.
    public double seconds(Circuit circuit, int shots) {
        int n = circuit.qubitCount();
        double drawing = shots * SECONDS_PER_SHOT;
        if (n > 58) {
            return Double.POSITIVE_INFINITY;
        }
        double amplitudes = Math.pow(2, n);
        if (Readout.of(circuit) == null) {
            return Math.max(1, shots) * circuit.instructions().size() * (amplitudes * 1.5e-9 + 1e-7) + drawing;
        }
        double summing = amplitudes * cost(Part.SUMS) * 1e-9;
        return evolving(circuit) + summing + drawing;
    }

    /// The time until the state is there.
    double evolving(Circuit circuit) {
        int n = circuit.qubitCount();
        double amplitudes = Math.pow(2, n);
        if (n < BlockEngine.FEWEST_QUBITS || !BlockEngine.available()) {
            return circuit.instructions().size() * (amplitudes * 2e-9 + 1e-7) + 1e-6;
        }
        Fusible[] program = FrontEnd.translate(n, circuit.instructions(), true).gates();
        double planning = program.length * SECONDS_PER_GATE;
        if (FewAmplitudes.suit(n, program)) {
            return planning + FewAmplitudes.seconds(program) + amplitudes * clearing(n) * 1e-9;
        }
        List<Sweep> sweeps = Plans.SHARED.of(n, Block.shape(Precision.DOUBLE), program);
        return planning + nanoseconds(n, sweeps, program) * 1e-9;
    }

    private double cost(Part part) {
        Double value = costs.get(part);
        return value == null ? 0 : value;
    }

    /// Nanoseconds for each amplitude to get the memory of a state; the usual sizes are there from the run before.
    private double memory(int n) {
        return n <= MOST_KEPT_BITS ? 0 : cost(Part.FIRST_TOUCH);
    }

    /// Nanoseconds for each amplitude to fill a state with zeros. In the caches that is half of a copy; beyond them
    /// memory is read before it is written.
    private double clearing(int n) {
        double beyond = Math.clamp((n - SMALL_BITS) / (double) (LARGE_BITS - SMALL_BITS), 0, 1);
        int sharing = n >= BlockEngine.FEWEST_PARALLEL ? threads : 1;
        return memory(n) + copy(n, n) * (1 + beyond) / 2 / sharing;
    }

    private double nanoseconds(int n, List<Sweep> sweeps, Fusible[] program) {
        double sum = Math.pow(2, n) * memory(n);
        long active = 0;
        for (Sweep sweep : sweeps) {
            // As in the run: what is known to hold nothing is left out.
            int outer = Long.bitCount(active & ~sweep.inside());
            double amplitudes = Math.pow(2, outer + sweep.bits());
            Pass[] passes = sweep.bind(program, active);
            double read = share(sweep.inside() & ~active);
            active = sweep.active(active);
            double written = share(sweep.inside() & ~active);
            // Memory that is only written comes into the cache all the same.
            double each = Math.max(read, written) * copy(n, Long.numberOfTrailingZeros(~sweep.inside()));
            for (Pass pass : passes) {
                each += cost(pass, sweep.bits());
            }
            sum += amplitudes * each / (outer > 0 && n >= BlockEngine.FEWEST_PARALLEL ? threads : 1);
        }
        return sum * cost(Part.WHOLE);
    }

    /// Which part of a block has none of some bits.
    private static double share(long bits) {
        return Math.pow(2, -Long.bitCount(bits));
    }

    /// Nanoseconds for each amplitude of a block to come and go, for runs of 2^bits amplitudes.
    private double copy(int n, int bits) {
        // Beyond 2^22 amplitudes less and less is found in a cache, and soon nothing more.
        double size = Math.clamp((n - SMALL_BITS) / (double) (LARGE_BITS - SMALL_BITS), 0, LARGEST);
        double copy = cost(Part.COPY_SMALL) + size * (cost(Part.COPY) - cost(Part.COPY_SMALL));
        double runs = cost(Part.RUNS_SMALL) + size * (cost(Part.RUNS) - cost(Part.RUNS_SMALL));
        return Math.max(0, copy) + Math.max(0, runs) * Math.pow(2, SHORTEST_RUN - Math.max(SHORTEST_RUN, bits));
    }

    /// Nanoseconds for each amplitude of a block.
    private double cost(Pass pass, int bits) {
        return switch (pass) {
            case Pass.Dense dense -> {
                double sum = 0;
                for (double[] matrix : dense.matrices()) {
                    sum += matrix.length == 0 ? 0 : cost(dense(matrix));
                }
                yield sum / dense.matrices().length * dense.groups().share();
            }
            case Pass.Local local -> cost(Part.LOCAL) * local.groups().share();
            case Pass.Permutation permutation -> {
                double share = Arrays.stream(permutation.moves())
                        .mapToDouble(moves -> moves.length / 2.0)
                        .average()
                        .orElse(0);
                double group = Math.pow(2, bits) / permutation.groups().full();
                // Only what moves is paid for; a group is as many vectors as the kernel visits at once.
                yield cost(Part.PERMUTATION)
                        * Math.min(1, 8 * share / group)
                        * permutation.groups().share();
            }
            case Pass.LaneSwap swap -> cost(Part.LANES) * swap.groups().share();
            case PhasePass phases -> cost(Part.PHASES) * phases.share();
            case Pass.Sparse sparse ->
                touched(Long.bitCount(sparse.outer()), sparse.fixed())
                        * sparse.offsets().length
                        * SECONDS_PER_SPARSE
                        * 1e9
                        * sparse.offsets().length
                        / 2;
            case Pass.MaskedPhase phase -> touched(Long.bitCount(phase.outer()), phase.inner()) * 2;
        };
    }

    private static double touched(int outer, int inner) {
        return Math.pow(2, -outer - Integer.bitCount(inner));
    }

    private static Part dense(double[] matrix) {
        boolean real = Pass.isReal(matrix);
        return switch (matrix.length) {
            case 8 -> real ? Part.REAL1 : Part.DENSE1;
            case 32 -> real ? Part.REAL2 : Part.DENSE2;
            default -> real ? Part.REAL3 : Part.DENSE3;
        };
    }
}
