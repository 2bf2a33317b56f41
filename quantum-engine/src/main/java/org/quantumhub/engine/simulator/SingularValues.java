package org.quantumhub.engine.simulator;

import java.util.Arrays;

/// The singular value decomposition `M = left * diag(values) * right` by one-sided Jacobi rotations.
///
/// The columns of the matrix are rotated against each other in pairs until all are orthogonal (Hestenes, 1958). Slower
/// than other methods for large matrices, but short, and accurate to the last digits for small singular values, which
/// is what truncation decides by. Columns of `left` and rows of `right` belonging to values of 0 are zero.
///
/// @param left rows x k with orthonormal columns
/// @param values k of them, falling
/// @param right k x columns with orthonormal rows
record SingularValues(ComplexMatrix left, double[] values, ComplexMatrix right) {
    private static final int MOST_ROUNDS = 60;
    private static final double ORTHOGONAL = 1e-15;

    static SingularValues of(ComplexMatrix matrix) {
        if (matrix.rows < matrix.columns) {
            SingularValues turned = of(matrix.adjoint());
            return new SingularValues(turned.right.adjoint(), turned.values, turned.left.adjoint());
        }
        // Columns become rows, so that a rotation runs through memory in order.
        ComplexMatrix work = matrix.adjoint();
        ComplexMatrix turns = new ComplexMatrix(matrix.columns, matrix.columns);
        for (int i = 0; i < matrix.columns; i++) {
            turns.re[i * matrix.columns + i] = 1;
        }
        for (int round = 0; round < MOST_ROUNDS && rotateAll(work, turns); round++) {}
        return sorted(work, turns);
    }

    /// One round over all pairs; whether any of them was not orthogonal yet.
    private static boolean rotateAll(ComplexMatrix work, ComplexMatrix turns) {
        boolean any = false;
        for (int p = 0; p < work.rows; p++) {
            for (int q = p + 1; q < work.rows; q++) {
                any |= rotate(work, turns, p, q);
            }
        }
        return any;
    }

    private static boolean rotate(ComplexMatrix work, ComplexMatrix turns, int p, int q) {
        int width = work.columns;
        double alpha = 0;
        double beta = 0;
        double re = 0;
        double im = 0;
        for (int i = 0, a = p * width, b = q * width; i < width; i++, a++, b++) {
            alpha += work.re[a] * work.re[a] + work.im[a] * work.im[a];
            beta += work.re[b] * work.re[b] + work.im[b] * work.im[b];
            re += work.re[a] * work.re[b] + work.im[a] * work.im[b];
            im += work.re[a] * work.im[b] - work.im[a] * work.re[b];
        }
        double gamma = Math.hypot(re, im);
        if (gamma <= ORTHOGONAL * Math.sqrt(alpha * beta) || gamma < Double.MIN_NORMAL) {
            return false;
        }
        double zeta = (beta - alpha) / (2 * gamma);
        double t = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
        double c = 1 / Math.sqrt(1 + t * t);
        turn(work, p, q, c, c * t, re / gamma, im / gamma);
        turn(turns, p, q, c, c * t, re / gamma, im / gamma);
        return true;
    }

    /// Row q is first multiplied by the conjugate of the given phase, then both rows are rotated.
    private static void turn(ComplexMatrix m, int p, int q, double c, double s, double phaseRe, double phaseIm) {
        int width = m.columns;
        for (int i = 0, a = p * width, b = q * width; i < width; i++, a++, b++) {
            double x = m.re[b] * phaseRe + m.im[b] * phaseIm;
            double y = m.im[b] * phaseRe - m.re[b] * phaseIm;
            double u = m.re[a];
            double v = m.im[a];
            m.re[a] = c * u - s * x;
            m.im[a] = c * v - s * y;
            m.re[b] = s * u + c * x;
            m.im[b] = s * v + c * y;
        }
    }

    /// `work` holds the adjoints of the rotated columns, `turns` those of the rotations.
    private static SingularValues sorted(ComplexMatrix work, ComplexMatrix turns) {
        int count = work.rows;
        int width = work.columns;
        double[] norm = new double[count];
        Integer[] order = new Integer[count];
        for (int k = 0; k < count; k++) {
            order[k] = k;
            for (int i = 0; i < width; i++) {
                int place = k * width + i;
                norm[k] += work.re[place] * work.re[place] + work.im[place] * work.im[place];
            }
            norm[k] = Math.sqrt(norm[k]);
        }
        Arrays.sort(order, (a, b) -> Double.compare(norm[b], norm[a]));
        ComplexMatrix left = new ComplexMatrix(width, count);
        ComplexMatrix right = new ComplexMatrix(count, count);
        double[] values = new double[count];
        for (int k = 0; k < count; k++) {
            int from = order[k];
            values[k] = norm[from];
            for (int i = 0; i < width && norm[from] > 0; i++) {
                left.re[i * count + k] = work.re[from * width + i] / norm[from];
                left.im[i * count + k] = -work.im[from * width + i] / norm[from];
            }
            for (int i = 0; i < count; i++) {
                right.re[k * count + i] = turns.re[from * count + i];
                right.im[k * count + i] = turns.im[from * count + i];
            }
        }
        return new SingularValues(left, values, right);
    }
}
