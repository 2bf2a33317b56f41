package org.quantumhub.engine.simulator;

import java.util.function.BooleanSupplier;

/// The stabilizers of a state, and the destabilizers that make measuring them cheap.
///
/// The layout is that of Aaronson and Gottesman ("Improved simulation of stabilizer circuits", arXiv quant-ph/0406196)
/// stored by columns: for each qubit one bit per row says whether the row has an X there, another whether it has a Z,
/// so that a gate treats 64 rows at once. Rows 0 to n - 1 are destabilizers, rows n to 2n - 1 stabilizers. Gates cost
/// O(n / 64), measurements O(n^2 / 64) steps.
public final class Tableau {
    private final int qubits;
    private final int words;
    private final long[][] x;
    private final long[][] z;
    private final long[] sign;

    /// The state with every qubit at 0.
    public Tableau(int qubits) {
        this.qubits = qubits;
        this.words = (2 * qubits + 63) / 64;
        this.x = new long[qubits][words];
        this.z = new long[qubits][words];
        this.sign = new long[words];
        for (int q = 0; q < qubits; q++) {
            set(x[q], q);
            set(z[q], qubits + q);
        }
    }

    private static void set(long[] bits, int row) {
        bits[row >> 6] |= 1L << row;
    }

    private static boolean get(long[] bits, int row) {
        return (bits[row >> 6] >>> row & 1) != 0;
    }

    void apply(CliffordMap map) {
        int size = map.qubits().length;
        long[] in = new long[2 * size];
        long[] out = new long[2 * size];
        for (int w = 0; w < words; w++) {
            for (int a = 0; a < size; a++) {
                in[a] = x[map.qubits()[a]][w];
                in[a + size] = z[map.qubits()[a]][w];
                out[a] = 0;
                out[a + size] = 0;
            }
            long flips = 0;
            for (int p = 1; p < map.images().length; p++) {
                long rows = -1L;
                for (int b = 0; b < 2 * size; b++) {
                    rows &= (p >> b & 1) != 0 ? in[b] : ~in[b];
                }
                flips |= map.negative()[p] ? rows : 0;
                for (int b = 0; b < 2 * size; b++) {
                    out[b] |= (map.images()[p] >> b & 1) != 0 ? rows : 0;
                }
            }
            sign[w] ^= flips;
            for (int a = 0; a < size; a++) {
                x[map.qubits()[a]][w] = out[a];
                z[map.qubits()[a]][w] = out[a + size];
            }
        }
    }

    /// Exchanges X and Z of a qubit.
    public void hadamard(int qubit) {
        long[] xs = x[qubit];
        long[] zs = z[qubit];
        for (int w = 0; w < words; w++) {
            sign[w] ^= xs[w] & zs[w];
        }
        x[qubit] = zs;
        z[qubit] = xs;
    }

    /// Turns X into Y and Y into -X.
    public void phase(int qubit) {
        long[] xs = x[qubit];
        long[] zs = z[qubit];
        for (int w = 0; w < words; w++) {
            sign[w] ^= xs[w] & zs[w];
            zs[w] ^= xs[w];
        }
    }

    /// Turns X into -Y and Y into X.
    public void inversePhase(int qubit) {
        long[] xs = x[qubit];
        long[] zs = z[qubit];
        for (int w = 0; w < words; w++) {
            sign[w] ^= xs[w] & ~zs[w];
            zs[w] ^= xs[w];
        }
    }

    /// Flips the second qubit where the first is 1.
    public void controlledNot(int control, int target) {
        long[] xc = x[control];
        long[] zc = z[control];
        long[] xt = x[target];
        long[] zt = z[target];
        for (int w = 0; w < words; w++) {
            sign[w] ^= xc[w] & zt[w] & ~(xt[w] ^ zc[w]);
            xt[w] ^= xc[w];
            zc[w] ^= zt[w];
        }
    }

    /// Measures a qubit; where the outcome is open, the supplier decides.
    public boolean measure(int qubit, BooleanSupplier open) {
        int pivot = -1;
        for (int row = qubits; row < 2 * qubits && pivot < 0; row++) {
            pivot = get(x[qubit], row) ? row : -1;
        }
        return pivot < 0 ? settled(qubit) : decide(qubit, pivot, open.getAsBoolean());
    }

    /// Flips a qubit.
    public void flip(int qubit) {
        for (int w = 0; w < words; w++) {
            sign[w] ^= z[qubit][w];
        }
    }

    /// Applies Z to a qubit.
    void flipPhase(int qubit) {
        for (int w = 0; w < words; w++) {
            sign[w] ^= x[qubit][w];
        }
    }

    /// Multiplies the pivot into all other rows that anticommute with the measurement, and replaces it.
    private boolean decide(int qubit, int pivot, boolean outcome) {
        long[] rows = x[qubit].clone();
        rows[pivot >> 6] &= ~(1L << pivot);
        // Powers of i picked up by each row, as two-bit counters.
        long[] ones = new long[words];
        long[] twos = new long[words];
        for (int q = 0; q < qubits; q++) {
            boolean px = get(x[q], pivot);
            boolean pz = get(z[q], pivot);
            if (px || pz) {
                multiply(x[q], z[q], px, pz, rows, ones, twos);
            }
        }
        boolean pivotSign = get(sign, pivot);
        for (int w = 0; w < words; w++) {
            sign[w] ^= rows[w] & (twos[w] ^ (pivotSign ? -1L : 0));
        }
        int destabilizer = pivot - qubits;
        for (int q = 0; q < qubits; q++) {
            copyRow(x[q], pivot, destabilizer);
            copyRow(z[q], pivot, destabilizer);
        }
        copyRow(sign, pivot, destabilizer);
        set(z[qubit], pivot);
        if (outcome) {
            set(sign, pivot);
        }
        return outcome;
    }

    /// The factor i or -i of multiplying one-qubit operators: +1 along X Y Z X, -1 against it.
    private void multiply(long[] xs, long[] zs, boolean px, boolean pz, long[] rows, long[] ones, long[] twos) {
        for (int w = 0; w < words; w++) {
            long rx = xs[w];
            long rz = zs[w];
            long plus = px ? pz ? rz & ~rx : rx & rz : rx & ~rz;
            long minus = px ? pz ? rx & ~rz : rz & ~rx : rx & rz;
            plus &= rows[w];
            minus &= rows[w];
            twos[w] ^= ones[w] & plus;
            ones[w] ^= plus;
            twos[w] ^= ~ones[w] & minus;
            ones[w] ^= minus;
            xs[w] ^= px ? rows[w] : 0;
            zs[w] ^= pz ? rows[w] : 0;
        }
    }

    private static void copyRow(long[] bits, int from, int to) {
        boolean bit = get(bits, from);
        bits[from >> 6] &= ~(1L << from);
        bits[to >> 6] &= ~(1L << to);
        if (bit) {
            set(bits, to);
        }
    }

    /// The sign of the product of stabilizers that makes up Z on the qubit: those whose destabilizer has an X there.
    ///
    /// Bringing a product of `X^x Z^z` into order gives a minus sign for each Z that stands before an X; how many
    /// stand before each row is a prefix sum of bits, made for 64 rows at a time.
    private boolean settled(int qubit) {
        long[] chosen = new long[words];
        for (int row = 0; row < qubits; row++) {
            if (get(x[qubit], row)) {
                set(chosen, row + qubits);
            }
        }
        int power = 0;
        for (int w = 0; w < words; w++) {
            power += 2 * Long.bitCount(sign[w] & chosen[w]);
        }
        for (int q = 0; q < qubits; q++) {
            long carry = 0;
            for (int w = 0; w < words; w++) {
                long zs = z[q][w] & chosen[w];
                long xs = x[q][w] & chosen[w];
                long before = prefix(zs) << 1 ^ carry;
                power += Long.bitCount(xs & zs) + 2 * Long.bitCount(xs & before);
                carry = (Long.bitCount(zs) & 1) == 0 ? carry : ~carry;
            }
        }
        return (power & 3) == 2;
    }

    /// The parity of the bits up to and including each place.
    private static long prefix(long bits) {
        long result = bits;
        for (int shift = 1; shift < 64; shift <<= 1) {
            result ^= result << shift;
        }
        return result;
    }
}
