package org.quantumhub.engine.circuit;

/// Eigenvalues and eigenvectors of a small Hermitian matrix, by Jacobi's rotations.
///
/// Each rotation makes one pair of entries off the diagonal zero; they shrink quadratically once they are small
/// (Golub, Van Loan, "Matrix Computations", 8.5).
///
/// @param values in no particular order
/// @param vectors unitary; column k belongs to value k
public record HermitianEigen(double[] values, Matrix vectors) {
    private static final int MOST_ROUNDS = 60;

    /// Decomposes a Hermitian matrix.
    public static HermitianEigen of(Matrix matrix) {
        int n = matrix.dimension();
        double[] a = matrix.toArray();
        double[] v = Matrix.identity(n).toArray();
        double scale = 1e-300;
        for (double entry : a) {
            scale = Math.max(scale, Math.abs(entry));
        }
        for (int round = 0; round < MOST_ROUNDS && largest(a, n) > 1e-15 * scale; round++) {
            for (int p = 0; p < n; p++) {
                for (int q = p + 1; q < n; q++) {
                    rotate(a, v, n, p, q);
                }
            }
        }
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = a[2 * (i * n + i)];
        }
        return new HermitianEigen(values, Matrix.of(n, v));
    }

    private static double largest(double[] a, int n) {
        double largest = 0;
        for (int row = 0; row < n; row++) {
            for (int column = row + 1; column < n; column++) {
                int place = 2 * (row * n + column);
                largest = Math.max(largest, Math.hypot(a[place], a[place + 1]));
            }
        }
        return largest;
    }

    private static void rotate(double[] a, double[] v, int n, int p, int q) {
        double re = a[2 * (p * n + q)];
        double im = a[2 * (p * n + q) + 1];
        double size = Math.hypot(re, im);
        if (size == 0) {
            return;
        }
        double difference = (a[2 * (q * n + q)] - a[2 * (p * n + p)]) / (2 * size);
        double t = Math.copySign(1, difference) / (Math.abs(difference) + Math.hypot(difference, 1));
        double c = 1 / Math.hypot(t, 1);
        double s = t * c;
        // Column p becomes c p - s e^(-i phase) q, column q becomes s e^(i phase) p + c q.
        double x = s * re / size;
        double y = s * im / size;
        for (int k = 0; k < n; k++) {
            columns(a, 2 * (k * n + p), 2 * (k * n + q), c, x, y);
            columns(v, 2 * (k * n + p), 2 * (k * n + q), c, x, y);
        }
        for (int k = 0; k < n; k++) {
            columns(a, 2 * (p * n + k), 2 * (q * n + k), c, x, -y);
        }
    }

    private static void columns(double[] m, int p, int q, double c, double x, double y) {
        double pr = m[p];
        double pi = m[p + 1];
        double qr = m[q];
        double qi = m[q + 1];
        m[p] = c * pr - (x * qr + y * qi);
        m[p + 1] = c * pi - (x * qi - y * qr);
        m[q] = c * qr + (x * pr - y * pi);
        m[q + 1] = c * qi + (x * pi + y * pr);
    }
}
