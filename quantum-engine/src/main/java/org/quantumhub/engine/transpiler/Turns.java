package org.quantumhub.engine.transpiler;

import static java.lang.Math.atan2;
import static java.lang.Math.cos;
import static java.lang.Math.hypot;
import static java.lang.Math.sin;

import org.quantumhub.engine.circuit.Matrix;

/// Arithmetic of unitary matrices of dimension 2.
final class Turns {

    static final Matrix X = Matrix.of(2, 0, 0, 1, 0, 1, 0, 0, 0);
    static final Matrix Z = Matrix.phases(0, Math.PI);
    static final Matrix H;

    static {
        double r = Math.sqrt(0.5);
        H = Matrix.of(2, r, 0, r, 0, r, 0, -r, 0);
    }

    private static final double TOLERANCE = 1e-12;

    private Turns() {}

    /// A matrix as `exp(i phase) Rz(left) Ry(middle) Rz(right)`, with the middle angle from 0 to pi.
    record Angles(double phase, double left, double middle, double right) {

        static Angles of(Matrix u) {
            double middle = 2 * atan2(hypot(u.re(1, 0), u.im(1, 0)), hypot(u.re(0, 0), u.im(0, 0)));
            double phase = arg(determinantRe(u), determinantIm(u)) / 2;
            double sum;
            double difference;
            // u00 = e^{i phase} e^{-i (left + right) / 2} cos, u10 = e^{i phase} e^{i (left - right) / 2} sin
            if (cos(middle / 2) < 1e-9) {
                sum = 0;
                difference = 2 * (arg(u.re(1, 0), u.im(1, 0)) - phase);
            } else if (sin(middle / 2) < 1e-9) {
                sum = -2 * (arg(u.re(0, 0), u.im(0, 0)) - phase);
                difference = 0;
            } else {
                sum = -2 * (arg(u.re(0, 0), u.im(0, 0)) - phase);
                difference = 2 * (arg(u.re(1, 0), u.im(1, 0)) - phase);
            }
            return new Angles(phase, (sum + difference) / 2, middle, (sum - difference) / 2);
        }
    }

    private static double arg(double re, double im) {
        return atan2(im, re);
    }

    private static double determinantRe(Matrix u) {
        return u.re(0, 0) * u.re(1, 1) - u.im(0, 0) * u.im(1, 1) - u.re(0, 1) * u.re(1, 0) + u.im(0, 1) * u.im(1, 0);
    }

    private static double determinantIm(Matrix u) {
        return u.re(0, 0) * u.im(1, 1) + u.im(0, 0) * u.re(1, 1) - u.re(0, 1) * u.im(1, 0) - u.im(0, 1) * u.re(1, 0);
    }

    static Matrix rz(double angle) {
        return Matrix.phases(-angle / 2, angle / 2);
    }

    static Matrix ry(double angle) {
        return Matrix.of(2, cos(angle / 2), 0, -sin(angle / 2), 0, sin(angle / 2), 0, cos(angle / 2), 0);
    }

    static Matrix rx(double angle) {
        return Matrix.of(2, cos(angle / 2), 0, 0, -sin(angle / 2), 0, -sin(angle / 2), cos(angle / 2), 0);
    }

    /// A matrix whose square is the given one.
    static Matrix root(Matrix u) {
        double phase = arg(determinantRe(u), determinantIm(u)) / 2;
        Matrix special = u.scaled(cos(-phase), sin(-phase));
        // special = cos(t) - i sin(t) (n . sigma)
        double c = (special.re(0, 0) + special.re(1, 1)) / 2;
        double x = -(special.im(0, 1) + special.im(1, 0)) / 2;
        double y = -(special.re(0, 1) - special.re(1, 0)) / 2;
        double z = -(special.im(0, 0) - special.im(1, 1)) / 2;
        double s = Math.sqrt(x * x + y * y + z * z);
        double t = atan2(s, c);
        double scale = s < TOLERANCE ? 0 : sin(t / 2) / s;
        // minus one has no axis of its own: any will do
        double nz = s < TOLERANCE && c < 0 ? sin(t / 2) : z * scale;
        double nx = x * scale;
        double ny = y * scale;
        double d = cos(t / 2);
        Matrix half = Matrix.of(2, d, -nz, -ny, -nx, ny, -nx, d, nz);
        return half.scaled(cos(phase / 2), sin(phase / 2));
    }

    static boolean isIdentity(Matrix u) {
        return u.distance(Matrix.identity(2)) < TOLERANCE;
    }

    static boolean is(Matrix u, Matrix other) {
        return u.distance(other) < TOLERANCE;
    }
}
