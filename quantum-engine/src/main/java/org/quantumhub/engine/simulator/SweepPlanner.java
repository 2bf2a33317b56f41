package org.quantumhub.engine.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Divides the gates of a circuit into sweeps.
///
/// A sweep can run all gates whose mixed bits lie inside its blocks; controls and phases may lie anywhere. The block
/// always contains the lowest bits, so that memory is read in runs of a cache line or more, and for the rest those
/// that the waiting gates ask for first. Which requests are granted is tried out at random some times; the choice
/// that gets most work done is taken.
final class SweepPlanner {
    /// 2^16 amplitudes are 1 MB, half of a second-level cache.
    static final int BLOCK_BITS = 16;

    private static final int LOW_BITS = 5;

    private SweepPlanner() {}

    static List<Sweep> plan(int qubits, List<Fusible> gates) {
        if (qubits <= BLOCK_BITS) {
            long all = (1L << qubits) - 1;
            return List.of(SweepBuilder.build(qubits, all, VectorKernels.LANE_BITS, gates));
        }
        List<Sweep> sweeps = new ArrayList<>();
        GateQueue queue = new GateQueue(gates);
        // Fixed: the same circuit gets the same plan, and so the same rounding, on every run.
        Random random = new Random(1);
        int tries = qubits < 20 ? 12 : 48;
        while (!queue.isEmpty()) {
            long inside = chooseBits(qubits, queue, random, tries);
            List<Fusible> chosen = new ArrayList<>();
            List<Integer> indices = new ArrayList<>();
            queue.visit((gate, index) -> {
                boolean fits = (gate.mixed & ~inside) == 0;
                if (fits) {
                    chosen.add(gate);
                    indices.add(index);
                }
                return fits;
            });
            indices.forEach(queue::finish);
            sweeps.add(SweepBuilder.build(qubits, inside, LOW_BITS, chosen));
        }
        return sweeps;
    }

    private static long chooseBits(int qubits, GateQueue queue, Random random, int tries) {
        long best = 0;
        double most = -1;
        for (int attempt = 0; attempt < tries; attempt++) {
            double willing = attempt == 0 ? 1 : 0.35 + 0.6 * random.nextDouble();
            long bits = grow(queue, random, willing);
            double work = work(queue, bits);
            if (work > most) {
                most = work;
                best = bits;
            }
        }
        for (int bit = 0; bit < qubits && Long.bitCount(best) < BLOCK_BITS; bit++) {
            best |= 1L << bit;
        }
        return best;
    }

    private static long grow(GateQueue queue, Random random, double willing) {
        long[] bits = {(1L << LOW_BITS) - 1};
        queue.visit((gate, index) -> {
            long missing = gate.mixed & ~bits[0];
            if (missing == 0) {
                return true;
            }
            if (Long.bitCount(bits[0] | missing) <= BLOCK_BITS && (willing == 1 || random.nextDouble() < willing)) {
                bits[0] |= missing;
                return true;
            }
            return false;
        });
        return bits[0];
    }

    private static double work(GateQueue queue, long bits) {
        double[] sum = new double[1];
        queue.visit((gate, index) -> {
            boolean fits = (gate.mixed & ~bits) == 0;
            sum[0] += fits ? gate.cost() : 0;
            return fits;
        });
        return sum[0];
    }
}
