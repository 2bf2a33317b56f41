package org.quantumhub.engine.simulator;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.simulator.CostModel.Part;

/// Measures what each kind of pass costs on this machine: the middle of some repetitions, in processor time of the
/// thread.
final class Calibration {
    private static final int BITS = 16;
    private static final int SHORT = 5;
    private static final int REPETITIONS = 15;
    private static final long WARM_UP = 50_000_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final Block.Shape SHAPE = Block.shape(Precision.DOUBLE);

    private Calibration() {}

    static Map<Part, Double> run() {
        Map<Part, Double> costs = new EnumMap<>(Part.class);
        Block block = Block.ofThread(Precision.DOUBLE, BITS);
        block.clear();
        Part[] dense = {Part.DENSE1, Part.DENSE2, Part.DENSE3};
        Part[] real = {Part.REAL1, Part.REAL2, Part.REAL3};
        for (int k = 1; k <= 3; k++) {
            costs.put(dense[k - 1], pass(block, dense(k, Double.MIN_NORMAL)));
            costs.put(real[k - 1], pass(block, dense(k, 0)));
        }
        int[] offsets = offsets(3);
        double[] phases = new double[16];
        Arrays.fill(phases, Math.sqrt(0.5));
        costs.put(
                Part.LOCAL,
                pass(
                        block,
                        new Pass.Local(
                                groups(3), offsets, offsets, new double[] {0.1, 0.2, 0.3}, new double[0], phases)));
        int[] moves = new int[16];
        for (int i = 0; i < 8; i++) {
            moves[2 * i] = offsets[i];
            moves[2 * i + 1] = offsets[i + 1 & 7];
        }
        costs.put(Part.PERMUTATION, pass(block, new Pass.Permutation(groups(3), 0, new int[][] {moves})));
        int[] places = new int[SHAPE.laneBits()];
        int used = 0;
        for (int lane = 0; lane < places.length; lane++) {
            places[lane] = 1 << 8 + lane;
            used |= places[lane];
        }
        costs.put(Part.LANES, pass(block, new Pass.LaneSwap(Pass.Groups.without(SHAPE, BITS, used), places)));
        costs.put(Part.PHASES, pass(block, phases()));
        memory(costs);
        return costs;
    }

    private static int used(int k) {
        int used = 0;
        for (int i = 0; i < k; i++) {
            used |= 1 << 6 + 3 * i;
        }
        return used;
    }

    private static Pass.Groups groups(int k) {
        return Pass.Groups.without(SHAPE, BITS, used(k));
    }

    private static int[] offsets(int k) {
        int[] offsets = new int[1 << k];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = Integer.expand(i, used(k));
        }
        return offsets;
    }

    private static Pass dense(int k, double imaginary) {
        int dimension = 1 << k;
        double[] matrix = new double[2 * dimension * dimension];
        for (int i = 0; i < dimension; i++) {
            matrix[2 * (i * dimension + i)] = 1;
        }
        matrix[1] = imaginary;
        return new Pass.Dense(groups(k), offsets(k), 0, new double[][] {matrix});
    }

    private static Pass phases() {
        int[] position = new int[BITS];
        long[] masks = new long[BITS - 1];
        double[] angles = new double[BITS - 1];
        for (int i = 0; i < BITS; i++) {
            position[i] = i;
            if (i > 0) {
                masks[i - 1] = 3L << i - 1;
                angles[i - 1] = 0.1 * i;
            }
        }
        Fusible[] program = {Fusible.phases(masks, angles)};
        return new PhasePass(SHAPE, BITS, position, program, new int[] {0}, -1);
    }

    private static double pass(Block block, Pass pass) {
        Runnable work = () -> {
            for (int i = 0; i < 8; i++) {
                block.apply(pass, 0);
            }
        };
        // The compiler has to have seen it first.
        for (long start = processorTime(); processorTime() - start < WARM_UP; ) {
            work.run();
        }
        return median(REPETITIONS, work) / 8 / (1 << BITS);
    }

    private static void memory(Map<Part, Double> costs) {
        StateVector[] state = new StateVector[1];
        double touch = median(REPETITIONS / 2, () -> state[0] = StateVector.zero(CostModel.LARGE_BITS));
        double large = copy(state[0], CostModel.LARGE_BITS, BITS);
        double small = copy(state[0], CostModel.SMALL_BITS, BITS);
        costs.put(Part.FIRST_TOUCH, touch / (1 << CostModel.LARGE_BITS));
        costs.put(Part.COPY, large);
        costs.put(Part.COPY_SMALL, small);
        costs.put(Part.RUNS, more(copy(state[0], CostModel.LARGE_BITS, SHORT) - large));
        costs.put(Part.RUNS_SMALL, more(copy(state[0], CostModel.SMALL_BITS, SHORT) - small));
        double[] place = new double[1];
        double sums = median(REPETITIONS / 2, () -> place[0] += new Sampler(state[0]).draw(0.5));
        costs.put(Part.SUMS, sums / (1 << CostModel.LARGE_BITS));
    }

    /// How long circuits take, as a multiple of what a model expects: the middle of a few.
    static double whole(CostModel model) {
        Map<String, Circuit> all = BenchmarkCircuits.all(CostModel.SMALL_BITS);
        double[] ratios = List.of("qft", "ansatz", "qaoa").stream()
                .map(all::get)
                .filter(Objects::nonNull)
                .mapToDouble(circuit -> {
                    // The first run plans, and is left out.
                    BlockEngine.evolve(circuit, RunOptions.shots(0), 1);
                    double taken = median(5, () -> BlockEngine.evolve(circuit, RunOptions.shots(0), 1));
                    return taken * 1e-9 / model.evolving(circuit);
                })
                .sorted()
                .toArray();
        return ratios[ratios.length / 2];
    }

    /// No cost is below a hundredth of a nanosecond, however the noise fell.
    private static double more(double difference) {
        return Math.max(0.01, difference);
    }

    /// Blocks of a state of 2^n amplitudes come and go, in runs of 2^low amplitudes; nanoseconds for each amplitude.
    private static double copy(StateVector state, int n, int low) {
        long inside = (1L << low) - 1 | (1L << BITS - low) - 1 << n - BITS + low;
        int[] layout = new int[BITS];
        for (int p = 0; p < BITS; p++) {
            layout[p] = p < low ? p : p + n - BITS;
        }
        Sweep sweep = new Sweep(inside, inside, SHORT, layout, List.of());
        long[] sources = sweep.sources(SHORT);
        Block block = Block.ofThread(Precision.DOUBLE, BITS);
        return median(REPETITIONS / 2, () -> {
                    for (int b = 0; b < 1 << n - BITS; b++) {
                        block.read(state, (long) b << low, sources, 1 << SHORT);
                        block.write(state, (long) b << low, sources, 1 << SHORT, -1L);
                    }
                })
                / (1L << n);
    }

    /// The middle of the times that some work takes, in nanoseconds.
    private static double median(int repetitions, Runnable work) {
        double[] times = new double[repetitions];
        for (int repetition = 0; repetition < repetitions; repetition++) {
            long start = processorTime();
            work.run();
            times[repetition] = processorTime() - start;
        }
        Arrays.sort(times);
        return times[repetitions / 2];
    }

    /// Nanoseconds that this thread has computed for, or have passed where that is not known.
    static long processorTime() {
        return THREADS.isCurrentThreadCpuTimeSupported() ? THREADS.getCurrentThreadCpuTime() : System.nanoTime();
    }
}
