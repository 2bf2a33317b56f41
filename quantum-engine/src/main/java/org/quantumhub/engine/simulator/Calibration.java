package org.quantumhub.engine.simulator;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.quantumhub.engine.simulator.CostModel.Part;

/// Measures what each kind of pass costs on this machine: the least of some repetitions, since only disturbances make
/// it more.
final class Calibration {
    private static final int BITS = 16;
    private static final int STATE_BITS = 22;
    private static final int REPETITIONS = 15;
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
        return new PhasePass(SHAPE, BITS, position, program, new int[] {0});
    }

    private static double pass(Block block, Pass pass) {
        double best = Double.MAX_VALUE;
        for (int repetition = 0; repetition < 4 * REPETITIONS; repetition++) {
            long start = System.nanoTime();
            for (int i = 0; i < 8; i++) {
                block.apply(pass, 0);
            }
            best = Math.min(best, System.nanoTime() - start);
        }
        return best / 8 / (1 << BITS);
    }

    private static void memory(Map<Part, Double> costs) {
        double touch = Double.MAX_VALUE;
        double copy = Double.MAX_VALUE;
        double sums = Double.MAX_VALUE;
        double amplitudes = 1L << STATE_BITS;
        long inside = (1L << 5) - 1 | (1L << BITS - 5) - 1 << STATE_BITS - BITS + 5;
        int[] layout = new int[BITS];
        for (int p = 0; p < BITS; p++) {
            layout[p] = p < 5 ? p : p + STATE_BITS - BITS;
        }
        Sweep sweep = new Sweep(inside, 5, layout, List.of());
        long[] sources = sweep.sources();
        for (int repetition = 0; repetition < REPETITIONS / 2; repetition++) {
            long start = System.nanoTime();
            StateVector state = StateVector.zero(STATE_BITS);
            touch = Math.min(touch, System.nanoTime() - start);
            Block block = Block.ofThread(Precision.DOUBLE, BITS);
            start = System.nanoTime();
            for (int b = 0; b < 1 << STATE_BITS - BITS; b++) {
                block.read(state, (long) b << 5, sources, 32);
                block.write(state, (long) b << 5, sources, 32);
            }
            copy = Math.min(copy, System.nanoTime() - start);
            start = System.nanoTime();
            double place = new Sampler(state).draw(0.5);
            sums = Math.min(sums, System.nanoTime() - start + place * 0);
        }
        costs.put(Part.FIRST_TOUCH, touch / amplitudes);
        costs.put(Part.COPY, copy / amplitudes);
        costs.put(Part.SUMS, sums / amplitudes);
    }
}
