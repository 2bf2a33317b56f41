package org.quantumhub.engine.simulator;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// The inner loops of the block engine, written with the Vector API.
///
/// ## Layout
///
/// A block is one array: real parts from `base`, imaginary parts from `base + im`, both aligned to a vector. A vector
/// holds consecutive amplitudes, so that the lowest [#LANE_BITS] bits of an index select a lane and all others a
/// vector. Every kernel but [#swapLanes] acts on index bits above the lanes only: gates on lane bits wait until these
/// have been exchanged with other bits, which costs one pass and keeps shuffles out of the arithmetic.
///
/// A kernel visits groups of vectors that differ in the bits it acts on. `Integer.expand(g, mask)` (one machine
/// instruction) spreads the group's number over the remaining bits; `offsets` are the places of the group's members.
///
/// ## Arithmetic
///
/// A row of a complex matrix is four sums of products, each coefficient being used in two of them. Three target bits
/// (8 complex vectors in 16 registers, 4 sums, coefficients broadcast from memory) are the most that 32 registers
/// hold. The rows are a loop; the columns are written out, and nothing is put into methods of its own, because a vector
/// that
/// passes through an array or a call that is not inlined is an object on the heap, which costs a factor of ten: the
/// compiler inlines the methods of the Vector API without limit, but others only up to its budget.
final class VectorKernels {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

    /// The amplitudes of one vector.
    static final int LANES = SPECIES.length();

    /// How many low bits of an index select a lane.
    static final int LANE_BITS = Integer.numberOfTrailingZeros(LANES);

    private VectorKernels() {}

    /// A 2 x 2 matrix; `c` holds it row by row, real and imaginary part in turn.
    static void dense1(double[] a, int im, int base, int groups, int mask, int[] offsets, double[] c) {
        int o1 = offsets[1];
        for (int g = 0; g < groups; g++) {
            int b = base + Integer.expand(g, mask);
            DoubleVector x0 = DoubleVector.fromArray(SPECIES, a, b);
            DoubleVector y0 = DoubleVector.fromArray(SPECIES, a, b + im);
            DoubleVector x1 = DoubleVector.fromArray(SPECIES, a, b + o1);
            DoubleVector y1 = DoubleVector.fromArray(SPECIES, a, b + o1 + im);
            for (int row = 0, k = 0; row < 2; row++, k += 4) {
                DoubleVector p = DoubleVector.broadcast(SPECIES, c[k]);
                DoubleVector q = DoubleVector.broadcast(SPECIES, c[k + 1]);
                DoubleVector px = p.mul(x0);
                DoubleVector py = p.mul(y0);
                DoubleVector qx = q.mul(x0);
                DoubleVector qy = q.mul(y0);
                p = DoubleVector.broadcast(SPECIES, c[k + 2]);
                q = DoubleVector.broadcast(SPECIES, c[k + 3]);
                px = p.fma(x1, px);
                py = p.fma(y1, py);
                qx = q.fma(x1, qx);
                qy = q.fma(y1, qy);
                int to = b + offsets[row];
                px.sub(qy).intoArray(a, to);
                py.add(qx).intoArray(a, to + im);
            }
        }
    }

    /// A 4 x 4 matrix.
    static void dense2(double[] a, int im, int base, int groups, int mask, int[] offsets, double[] c) {
        int o1 = offsets[1];
        int o2 = offsets[2];
        int o3 = offsets[3];
        for (int g = 0; g < groups; g++) {
            int b = base + Integer.expand(g, mask);
            DoubleVector x0 = DoubleVector.fromArray(SPECIES, a, b);
            DoubleVector y0 = DoubleVector.fromArray(SPECIES, a, b + im);
            DoubleVector x1 = DoubleVector.fromArray(SPECIES, a, b + o1);
            DoubleVector y1 = DoubleVector.fromArray(SPECIES, a, b + o1 + im);
            DoubleVector x2 = DoubleVector.fromArray(SPECIES, a, b + o2);
            DoubleVector y2 = DoubleVector.fromArray(SPECIES, a, b + o2 + im);
            DoubleVector x3 = DoubleVector.fromArray(SPECIES, a, b + o3);
            DoubleVector y3 = DoubleVector.fromArray(SPECIES, a, b + o3 + im);
            for (int row = 0, k = 0; row < 4; row++, k += 8) {
                DoubleVector p = DoubleVector.broadcast(SPECIES, c[k]);
                DoubleVector q = DoubleVector.broadcast(SPECIES, c[k + 1]);
                DoubleVector px = p.mul(x0);
                DoubleVector py = p.mul(y0);
                DoubleVector qx = q.mul(x0);
                DoubleVector qy = q.mul(y0);
                p = DoubleVector.broadcast(SPECIES, c[k + 2]);
                q = DoubleVector.broadcast(SPECIES, c[k + 3]);
                px = p.fma(x1, px);
                py = p.fma(y1, py);
                qx = q.fma(x1, qx);
                qy = q.fma(y1, qy);
                p = DoubleVector.broadcast(SPECIES, c[k + 4]);
                q = DoubleVector.broadcast(SPECIES, c[k + 5]);
                px = p.fma(x2, px);
                py = p.fma(y2, py);
                qx = q.fma(x2, qx);
                qy = q.fma(y2, qy);
                p = DoubleVector.broadcast(SPECIES, c[k + 6]);
                q = DoubleVector.broadcast(SPECIES, c[k + 7]);
                px = p.fma(x3, px);
                py = p.fma(y3, py);
                qx = q.fma(x3, qx);
                qy = q.fma(y3, qy);
                int to = b + offsets[row];
                px.sub(qy).intoArray(a, to);
                py.add(qx).intoArray(a, to + im);
            }
        }
    }

    /// An 8 x 8 matrix.
    static void dense3(double[] a, int im, int base, int groups, int mask, int[] offsets, double[] c) {
        int o1 = offsets[1];
        int o2 = offsets[2];
        int o3 = offsets[3];
        int o4 = offsets[4];
        int o5 = offsets[5];
        int o6 = offsets[6];
        int o7 = offsets[7];
        for (int g = 0; g < groups; g++) {
            int b = base + Integer.expand(g, mask);
            DoubleVector x0 = DoubleVector.fromArray(SPECIES, a, b);
            DoubleVector y0 = DoubleVector.fromArray(SPECIES, a, b + im);
            DoubleVector x1 = DoubleVector.fromArray(SPECIES, a, b + o1);
            DoubleVector y1 = DoubleVector.fromArray(SPECIES, a, b + o1 + im);
            DoubleVector x2 = DoubleVector.fromArray(SPECIES, a, b + o2);
            DoubleVector y2 = DoubleVector.fromArray(SPECIES, a, b + o2 + im);
            DoubleVector x3 = DoubleVector.fromArray(SPECIES, a, b + o3);
            DoubleVector y3 = DoubleVector.fromArray(SPECIES, a, b + o3 + im);
            DoubleVector x4 = DoubleVector.fromArray(SPECIES, a, b + o4);
            DoubleVector y4 = DoubleVector.fromArray(SPECIES, a, b + o4 + im);
            DoubleVector x5 = DoubleVector.fromArray(SPECIES, a, b + o5);
            DoubleVector y5 = DoubleVector.fromArray(SPECIES, a, b + o5 + im);
            DoubleVector x6 = DoubleVector.fromArray(SPECIES, a, b + o6);
            DoubleVector y6 = DoubleVector.fromArray(SPECIES, a, b + o6 + im);
            DoubleVector x7 = DoubleVector.fromArray(SPECIES, a, b + o7);
            DoubleVector y7 = DoubleVector.fromArray(SPECIES, a, b + o7 + im);
            for (int row = 0, k = 0; row < 8; row++, k += 16) {
                DoubleVector p = DoubleVector.broadcast(SPECIES, c[k]);
                DoubleVector q = DoubleVector.broadcast(SPECIES, c[k + 1]);
                DoubleVector px = p.mul(x0);
                DoubleVector py = p.mul(y0);
                DoubleVector qx = q.mul(x0);
                DoubleVector qy = q.mul(y0);
                p = DoubleVector.broadcast(SPECIES, c[k + 2]);
                q = DoubleVector.broadcast(SPECIES, c[k + 3]);
                px = p.fma(x1, px);
                py = p.fma(y1, py);
                qx = q.fma(x1, qx);
                qy = q.fma(y1, qy);
                p = DoubleVector.broadcast(SPECIES, c[k + 4]);
                q = DoubleVector.broadcast(SPECIES, c[k + 5]);
                px = p.fma(x2, px);
                py = p.fma(y2, py);
                qx = q.fma(x2, qx);
                qy = q.fma(y2, qy);
                p = DoubleVector.broadcast(SPECIES, c[k + 6]);
                q = DoubleVector.broadcast(SPECIES, c[k + 7]);
                px = p.fma(x3, px);
                py = p.fma(y3, py);
                qx = q.fma(x3, qx);
                qy = q.fma(y3, qy);
                p = DoubleVector.broadcast(SPECIES, c[k + 8]);
                q = DoubleVector.broadcast(SPECIES, c[k + 9]);
                px = p.fma(x4, px);
                py = p.fma(y4, py);
                qx = q.fma(x4, qx);
                qy = q.fma(y4, qy);
                p = DoubleVector.broadcast(SPECIES, c[k + 10]);
                q = DoubleVector.broadcast(SPECIES, c[k + 11]);
                px = p.fma(x5, px);
                py = p.fma(y5, py);
                qx = q.fma(x5, qx);
                qy = q.fma(y5, qy);
                p = DoubleVector.broadcast(SPECIES, c[k + 12]);
                q = DoubleVector.broadcast(SPECIES, c[k + 13]);
                px = p.fma(x6, px);
                py = p.fma(y6, py);
                qx = q.fma(x6, qx);
                qy = q.fma(y6, qy);
                p = DoubleVector.broadcast(SPECIES, c[k + 14]);
                q = DoubleVector.broadcast(SPECIES, c[k + 15]);
                px = p.fma(x7, px);
                py = p.fma(y7, py);
                qx = q.fma(x7, qx);
                qy = q.fma(y7, qy);
                int to = b + offsets[row];
                px.sub(qy).intoArray(a, to);
                py.add(qx).intoArray(a, to + im);
            }
        }
    }

    /// Moves vectors within each group: the one at `moves[2 k + 1]` goes to `moves[2 k]`, all at once.
    static void permute(double[] a, int im, int base, int groups, int mask, int[] moves, double[] scratch) {
        for (int g = 0; g < groups; g++) {
            int b = base + Integer.expand(g, mask);
            for (int k = 0, s = 0; k < moves.length; k += 2, s += 2 * LANES) {
                DoubleVector.fromArray(SPECIES, a, b + moves[k + 1]).intoArray(scratch, s);
                DoubleVector.fromArray(SPECIES, a, b + moves[k + 1] + im).intoArray(scratch, s + LANES);
            }
            for (int k = 0, s = 0; k < moves.length; k += 2, s += 2 * LANES) {
                DoubleVector.fromArray(SPECIES, scratch, s).intoArray(a, b + moves[k]);
                DoubleVector.fromArray(SPECIES, scratch, s + LANES).intoArray(a, b + moves[k] + im);
            }
        }
    }

    /// Exchanges two vectors of each group, the commonest permutation (`x`, `cx`).
    static void exchange(double[] a, int im, int base, int groups, int mask, int first, int second) {
        for (int g = 0; g < groups; g++) {
            int b = base + Integer.expand(g, mask);
            DoubleVector x = DoubleVector.fromArray(SPECIES, a, b + first);
            DoubleVector y = DoubleVector.fromArray(SPECIES, a, b + first + im);
            DoubleVector.fromArray(SPECIES, a, b + second).intoArray(a, b + first);
            DoubleVector.fromArray(SPECIES, a, b + second + im).intoArray(a, b + first + im);
            x.intoArray(a, b + second);
            y.intoArray(a, b + second + im);
        }
    }

    /// Exchanges one lane bit of the index with a bit above the lanes, in one of the two halves of a block.
    static void swapLane(double[] a, int base, int groups, int mask, int laneBit, int offset) {
        VectorShuffle<Double> partner = VectorShuffle.fromOp(SPECIES, lane -> lane ^ laneBit);
        VectorMask<Double> upper = VectorMask.fromLong(SPECIES, lanesWith(laneBit));
        for (int g = 0; g < groups; g++) {
            int b = base + Integer.expand(g, mask);
            DoubleVector x = DoubleVector.fromArray(SPECIES, a, b);
            DoubleVector y = DoubleVector.fromArray(SPECIES, a, b + offset);
            x.blend(y.rearrange(partner), upper).intoArray(a, b);
            x.rearrange(partner).blend(y, upper).intoArray(a, b + offset);
        }
    }

    /// The same for all three bits of eight lanes at once: eight vectors are transposed like a square.
    static void swapThreeLanes(double[] a, int base, int groups, int mask, int p, int q, int r) {
        VectorShuffle<Double> s1 = VectorShuffle.fromOp(SPECIES, lane -> lane ^ 1);
        VectorShuffle<Double> s2 = VectorShuffle.fromOp(SPECIES, lane -> lane ^ 2);
        VectorShuffle<Double> s4 = VectorShuffle.fromOp(SPECIES, lane -> lane ^ 4);
        VectorMask<Double> m1 = VectorMask.fromLong(SPECIES, lanesWith(1));
        VectorMask<Double> m2 = VectorMask.fromLong(SPECIES, lanesWith(2));
        VectorMask<Double> m4 = VectorMask.fromLong(SPECIES, lanesWith(4));
        for (int g = 0; g < groups; g++) {
            int b = base + Integer.expand(g, mask);
            DoubleVector x0 = DoubleVector.fromArray(SPECIES, a, b);
            DoubleVector x1 = DoubleVector.fromArray(SPECIES, a, b + p);
            DoubleVector x2 = DoubleVector.fromArray(SPECIES, a, b + q);
            DoubleVector x3 = DoubleVector.fromArray(SPECIES, a, b + p + q);
            DoubleVector x4 = DoubleVector.fromArray(SPECIES, a, b + r);
            DoubleVector x5 = DoubleVector.fromArray(SPECIES, a, b + p + r);
            DoubleVector x6 = DoubleVector.fromArray(SPECIES, a, b + q + r);
            DoubleVector x7 = DoubleVector.fromArray(SPECIES, a, b + p + q + r);
            DoubleVector u0 = x0.blend(x1.rearrange(s1), m1);
            DoubleVector u1 = x0.rearrange(s1).blend(x1, m1);
            DoubleVector u2 = x2.blend(x3.rearrange(s1), m1);
            DoubleVector u3 = x2.rearrange(s1).blend(x3, m1);
            DoubleVector u4 = x4.blend(x5.rearrange(s1), m1);
            DoubleVector u5 = x4.rearrange(s1).blend(x5, m1);
            DoubleVector u6 = x6.blend(x7.rearrange(s1), m1);
            DoubleVector u7 = x6.rearrange(s1).blend(x7, m1);
            DoubleVector v0 = u0.blend(u2.rearrange(s2), m2);
            DoubleVector v2 = u0.rearrange(s2).blend(u2, m2);
            DoubleVector v1 = u1.blend(u3.rearrange(s2), m2);
            DoubleVector v3 = u1.rearrange(s2).blend(u3, m2);
            DoubleVector v4 = u4.blend(u6.rearrange(s2), m2);
            DoubleVector v6 = u4.rearrange(s2).blend(u6, m2);
            DoubleVector v5 = u5.blend(u7.rearrange(s2), m2);
            DoubleVector v7 = u5.rearrange(s2).blend(u7, m2);
            v0.blend(v4.rearrange(s4), m4).intoArray(a, b);
            v0.rearrange(s4).blend(v4, m4).intoArray(a, b + r);
            v1.blend(v5.rearrange(s4), m4).intoArray(a, b + p);
            v1.rearrange(s4).blend(v5, m4).intoArray(a, b + p + r);
            v2.blend(v6.rearrange(s4), m4).intoArray(a, b + q);
            v2.rearrange(s4).blend(v6, m4).intoArray(a, b + q + r);
            v3.blend(v7.rearrange(s4), m4).intoArray(a, b + p + q);
            v3.rearrange(s4).blend(v7, m4).intoArray(a, b + p + q + r);
        }
    }

    private static long lanesWith(int laneBit) {
        long lanes = 0;
        for (int lane = 0; lane < LANES; lane++) {
            lanes |= (lane & laneBit) != 0 ? 1L << lane : 0;
        }
        return lanes;
    }

    /// Fills a table of phases by doubling: entry `i + 2^bit` is entry `i` times the factor of that bit. The first
    /// vector is already there. Real parts from 0, imaginary parts from `tableIm`.
    static void doubleTable(double[] table, int tableIm, int bits, double[] factorRe, double[] factorIm) {
        for (int bit = LANE_BITS; bit < bits; bit++) {
            int length = 1 << bit;
            DoubleVector c = DoubleVector.broadcast(SPECIES, factorRe[bit]);
            DoubleVector s = DoubleVector.broadcast(SPECIES, factorIm[bit]);
            for (int i = 0; i < length; i += LANES) {
                DoubleVector x = DoubleVector.fromArray(SPECIES, table, i);
                DoubleVector y = DoubleVector.fromArray(SPECIES, table, i + tableIm);
                x.mul(c).sub(y.mul(s)).intoArray(table, i + length);
                x.fma(s, y.mul(c)).intoArray(table, i + length + tableIm);
            }
        }
    }

    /// Multiplies a row of amplitudes with a table of phases.
    static void multiplyRow(double[] a, int im, int from, int length, double[] table, int tableIm) {
        for (int i = 0; i < length; i += LANES) {
            DoubleVector c = DoubleVector.fromArray(SPECIES, table, i);
            DoubleVector s = DoubleVector.fromArray(SPECIES, table, i + tableIm);
            DoubleVector x = DoubleVector.fromArray(SPECIES, a, from + i);
            DoubleVector y = DoubleVector.fromArray(SPECIES, a, from + i + im);
            c.mul(x).sub(s.mul(y)).intoArray(a, from + i);
            c.fma(y, s.mul(x)).intoArray(a, from + i + im);
        }
    }

    /// Multiplies a row of amplitudes with the product of two tables of phases.
    static void multiplyRow(double[] a, int im, int from, int length, double[] table, int tableIm, double[] other) {
        for (int i = 0; i < length; i += LANES) {
            DoubleVector t = DoubleVector.fromArray(SPECIES, table, i);
            DoubleVector u = DoubleVector.fromArray(SPECIES, table, i + tableIm);
            DoubleVector v = DoubleVector.fromArray(SPECIES, other, i);
            DoubleVector w = DoubleVector.fromArray(SPECIES, other, i + tableIm);
            DoubleVector c = t.mul(v).sub(u.mul(w));
            DoubleVector s = t.fma(w, u.mul(v));
            DoubleVector x = DoubleVector.fromArray(SPECIES, a, from + i);
            DoubleVector y = DoubleVector.fromArray(SPECIES, a, from + i + im);
            c.mul(x).sub(s.mul(y)).intoArray(a, from + i);
            c.fma(y, s.mul(x)).intoArray(a, from + i + im);
        }
    }

    static void copy(double[] from, int start, double[] to, int place, int length) {
        for (int i = 0; i < length; i += LANES) {
            DoubleVector.fromArray(SPECIES, from, start + i).intoArray(to, place + i);
        }
    }
}
