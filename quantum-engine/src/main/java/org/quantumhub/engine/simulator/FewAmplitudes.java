package org.quantumhub.engine.simulator;

import java.util.LinkedHashMap;
import java.util.Map;

/// What a program makes of |0...0> when nearly all of its gates only move amplitudes or turn them: reversible
/// arithmetic on numbers, entangled pairs, GHZ states. Few amplitudes are ever different from 0; they are followed one
/// by one, and the memory of the state is filled with zeros and written to in as many places.
final class FewAmplitudes {
    /// Bits that gates may mix; each can double the number of amplitudes.
    private static final int MOST_MIXED = 6;

    /// A gate on one amplitude takes some 15 ns here; passes over blocks take half a nanosecond at least for each
    /// amplitude of the state.
    private static final int AS_MUCH_AS = 32;

    private static final double SECONDS_PER_GATE = 15e-9;

    /// The real and the imaginary part of each amplitude, by index; in the order in which they came about, so that sums
    /// are always made in the same one.
    private Map<Long, double[]> amplitudes = new LinkedHashMap<>();

    private FewAmplitudes() {
        amplitudes.put(0L, new double[] {1, 0});
    }

    /// Whether it takes less time to follow amplitudes one by one than to let passes run over all of them.
    static boolean suit(int qubits, Fusible[] program) {
        long mixed = mixed(program);
        return mixed <= MOST_MIXED && ((long) program.length << mixed) * AS_MUCH_AS <= 1L << qubits;
    }

    private static long mixed(Fusible[] program) {
        long mixed = 0;
        for (Fusible gate : program) {
            mixed += gate.permutation ? 0 : gate.targets.length;
        }
        return mixed;
    }

    /// Time to follow the amplitudes of a program that [#suit] agrees to, without what the memory takes.
    static double seconds(Fusible[] program) {
        return SECONDS_PER_GATE * ((long) program.length << mixed(program));
    }

    /// Follows a program that [#suit] agrees to.
    static FewAmplitudes of(Fusible[] program) {
        FewAmplitudes few = new FewAmplitudes();
        for (Fusible gate : program) {
            if (gate.diagonal()) {
                few.turn(gate);
            } else {
                few.mix(gate);
            }
        }
        return few;
    }

    private void turn(Fusible gate) {
        amplitudes.forEach((index, amplitude) -> {
            double angle = gate.angle(index);
            double re = amplitude[0];
            double im = amplitude[1];
            double c = Math.cos(angle);
            double s = Math.sin(angle);
            amplitude[0] = re * c - im * s;
            amplitude[1] = re * s + im * c;
        });
    }

    private void mix(Fusible gate) {
        Map<Long, double[]> after = new LinkedHashMap<>();
        int dimension = 1 << gate.targets.length;
        amplitudes.forEach((index, amplitude) -> {
            if (!gate.feels(index)) {
                after.put(index, amplitude);
                return;
            }
            int column = gate.column(index);
            for (int row = 0; row < dimension; row++) {
                int entry = 2 * (row * dimension + column);
                double re = gate.matrix[entry];
                double im = gate.matrix[entry + 1];
                if (re != 0 || im != 0) {
                    double[] sum = after.computeIfAbsent(gate.moved(index, row), place -> new double[2]);
                    sum[0] += re * amplitude[0] - im * amplitude[1];
                    sum[1] += re * amplitude[1] + im * amplitude[0];
                }
            }
        });
        amplitudes = after;
    }

    /// Writes the whole state.
    ///
    /// @param threads that fill its memory
    void store(PureState state, int threads) {
        switch (state) {
            // a new array, which is zero
            case StateVector vector ->
                amplitudes.forEach((index, amplitude) -> {
                    vector.re[index.intValue()] = amplitude[0];
                    vector.im[index.intValue()] = amplitude[1];
                });
            case OffHeapState outside -> {
                outside.zero(threads);
                amplitudes.forEach((index, amplitude) -> outside.set(index, amplitude[0], amplitude[1]));
            }
        }
    }
}
