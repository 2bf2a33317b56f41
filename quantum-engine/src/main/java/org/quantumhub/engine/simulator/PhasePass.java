package org.quantumhub.engine.simulator;

import java.util.ArrayList;
import java.util.List;

/// Multiplies every amplitude of a block with `exp(i f)`, f being any sum of phases on one and two index bits.
///
/// The places of a block are cut into rows: `low` bits run within a row, the `high` bits number it. Within row y the
/// phase is a constant, plus a sum over the low bits with coefficients that depend on y, plus the pairs of low bits.
/// So for each row a table of 2^low phases is made by doubling (one complex product an entry), and multiplied by the
/// table of the low pairs, which is the same for all rows and blocks. Bits outside the block are constant in it: their
/// pairs with inner bits change the coefficients of the inner ones.
final class PhasePass implements Pass {
    private final int low;
    private final int high;
    /// The bits of a row's number that may be 1 where there is anything.
    private final int liveRows;
    private final double constant;
    private final double[] linear;
    /// exp(i f) of the pairs of low bits; empty when there are none.
    private final double[] lowPairs;
    /// exp(i f) of the pairs between low bit `i` and the high bits of row `y`, at `[i][2 y]`.
    private final double[][] cross;
    /// exp(i f) of the pairs of high bits; empty when there are none.
    private final double[] highPairs;
    private final long outerBits;
    /// For each outer bit that matters: its own angle, and its angles with the inner positions.
    private final int[] outerIndex;
    private final double[] outerAngle;
    private final double[][] outerInner;
    private final List<OuterPair> outerPairs;

    private record OuterPair(long mask, double angle) {}

    /// @param bits of the block
    /// @param position where an index bit lies in the block, -1 outside
    /// @param gates numbers of phase polynomials in the program; their terms on more than two bits are left out
    /// @param live the positions that may be 1 in an amplitude that is not 0
    PhasePass(Block.Shape shape, int bits, int[] position, Fusible[] program, int[] gates, int live) {
        this.low = Math.min(bits, Math.max(shape.laneBits(), (bits + 1) / 2));
        this.high = bits - low;
        this.liveRows = live >> low & (1 << high) - 1;
        this.linear = new double[bits];
        double[][] pairs = new double[bits][bits];
        double[] own = new double[position.length];
        double[][] coupling = new double[position.length][];
        this.outerPairs = new ArrayList<>();
        double sum = 0;
        long outer = 0;
        for (int number : gates) {
            Fusible gate = program[number];
            sum += gate.constant;
            for (int k = 0; k < gate.masks.length; k++) {
                if (Long.bitCount(gate.masks[k]) > 2) {
                    continue;
                }
                int first = Long.numberOfTrailingZeros(gate.masks[k]);
                int second = 63 - Long.numberOfLeadingZeros(gate.masks[k]);
                int p = position[first];
                int q = position[second];
                double angle = gate.angles[k];
                if (p >= 0 && q >= 0) {
                    if (p == q) {
                        linear[p] += angle;
                    } else {
                        pairs[Math.min(p, q)][Math.max(p, q)] += angle;
                    }
                } else if (p < 0 && q < 0) {
                    outer |= gate.masks[k];
                    if (first == second) {
                        own[first] += angle;
                    } else {
                        outerPairs.add(new OuterPair(gate.masks[k], angle));
                    }
                } else {
                    int out = p < 0 ? first : second;
                    outer |= 1L << out;
                    if (coupling[out] == null) {
                        coupling[out] = new double[bits];
                    }
                    coupling[out][Math.max(p, q)] += angle;
                }
            }
        }
        this.constant = sum;
        this.outerBits = outer;
        int count = Long.bitCount(outer);
        this.outerIndex = new int[count];
        this.outerAngle = new double[count];
        this.outerInner = new double[count][];
        long rest = outer;
        for (int i = 0; i < count; i++, rest &= rest - 1) {
            outerIndex[i] = Long.numberOfTrailingZeros(rest);
            outerAngle[i] = own[outerIndex[i]];
            outerInner[i] = coupling[outerIndex[i]] == null ? new double[0] : coupling[outerIndex[i]];
        }
        this.lowPairs = PhaseTable.ofPairs(pairs, 0, low);
        this.cross = new double[low][];
        for (int i = 0; i < low; i++) {
            cross[i] = exponentials(pairs[i]);
        }
        this.highPairs = PhaseTable.ofPairs(pairs, low, high);
    }

    /// exp(i sum of the angles of one low bit with the high bits) for every row; empty when it is always 1.
    private double[] exponentials(double[] angles) {
        boolean any = false;
        for (int j = low; j < angles.length; j++) {
            any |= angles[j] != 0;
        }
        return any ? PhaseTable.ofBits(angles, low, high) : new double[0];
    }

    int low() {
        return low;
    }

    /// Which part of the rows may hold anything.
    double share() {
        return Math.pow(2, Integer.bitCount(liveRows) - high);
    }

    /// exp(i f) of the pairs of low bits; empty when there are none.
    double[] lowPairs() {
        return lowPairs;
    }

    /// What the rows of a block are multiplied with, for given index bits outside the block.
    Rows rows(long outer) {
        double base = constant;
        double[] angles = linear;
        if ((outer & outerBits) != 0) {
            angles = linear.clone();
            for (int i = 0; i < outerIndex.length; i++) {
                if ((outer >>> outerIndex[i] & 1) != 0) {
                    base += outerAngle[i];
                    for (int j = 0; j < outerInner[i].length; j++) {
                        angles[j] += outerInner[i][j];
                    }
                }
            }
            for (OuterPair pair : outerPairs) {
                base += (outer & pair.mask()) == pair.mask() ? pair.angle() : 0;
            }
        }
        return new Rows(base, angles);
    }

    /// The rows of one block.
    final class Rows {
        private final double[] first;
        private final double[] own;

        private Rows(double base, double[] angles) {
            first = rowPhases(base, angles);
            own = new double[2 * low];
            for (int i = 0; i < low; i++) {
                own[2 * i] = Math.cos(angles[i]);
                own[2 * i + 1] = Math.sin(angles[i]);
            }
        }

        /// How many rows may hold anything.
        int count() {
            return 1 << Integer.bitCount(liveRows);
        }

        /// The number of one of them in the block.
        int number(int i) {
            return Integer.expand(i, liveRows);
        }

        /// The phase of the first entry of a row.
        double re(int y) {
            return first[2 * y];
        }

        double im(int y) {
            return first[2 * y + 1];
        }

        /// The factor of each low bit in a row: its own phase times that of its pairs with the row's bits.
        void factors(int y, double[] factors) {
            for (int i = 0; i < low; i++) {
                double c = own[2 * i];
                double s = own[2 * i + 1];
                double[] pairs = cross[i];
                boolean alone = pairs.length == 0;
                factors[2 * i] = alone ? c : c * pairs[2 * y] - s * pairs[2 * y + 1];
                factors[2 * i + 1] = alone ? s : c * pairs[2 * y + 1] + s * pairs[2 * y];
            }
        }
    }

    /// The phase of the first entry of every row, by doubling over the high bits.
    private double[] rowPhases(double base, double[] angles) {
        double[] rows = new double[2 << high];
        rows[0] = Math.cos(base);
        rows[1] = Math.sin(base);
        for (int j = 0; j < high; j++) {
            double c = Math.cos(angles[low + j]);
            double s = Math.sin(angles[low + j]);
            int half = 2 << j;
            for (int k = 0; k < half; k += 2) {
                rows[half + k] = rows[k] * c - rows[k + 1] * s;
                rows[half + k + 1] = rows[k] * s + rows[k + 1] * c;
            }
        }
        for (int k = 0; k < highPairs.length; k += 2) {
            double re = rows[k] * highPairs[k] - rows[k + 1] * highPairs[k + 1];
            rows[k + 1] = rows[k] * highPairs[k + 1] + rows[k + 1] * highPairs[k];
            rows[k] = re;
        }
        return rows;
    }
}
