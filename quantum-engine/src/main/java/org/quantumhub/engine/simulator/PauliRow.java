package org.quantumhub.engine.simulator;

import static jdk.incubator.vector.VectorOperators.BIT_COUNT;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// A product of Pauli operators on all qubits, with a sign: one bit per qubit for X, one for Z, both for Y.
///
/// The signs of products are counted for as many qubits at once as a vector has bits: two bits per place hold the power
/// of i so far (Gidney, "Stim: a fast stabilizer circuit simulator", arXiv 2103.02202, section 2.2).
final class PauliRow {
    private static final VectorSpecies<Long> LANES = LongVector.SPECIES_PREFERRED;

    private final long[] x;
    private final long[] z;
    private boolean negative;

    private PauliRow(long[] x, long[] z, boolean negative) {
        this.x = x;
        this.z = z;
        this.negative = negative;
    }

    /// The identity.
    PauliRow(int qubits) {
        this(new long[words(qubits)], new long[words(qubits)], false);
    }

    /// Whole vectors, so that no kernel has a rest to treat.
    private static int words(int qubits) {
        int lanes = LANES.length();
        return ((qubits + 63) / 64 + lanes - 1) / lanes * lanes;
    }

    PauliRow copy() {
        return new PauliRow(x.clone(), z.clone(), negative);
    }

    private static boolean get(long[] bits, int qubit) {
        return (bits[qubit >> 6] >>> qubit & 1) != 0;
    }

    private static void put(long[] bits, int qubit, boolean bit) {
        bits[qubit >> 6] = bits[qubit >> 6] & ~(1L << qubit) | (bit ? 1L << qubit : 0);
    }

    boolean hasX(int qubit) {
        return get(x, qubit);
    }

    boolean hasZ(int qubit) {
        return get(z, qubit);
    }

    void setX(int qubit) {
        put(x, qubit, true);
    }

    void setZ(int qubit) {
        put(z, qubit, true);
    }

    boolean negative() {
        return negative;
    }

    void negate(boolean really) {
        negative ^= really;
    }

    /// The first qubit with an X or Y, -1 when there is none.
    int firstX() {
        for (int w = 0; w < x.length; w++) {
            if (x[w] != 0) {
                return 64 * w + Long.numberOfTrailingZeros(x[w]);
            }
        }
        return -1;
    }

    /// The qubits with an X or Y, but for one.
    long[] otherX(int qubit) {
        long[] others = x.clone();
        put(others, qubit, false);
        return others;
    }

    /// Multiplies from the right.
    ///
    /// @return the power of i by which the product is more than this row says now
    int times(PauliRow right) {
        LongVector ones = LongVector.zero(LANES);
        LongVector twos = LongVector.zero(LANES);
        for (int w = 0; w < x.length; w += LANES.length()) {
            LongVector x1 = LongVector.fromArray(LANES, x, w);
            LongVector z1 = LongVector.fromArray(LANES, z, w);
            LongVector x2 = LongVector.fromArray(LANES, right.x, w);
            LongVector z2 = LongVector.fromArray(LANES, right.z, w);
            LongVector x1z2 = x1.and(z2);
            LongVector anti = x2.and(z1).lanewise(VectorOperators.XOR, x1z2);
            LongVector productX = x1.lanewise(VectorOperators.XOR, x2);
            LongVector productZ = z1.lanewise(VectorOperators.XOR, z2);
            LongVector thrice = ones.lanewise(VectorOperators.XOR, productX)
                    .lanewise(VectorOperators.XOR, productZ)
                    .lanewise(VectorOperators.XOR, x1z2);
            twos = twos.lanewise(VectorOperators.XOR, thrice.and(anti));
            ones = ones.lanewise(VectorOperators.XOR, anti);
            productX.intoArray(x, w);
            productZ.intoArray(z, w);
        }
        negative ^= right.negative;
        return count(ones) + 2 * count(twos) & 3;
    }

    /// Multiplies by a row that it commutes with, so that the product has a sign and no i.
    void timesCommuting(PauliRow right) {
        negate(times(right) == 2);
    }

    private static int count(LongVector bits) {
        return (int) bits.lanewise(BIT_COUNT).reduceLanes(VectorOperators.ADD);
    }

    /// What the row becomes when `CX` from a qubit to each of some others, then (if asked for) `S`, then `H` on the
    /// qubit are inserted before all gates: `P` becomes `C† P C`.
    ///
    /// @param targets one bit for each target of `CX`
    void insert(int qubit, long[] targets, boolean phase) {
        boolean bx = hasX(qubit);
        boolean bz = hasZ(qubit) ^ controlledNots(targets, bx, hasZ(qubit));
        if (phase) {
            negative ^= bx & !bz;
            bz ^= bx;
        }
        negative ^= bx & bz;
        put(x, qubit, bz);
        put(z, qubit, bx);
    }

    /// The sign of one `CX` is `x_c z_t (x_t ^ z_c ^ 1)`, and every target with a Z turns `z_c` round: the j-th of m
    /// such targets finds it turned j times, which makes up the halves of m.
    ///
    /// @return whether the Z of the control is turned round
    private boolean controlledNots(long[] targets, boolean bx, boolean bz) {
        LongVector ones = LongVector.zero(LANES);
        LongVector twos = LongVector.zero(LANES);
        LongVector lone = LongVector.zero(LANES);
        for (int w = 0; w < x.length; w += LANES.length()) {
            LongVector target = LongVector.fromArray(LANES, targets, w);
            LongVector hit = LongVector.fromArray(LANES, z, w).and(target);
            if (bx) {
                LongVector xs = LongVector.fromArray(LANES, x, w);
                twos = twos.lanewise(VectorOperators.XOR, ones.and(hit));
                lone = lone.lanewise(VectorOperators.XOR, hit.lanewise(VectorOperators.AND_NOT, xs));
                xs.lanewise(VectorOperators.XOR, target).intoArray(x, w);
            }
            ones = ones.lanewise(VectorOperators.XOR, hit);
        }
        int hits = count(ones) + 2 * count(twos) & 3;
        if (bx) {
            negative ^= (count(lone) + (bz ? hits : 0) + (hits >> 1) & 1) != 0;
        }
        return (hits & 1) != 0;
    }

    /// How many of some qubits have a Z or Y, modulo 2.
    boolean oddZ(long[] of) {
        long parity = 0;
        for (int w = 0; w < z.length; w++) {
            parity ^= z[w] & of[w];
        }
        return (Long.bitCount(parity) & 1) != 0;
    }
}
