package org.quantumhub.engine.simulator;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.quantumhub.engine.circuit.Circuit;

/// A command that shows how far the state-vector engine is from the limits of the machine it runs on.
///
/// ```text
/// java --add-modules jdk.incubator.vector -XX:+UseTransparentHugePages -Xmx4g \
///     -cp quantum-engine.jar org.quantumhub.engine.simulator.BenchmarkSuite [qubits [threads [repetitions]]]
/// ```
///
/// For each circuit it prints the best time in double and single precision and the first time, the sweeps over memory
/// and what that makes in GB/s, beside the GB/s of a bare sweep that was measured first; and the multiply-adds of the
/// dense steps per second, beside those of a bare loop of them in the cache. Then comes the middle of the times beside
/// what the cost model expected of them, and the bytes that were taken beside what was expected. On one thread times
/// are
/// processor time, so that what else the machine does counts as little as possible.
public final class BenchmarkSuite {
    private static final int BYTES_BOTH_WAYS = 32;

    private BenchmarkSuite() {}

    /// Runs the suite; 22 qubits, all processors and 5 repetitions unless told otherwise.
    public static void main(String[] arguments) {
        int qubits = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 22;
        int threads = arguments.length > 1
                ? Integer.parseInt(arguments[1])
                : Runtime.getRuntime().availableProcessors();
        int repetitions = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 5;
        if (!BlockEngine.available()) {
            System.err.println("The Vector API is missing: start Java with --add-modules jdk.incubator.vector");
            System.exit(1);
        }
        run(qubits, threads, repetitions, System.out);
    }

    static void run(int qubits, int threads, int repetitions, PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%d qubits, %d threads, %d lanes; a bare sweep moves %.1f GB/s, a bare loop does %.1f GFMA/s (one thread)%n",
                qubits,
                threads,
                DoubleKernels.LANES,
                sweepSpeed(qubits),
                multiplySpeed());
        out.printf(
                "%-8s %9s %9s %9s %9s %7s %7s %7s %9s %9s %7s %7s%n",
                "circuit",
                "best s",
                "single s",
                "first s",
                "plan s",
                "sweeps",
                "GB/s",
                "GFMA/s",
                "median s",
                "expected",
                "ratio",
                "memory");
        CostModel model = CostModel.measure(threads);
        for (Map.Entry<String, Circuit> entry : BenchmarkCircuits.all(qubits).entrySet()) {
            one(entry.getKey(), entry.getValue(), threads, repetitions, model, out);
        }
    }

    private static void one(
            String name, Circuit circuit, int threads, int repetitions, CostModel model, PrintStream out) {
        double best = Double.MAX_VALUE;
        double single = Double.POSITIVE_INFINITY;
        double first = 0;
        double planning = Double.MAX_VALUE;
        List<Sweep> sweeps = List.of();
        double[] times = new double[repetitions];
        double bytes = Double.MAX_VALUE;
        for (int repetition = 0; repetition < repetitions; repetition++) {
            long start = System.nanoTime();
            FrontEnd.Program program = FrontEnd.translate(circuit.qubitCount(), circuit.instructions(), true);
            // a state of few amplitudes is written and never swept
            sweeps = FewAmplitudes.suit(circuit.qubitCount(), program.gates())
                    ? List.of()
                    : SweepPlanner.plan(circuit.qubitCount(), Block.shape(Precision.DOUBLE), program.gates());
            planning = Math.min(planning, seconds(start));
            long before = allocated();
            start = time(threads);
            long outside = evolve(circuit, threads);
            double time = (time(threads) - start) * 1e-9;
            bytes = Math.min(bytes, allocated() - before + outside);
            times[repetition] = time;
            first = repetition == 0 ? time : first;
            best = Math.min(best, time);
            if (circuit.qubitCount() >= BlockEngine.FEWEST_OFF_HEAP) {
                start = time(threads);
                single(circuit, threads);
                single = Math.min(single, (time(threads) - start) * 1e-9);
            }
        }
        Arrays.sort(times);
        double median = times[repetitions / 2];
        double expected = model.evolving(circuit);
        double amplitudes = Math.pow(2, circuit.qubitCount());
        double moved = sweeps.size() * BYTES_BOTH_WAYS * amplitudes;
        double products = products(circuit, sweeps);
        out.printf(
                Locale.ROOT,
                "%-8s %9.4f %9.4f %9.4f %9.5f %7d %7.1f %7.1f %9.4f %9.4f %7.2f %7.2f%n",
                name,
                best,
                single,
                first,
                planning,
                sweeps.size(),
                moved / best * 1e-9,
                products / best * 1e-9,
                median,
                expected,
                expected / median,
                new StateVectorSimulator().memoryBytes(circuit) / bytes);
    }

    /// How many numbers are multiplied and added by passes over matrices and single bits; what is known to be zero is
    /// left out, as in the run.
    private static double products(Circuit circuit, List<Sweep> sweeps) {
        Fusible[] program = FrontEnd.translate(circuit.qubitCount(), circuit.instructions(), true)
                .gates();
        double products = 0;
        long active = 0;
        for (Sweep sweep : sweeps) {
            double amplitudes = Math.pow(2, Long.bitCount(active & ~sweep.inside()) + sweep.bits());
            for (Pass pass : sweep.bind(program, active)) {
                products += amplitudes * pass.products();
            }
            active = sweep.active(active);
        }
        return products;
    }

    private static long time(int threads) {
        return threads == 1 ? Calibration.processorTime() : System.nanoTime();
    }

    /// The bytes that this thread has taken on the heap so far.
    private static long allocated() {
        return ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean threads
                ? threads.getCurrentThreadAllocatedBytes()
                : 0;
    }

    /// Takes the memory that a run takes, and says how much of it lay outside the heap.
    private static long evolve(Circuit circuit, int threads) {
        RunOptions options = RunOptions.shots(0);
        if (circuit.qubitCount() < StateVectorSimulator.FEWEST_OUTSIDE) {
            BlockEngine.evolve(circuit, options, threads);
            return 0;
        }
        BlockEngine.evolveOffHeap(circuit.qubitCount(), circuit.instructions(), Precision.DOUBLE, options, threads)
                .close();
        return Precision.DOUBLE.stateBytes(circuit.qubitCount());
    }

    private static void single(Circuit circuit, int threads) {
        BlockEngine.evolveOffHeap(
                        circuit.qubitCount(), circuit.instructions(), Precision.SINGLE, RunOptions.shots(0), threads)
                .close();
    }

    /// Multiplies a whole state by 1 in place.
    private static double sweepSpeed(int qubits) {
        // Real and imaginary parts in one array, as large as a state but within what an array can hold.
        double[] re = new double[2 << Math.min(qubits, 26)];
        double[] table = new double[1 << 13];
        Arrays.fill(table, 0, 1 << 12, 1);
        double best = Double.MAX_VALUE;
        for (int repetition = 0; repetition < 10; repetition++) {
            long start = System.nanoTime();
            int half = re.length / 2;
            for (int from = 0; from < half; from += 1 << 12) {
                DoubleKernels.multiplyRow(re, half, from, Math.min(1 << 12, half), table, 1 << 12);
            }
            best = Math.min(best, seconds(start));
        }
        return 16.0 * re.length / best * 1e-9;
    }

    private static double multiplySpeed() {
        Block block = Block.ofThread(Precision.DOUBLE, 12);
        double[] identity = new double[128];
        for (int i = 0; i < 8; i++) {
            identity[2 * (8 * i + i)] = 1;
        }
        int used = 1 << 5 | 1 << 7 | 1 << 9;
        int[] offsets = new int[8];
        for (int i = 0; i < 8; i++) {
            offsets[i] = Integer.expand(i, used);
        }
        identity[1] = Double.MIN_NORMAL;
        Pass pass = new Pass.Dense(
                Pass.Groups.without(Block.shape(Precision.DOUBLE), 12, used), offsets, 0, new double[][] {identity});
        double best = Double.MAX_VALUE;
        for (int repetition = 0; repetition < 20; repetition++) {
            long start = System.nanoTime();
            for (int i = 0; i < 200; i++) {
                block.apply(pass, 0);
            }
            best = Math.min(best, seconds(start));
        }
        return 200 * 32.0 * (1 << 12) / best * 1e-9;
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) * 1e-9;
    }
}
