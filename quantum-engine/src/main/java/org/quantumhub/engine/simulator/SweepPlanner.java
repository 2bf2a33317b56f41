package org.quantumhub.engine.simulator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Divides the gates of a circuit into sweeps.
///
/// A sweep can run all gates whose mixed bits lie inside its blocks; controls and phases may lie anywhere. The block
/// always contains the lowest bits, so that memory is read in runs of a cache line or more, and for the rest those
/// that the waiting gates ask for first. Which requests are granted is tried out at random some times; the choice
/// that gets most work done is taken.
final class SweepPlanner {
    /// What every block has of the lowest bits.
    private static final int LOW_BITS = 5;

    /// From this size on a state is read from memory and not from a cache, so that longer runs are worth the choice of
    /// bits that they cost.
    private static final int FEWEST_LONG_RUNS = 22;

    private SweepPlanner() {}

    /// The plan for gates of these shapes; it does not depend on their numbers.
    static List<Sweep> plan(int qubits, Block.Shape shape, Fusible[] program) {
        int[] all = new int[program.length];
        Arrays.setAll(all, i -> i);
        if (qubits <= shape.bits()) {
            long inside = (1L << qubits) - 1;
            return List.of(SweepBuilder.build(qubits, shape, inside, shape.laneBits(), program, all));
        }
        return new SweepPlanner.Division(qubits, shape, program).sweeps();
    }

    private static final class Division {
        private final int qubits;
        private final Block.Shape shape;
        private final Fusible[] program;
        private final GateQueue queue;
        // Fixed: the same circuit gets the same plan, and so the same rounding, on every run.
        private final Random random = new Random(1);

        Division(int qubits, Block.Shape shape, Fusible[] program) {
            this.qubits = qubits;
            this.shape = shape;
            this.program = program;
            this.queue = new GateQueue(program);
        }

        List<Sweep> sweeps() {
            List<Sweep> sweeps = new ArrayList<>();
            int tries = qubits < 20 ? 12 : 48;
            // One at least, even without a gate: it is the first sweep that makes the amplitude of |0...0> 1.
            do {
                long inside = chooseBits(tries);
                List<Integer> chosen = new ArrayList<>();
                queue.visit((gate, index) -> {
                    boolean fits = (gate.mixed & ~inside) == 0;
                    if (fits) {
                        chosen.add(index);
                    }
                    return fits;
                });
                chosen.forEach(queue::finish);
                int[] gates = chosen.stream().mapToInt(Integer::intValue).toArray();
                sweeps.add(SweepBuilder.build(qubits, shape, inside, LOW_BITS, program, gates));
            } while (!queue.isEmpty());
            return sweeps;
        }

        private long chooseBits(int tries) {
            long best = 0;
            double most = -1;
            for (int attempt = 0; attempt < tries; attempt++) {
                double willing = attempt == 0 ? 1 : 0.35 + 0.6 * random.nextDouble();
                long bits = grow(willing);
                double work = work(bits);
                if (work > most) {
                    most = work;
                    best = bits;
                }
            }
            for (int bit = 0; bit < qubits && Long.bitCount(best) < shape.bits(); bit++) {
                best |= 1L << bit;
            }
            return best;
        }

        private long grow(double willing) {
            long[] bits = {(1L << (qubits < FEWEST_LONG_RUNS ? LOW_BITS : shape.runBits())) - 1};
            queue.visit((gate, index) -> {
                long missing = gate.mixed & ~bits[0];
                if (missing == 0) {
                    return true;
                }
                if (Long.bitCount(bits[0] | missing) <= shape.bits()
                        && (willing == 1 || random.nextDouble() < willing)) {
                    bits[0] |= missing;
                    return true;
                }
                return false;
            });
            return bits[0];
        }

        private double work(long bits) {
            double[] sum = new double[1];
            queue.visit((gate, index) -> {
                boolean fits = (gate.mixed & ~bits) == 0;
                sum[0] += fits ? gate.cost() : 0;
                return fits;
            });
            return sum[0];
        }
    }
}
