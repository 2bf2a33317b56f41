package org.quantumhub.engine.transpiler;

import java.util.ArrayList;
import java.util.List;
import org.quantumhub.engine.circuit.Matrix;

/// A unitary matrix as a product of matrices that touch two basis states each (Reck and others, 1994).
final class TwoLevels {

    private static final double TOLERANCE = 1e-13;

    private TwoLevels() {}

    /// A turn of two basis states; the first is the upper row.
    record Level(int first, int second, Matrix turn) {}

    /// The factors in the order of time.
    static List<Level> of(Matrix unitary) {
        int n = unitary.dimension();
        double[] u = unitary.toArray();
        List<Level> undoing = new ArrayList<>();
        for (int column = 0; column < n; column++) {
            for (int row = n - 1; row > column; row--) {
                double re = u[2 * (row * n + column)];
                double im = u[2 * (row * n + column) + 1];
                if (Math.hypot(re, im) > TOLERANCE) {
                    undoing.add(eliminate(u, n, column, row));
                }
            }
        }
        List<Level> factors = new ArrayList<>();
        phases(u, n, factors);
        // D = L_k ... L_1 U, so that U = L_1^-1 ... L_k^-1 D, and D comes first in time
        for (Level level : undoing.reversed()) {
            factors.add(new Level(level.first(), level.second(), level.turn().adjoint()));
        }
        return factors;
    }

    /// Turns row and pivot so that the entry below the pivot vanishes.
    private static Level eliminate(double[] u, int n, int column, int row) {
        double are = u[2 * (column * n + column)];
        double aim = u[2 * (column * n + column) + 1];
        double bre = u[2 * (row * n + column)];
        double bim = u[2 * (row * n + column) + 1];
        double r = Math.sqrt(are * are + aim * aim + bre * bre + bim * bim);
        Matrix turn = Matrix.of(2, are / r, -aim / r, bre / r, -bim / r, -bre / r, -bim / r, are / r, aim / r);
        for (int c = 0; c < n; c++) {
            double xre = u[2 * (column * n + c)];
            double xim = u[2 * (column * n + c) + 1];
            double yre = u[2 * (row * n + c)];
            double yim = u[2 * (row * n + c) + 1];
            for (int i = 0; i < 2; i++) {
                int place = 2 * ((i == 0 ? column : row) * n + c);
                u[place] = turn.re(i, 0) * xre - turn.im(i, 0) * xim + turn.re(i, 1) * yre - turn.im(i, 1) * yim;
                u[place + 1] = turn.re(i, 0) * xim + turn.im(i, 0) * xre + turn.re(i, 1) * yim + turn.im(i, 1) * yre;
            }
        }
        return new Level(column, row, turn);
    }

    /// What is left is diagonal: a phase for each pair of neighbouring states.
    private static void phases(double[] u, int n, List<Level> factors) {
        for (int i = 0; i < n; i += 2) {
            double first = Math.atan2(u[2 * (i * n + i) + 1], u[2 * (i * n + i)]);
            int next = i + 1;
            double second = Math.atan2(u[2 * (next * n + next) + 1], u[2 * (next * n + next)]);
            factors.add(new Level(i, next, Matrix.phases(first, second)));
        }
    }
}
