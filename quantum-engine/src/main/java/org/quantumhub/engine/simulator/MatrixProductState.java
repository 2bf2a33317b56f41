package org.quantumhub.engine.simulator;

import java.util.BitSet;

/// A state as a chain of tensors, one for each qubit, joined by bonds.
///
/// The tensor of a site is a matrix with rows (left bond, bit) and columns (right bond). All sites left of the centre
/// are isometries from the left, all sites right of it from the right, so that the weight of a singular value at the
/// centre is its weight in the state, and cutting off small ones is the best that can be done (Vidal, arXiv
/// quant-ph/0301063; Schollwöck, arXiv 1008.3477).
final class MatrixProductState {
    private static final double NEGLIGIBLE = 1e-28;

    private final ComplexMatrix[] sites;
    private final int mostBonds;
    private int centre;
    private double kept = 1;
    private int widest = 1;

    MatrixProductState(int qubits, int mostBonds) {
        this.sites = new ComplexMatrix[qubits];
        this.mostBonds = mostBonds;
        for (int site = 0; site < qubits; site++) {
            sites[site] = new ComplexMatrix(2, 1);
            sites[site].re[0] = 1;
        }
    }

    private MatrixProductState(MatrixProductState other) {
        this.sites = other.sites.clone();
        for (int site = 0; site < sites.length; site++) {
            // Gates on one site change its tensor in place.
            sites[site] = sites[site].reshaped(sites[site].rows, sites[site].columns);
        }
        this.mostBonds = other.mostBonds;
        this.centre = other.centre;
        this.kept = other.kept;
        this.widest = other.widest;
    }

    MatrixProductState copy() {
        return new MatrixProductState(this);
    }

    /// The probability of finding 1 at a site.
    double probabilityOfOne(int site) {
        moveCentre(site);
        ComplexMatrix a = sites[site];
        double zero = 0;
        double one = 0;
        for (int row = 0; row < a.rows; row++) {
            double weight = weight(a, row * a.columns, a.columns);
            zero += (row & 1) == 0 ? weight : 0;
            one += (row & 1) == 1 ? weight : 0;
        }
        return one / (zero + one);
    }

    /// Applies a matrix that need not be unitary, and scales the state back to weight 1; the weight it had.
    double applySingleNormalised(int site, double[] m) {
        moveCentre(site);
        applySingle(site, m);
        ComplexMatrix a = sites[site];
        double total = weight(a, 0, a.re.length);
        double scale = 1 / Math.sqrt(total);
        for (int i = 0; i < a.re.length; i++) {
            a.re[i] *= scale;
            a.im[i] *= scale;
        }
        return total;
    }

    /// The weight that was cut off so far: an upper bound for 1 minus the fidelity.
    double discarded() {
        return 1 - kept;
    }

    int widestBond() {
        return widest;
    }

    /// Applies a 2 x 2 matrix.
    void applySingle(int site, double[] m) {
        ComplexMatrix a = sites[site];
        int width = a.columns;
        for (int l = 0; l < a.rows / 2; l++) {
            for (int r = 0; r < width; r++) {
                int zero = 2 * l * width + r;
                int one = zero + width;
                double x0 = a.re[zero];
                double y0 = a.im[zero];
                double x1 = a.re[one];
                double y1 = a.im[one];
                a.re[zero] = m[0] * x0 - m[1] * y0 + m[2] * x1 - m[3] * y1;
                a.im[zero] = m[0] * y0 + m[1] * x0 + m[2] * y1 + m[3] * x1;
                a.re[one] = m[4] * x0 - m[5] * y0 + m[6] * x1 - m[7] * y1;
                a.im[one] = m[4] * y0 + m[5] * x0 + m[6] * y1 + m[7] * x1;
            }
        }
    }

    /// Applies a 4 x 4 matrix to a site and its right neighbour; the site's bit is the less significant one.
    ///
    /// @return the weight afterwards, before the state was scaled back to 1: 1 for a unitary matrix
    double applyPair(int site, double[] m) {
        moveCentre(site);
        ComplexMatrix a = sites[site];
        ComplexMatrix b = sites[site + 1];
        int left = a.rows / 2;
        int right = b.columns;
        // Rows (left bond, first bit), columns (second bit, right bond).
        ComplexMatrix both = a.times(b.reshaped(a.columns, 2 * right));
        double[] x = new double[8];
        for (int l = 0; l < left; l++) {
            for (int r = 0; r < right; r++) {
                for (int s = 0; s < 4; s++) {
                    int place = (2 * l + (s & 1)) * 2 * right + (s >> 1) * right + r;
                    x[2 * s] = both.re[place];
                    x[2 * s + 1] = both.im[place];
                }
                for (int s = 0; s < 4; s++) {
                    double re = 0;
                    double im = 0;
                    for (int k = 0; k < 4; k++) {
                        double c = m[2 * (4 * s + k)];
                        double d = m[2 * (4 * s + k) + 1];
                        re += c * x[2 * k] - d * x[2 * k + 1];
                        im += c * x[2 * k + 1] + d * x[2 * k];
                    }
                    int place = (2 * l + (s & 1)) * 2 * right + (s >> 1) * right + r;
                    both.re[place] = re;
                    both.im[place] = im;
                }
            }
        }
        return split(site, both, right);
    }

    private double split(int site, ComplexMatrix both, int right) {
        SingularValues parts = SingularValues.of(both);
        double[] values = parts.values();
        double total = 0;
        for (double value : values) {
            total += value * value;
        }
        int bonds = 0;
        double weight = 0;
        while (bonds < Math.min(values.length, mostBonds) && values[bonds] * values[bonds] > NEGLIGIBLE * total) {
            weight += values[bonds] * values[bonds];
            bonds++;
        }
        kept *= weight / total;
        widest = Math.max(widest, bonds);
        // What is left is scaled back to a state of weight 1.
        double scale = 1 / Math.sqrt(weight);
        ComplexMatrix first = new ComplexMatrix(both.rows, bonds);
        ComplexMatrix second = new ComplexMatrix(bonds, both.columns);
        for (int row = 0; row < both.rows; row++) {
            for (int k = 0; k < bonds; k++) {
                first.re[row * bonds + k] = parts.left().re[row * values.length + k];
                first.im[row * bonds + k] = parts.left().im[row * values.length + k];
            }
        }
        for (int k = 0; k < bonds; k++) {
            for (int column = 0; column < both.columns; column++) {
                int place = k * both.columns + column;
                second.re[place] = parts.right().re[place] * values[k] * scale;
                second.im[place] = parts.right().im[place] * values[k] * scale;
            }
        }
        sites[site] = first;
        sites[site + 1] = second.reshaped(2 * bonds, right);
        centre = site + 1;
        return total;
    }

    private void moveCentre(int site) {
        while (centre < site) {
            SingularValues parts = SingularValues.of(sites[centre]);
            sites[centre] = parts.left();
            ComplexMatrix carried = scaledRows(parts.right(), parts.values());
            ComplexMatrix next = sites[centre + 1];
            sites[centre + 1] = carried.times(next.reshaped(next.rows / 2, 2 * next.columns))
                    .reshaped(2 * carried.rows, next.columns);
            centre++;
        }
        while (centre > site) {
            ComplexMatrix here = sites[centre];
            SingularValues parts = SingularValues.of(here.reshaped(here.rows / 2, 2 * here.columns));
            int bonds = parts.values().length;
            sites[centre] = parts.right().reshaped(2 * bonds, here.columns);
            ComplexMatrix carried =
                    scaledRows(parts.left().adjoint(), parts.values()).adjoint();
            sites[centre - 1] = sites[centre - 1].times(carried);
            centre--;
        }
    }

    private static ComplexMatrix scaledRows(ComplexMatrix matrix, double[] factors) {
        ComplexMatrix result = matrix.reshaped(matrix.rows, matrix.columns);
        for (int row = 0; row < matrix.rows; row++) {
            for (int column = 0; column < matrix.columns; column++) {
                result.re[row * matrix.columns + column] *= factors[row];
                result.im[row * matrix.columns + column] *= factors[row];
            }
        }
        return result;
    }

    /// Brings the state into the form that is sampled from; call it before [#sample].
    void prepareSampling() {
        moveCentre(0);
    }

    /// Draws one outcome for every site, from left to right, each under the condition of those before it.
    BitSet sample(Randomness random) {
        BitSet outcome = new BitSet(sites.length);
        ComplexMatrix vector = new ComplexMatrix(1, 1);
        vector.re[0] = 1;
        for (int site = 0; site < sites.length; site++) {
            ComplexMatrix a = sites[site];
            int width = a.columns;
            ComplexMatrix both = vector.times(a.reshaped(a.rows / 2, 2 * width));
            double zero = weight(both, 0, width);
            double one = weight(both, width, width);
            boolean drawn = random.next() * (zero + one) >= zero;
            outcome.set(site, drawn);
            double scale = 1 / Math.sqrt(drawn ? one : zero);
            vector = new ComplexMatrix(1, width);
            for (int r = 0; r < width; r++) {
                vector.re[r] = both.re[(drawn ? width : 0) + r] * scale;
                vector.im[r] = both.im[(drawn ? width : 0) + r] * scale;
            }
        }
        return outcome;
    }

    private static double weight(ComplexMatrix vector, int from, int length) {
        double sum = 0;
        for (int i = from; i < from + length; i++) {
            sum += vector.re[i] * vector.re[i] + vector.im[i] * vector.im[i];
        }
        return sum;
    }

    /// The amplitude of a basis state given by the bits of the sites: real and imaginary part.
    double[] amplitude(BitSet bits) {
        ComplexMatrix vector = new ComplexMatrix(1, 1);
        vector.re[0] = 1;
        for (int site = 0; site < sites.length; site++) {
            int width = sites[site].columns;
            ComplexMatrix both = vector.times(sites[site].reshaped(sites[site].rows / 2, 2 * width));
            vector = new ComplexMatrix(1, width);
            int from = bits.get(site) ? width : 0;
            System.arraycopy(both.re, from, vector.re, 0, width);
            System.arraycopy(both.im, from, vector.im, 0, width);
        }
        return new double[] {vector.re[0], vector.im[0]};
    }
}
