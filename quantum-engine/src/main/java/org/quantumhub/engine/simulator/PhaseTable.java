package org.quantumhub.engine.simulator;

/// Tables of `exp(i f(x))` for all numbers x of some bits, real and imaginary part in turn, made by doubling: the upper
/// half is the lower one times what the new bit adds. One complex product an entry instead of a sum and two functions.
final class PhaseTable {
    private PhaseTable() {}

    /// f is the sum of the angles of the bits of x.
    ///
    /// @param from the angle of the lowest bit
    static double[] ofBits(double[] angles, int from, int bits) {
        double[] table = new double[2 << bits];
        table[0] = 1;
        for (int bit = 0; bit < bits; bit++) {
            double c = Math.cos(angles[from + bit]);
            double s = Math.sin(angles[from + bit]);
            int half = 2 << bit;
            for (int x = 0; x < half; x += 2) {
                table[half + x] = table[x] * c - table[x + 1] * s;
                table[half + x + 1] = table[x] * s + table[x + 1] * c;
            }
        }
        return table;
    }

    /// f is the sum of the angles of the pairs of bits of x; empty when all of them are 0.
    ///
    /// @param angles of a pair with the lower bit first
    /// @param from the place of the lowest bit in the angles
    static double[] ofPairs(double[][] angles, int from, int bits) {
        double[] table = new double[2 << bits];
        table[0] = 1;
        boolean any = false;
        for (int bit = 0; bit < bits; bit++) {
            double[] own = new double[bit];
            boolean coupled = false;
            for (int lower = 0; lower < bit; lower++) {
                own[lower] = angles[from + lower][from + bit];
                coupled |= own[lower] != 0;
            }
            int half = 2 << bit;
            if (coupled) {
                multiply(table, ofBits(own, 0, bit), half);
                any = true;
            } else {
                System.arraycopy(table, 0, table, half, half);
            }
        }
        return any ? table : new double[0];
    }

    /// The second half of a table becomes the product of the first with another one.
    private static void multiply(double[] table, double[] other, int half) {
        for (int x = 0; x < half; x += 2) {
            table[half + x] = table[x] * other[x] - table[x + 1] * other[x + 1];
            table[half + x + 1] = table[x] * other[x + 1] + table[x + 1] * other[x];
        }
    }
}
