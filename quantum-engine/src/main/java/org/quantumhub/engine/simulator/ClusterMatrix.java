package org.quantumhub.engine.simulator;

import java.util.Arrays;

/// The product of a cluster of gates, as one matrix on the cluster's own bits.
final class ClusterMatrix {
    private final int dimension;
    /// Row by row, real and imaginary part in turn.
    private final double[] entries;
    private final int[] local;

    private ClusterMatrix(int[] bits) {
        this.dimension = 1 << bits.length;
        this.entries = new double[2 * dimension * dimension];
        for (int i = 0; i < dimension; i++) {
            entries[2 * (i * dimension + i)] = 1;
        }
        this.local = new int[64];
        for (int i = 0; i < bits.length; i++) {
            local[bits[i]] = i;
        }
    }

    /// Multiplies gates up.
    ///
    /// @param bits index bits of the cluster; entry i is bit i of the matrix' row
    /// @param outer index bits outside the cluster that are 1; gates whose outer controls disagree are left out
    static double[] product(int[] bits, Fusible[] gates, long outer) {
        long inside = 0;
        for (int bit : bits) {
            inside |= 1L << bit;
        }
        ClusterMatrix matrix = new ClusterMatrix(bits);
        for (Fusible gate : gates) {
            long outside = gate.controlMask & ~inside;
            if (gate.diagonal()) {
                matrix.multiplyPhases(gate);
            } else if ((outer & outside) == (gate.controlValue & outside)) {
                matrix.multiply(gate, inside);
            }
        }
        return matrix.entries;
    }

    /// What a cluster of gates that only move amplitudes about does, places to and from in turn; what stays is left
    /// out.
    ///
    /// @param offsets the places of the rows
    static int[] moves(int[] bits, Fusible[] gates, long outer, int[] offsets) {
        int[] moves = new int[2 * offsets.length];
        int count = 0;
        for (int from = 0; from < offsets.length; from++) {
            long start = outer;
            for (int i = 0; i < bits.length; i++) {
                start |= (long) (from >> i & 1) << bits[i];
            }
            long index = start;
            for (Fusible gate : gates) {
                index = gate.moved(index);
            }
            if (index != start) {
                int to = 0;
                for (int i = 0; i < bits.length; i++) {
                    to |= (int) (index >>> bits[i] & 1) << i;
                }
                moves[count++] = offsets[to];
                moves[count++] = offsets[from];
            }
        }
        return Arrays.copyOf(moves, count);
    }

    static boolean isIdentity(double[] entries) {
        int dimension = (int) Math.sqrt(entries.length / 2);
        for (int i = 0; i < entries.length / 2; i++) {
            boolean diagonal = i / dimension == i % dimension;
            if (entries[2 * i] != (diagonal ? 1 : 0) || entries[2 * i + 1] != 0) {
                return false;
            }
        }
        return true;
    }

    private int translate(long mask) {
        int result = 0;
        for (long rest = mask; rest != 0; rest &= rest - 1) {
            result |= 1 << local[Long.numberOfTrailingZeros(rest)];
        }
        return result;
    }

    private void multiplyPhases(Fusible gate) {
        int[] masks = new int[gate.masks.length];
        for (int k = 0; k < masks.length; k++) {
            masks[k] = translate(gate.masks[k]);
        }
        int read = 0;
        for (int mask : masks) {
            read |= mask;
        }
        double[] cosines = new double[dimension];
        double[] sines = new double[dimension];
        for (int row = 0; row < dimension; row++) {
            double phase = gate.constant;
            for (int k = 0; k < masks.length; k++) {
                phase += (row & masks[k]) == masks[k] ? gate.angles[k] : 0;
            }
            // rows that agree in what the gate reads have one phase, and the first of them comes first
            cosines[row] = (row & ~read) == 0 ? Math.cos(phase) : cosines[row & read];
            sines[row] = (row & ~read) == 0 ? Math.sin(phase) : sines[row & read];
            if (phase == 0) {
                continue;
            }
            double c = cosines[row];
            double s = sines[row];
            for (int place = 2 * row * dimension; place < 2 * (row + 1) * dimension; place += 2) {
                double re = entries[place] * c - entries[place + 1] * s;
                entries[place + 1] = entries[place] * s + entries[place + 1] * c;
                entries[place] = re;
            }
        }
    }

    private void multiply(Fusible gate, long inside) {
        int size = 1 << gate.targets.length;
        int[] offsets = new int[size];
        for (int t = 0; t < gate.targets.length; t++) {
            for (int i = 0; i < size; i++) {
                offsets[i] |= (i >> t & 1) << local[gate.targets[t]];
            }
        }
        int targets = translate(gate.mixed);
        int controls = translate(gate.controlMask & inside);
        int wanted = translate(gate.controlValue & inside);
        if (size == 2) {
            multiplyPairs(gate.matrix, targets, controls, wanted);
            return;
        }
        double[] column = new double[2 * size];
        for (int row = 0; row < dimension; row++) {
            if ((row & targets) == 0 && (row & controls) == wanted) {
                for (int k = 0; k < dimension; k++) {
                    multiplyColumn(gate.matrix, row, k, offsets, column);
                }
            }
        }
    }

    /// A matrix on one bit, as most are: two rows at a time, with its numbers in registers.
    private void multiplyPairs(double[] m, int target, int controls, int wanted) {
        int width = 2 * dimension;
        for (int row = 0; row < dimension; row++) {
            if ((row & target) == 0 && (row & controls) == wanted) {
                mix(m, row * width, (row | target) * width, width);
            }
        }
    }

    private void mix(double[] m, int low, int high, int width) {
        double m0 = m[0];
        double m1 = m[1];
        double m2 = m[2];
        double m3 = m[3];
        double m4 = m[4];
        double m5 = m[5];
        double m6 = m[6];
        double m7 = m[7];
        for (int k = 0; k < width; k += 2) {
            double a = entries[low + k];
            double b = entries[low + k + 1];
            double c = entries[high + k];
            double d = entries[high + k + 1];
            entries[low + k] = m0 * a - m1 * b + (m2 * c - m3 * d);
            entries[low + k + 1] = m0 * b + m1 * a + (m2 * d + m3 * c);
            entries[high + k] = m4 * a - m5 * b + (m6 * c - m7 * d);
            entries[high + k + 1] = m4 * b + m5 * a + (m6 * d + m7 * c);
        }
    }

    private void multiplyColumn(double[] m, int row, int k, int[] offsets, double[] column) {
        int size = offsets.length;
        for (int i = 0; i < size; i++) {
            int place = 2 * ((row | offsets[i]) * dimension + k);
            column[2 * i] = entries[place];
            column[2 * i + 1] = entries[place + 1];
        }
        for (int i = 0, c = 0; i < size; i++) {
            double re = 0;
            double im = 0;
            for (int j = 0; j < size; j++, c += 2) {
                re += m[c] * column[2 * j] - m[c + 1] * column[2 * j + 1];
                im += m[c] * column[2 * j + 1] + m[c + 1] * column[2 * j];
            }
            int place = 2 * ((row | offsets[i]) * dimension + k);
            entries[place] = re;
            entries[place + 1] = im;
        }
    }
}
