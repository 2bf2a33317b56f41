package org.quantumhub.engine.qasm;

import org.quantumhub.engine.circuit.HermitianEigen;
import org.quantumhub.engine.circuit.Matrix;

/// Powers of unitary matrices, by their eigenvalues.
///
/// A unitary U is A + iB with Hermitian A and B that commute, so the eigenvectors of almost any sum of multiples of
/// both are those of U. Where two eigenvalues of the sum happen to be alike though those of U are not, another sum is
/// taken.
final class UnitaryPower {
    private static final int TRIES = 12;
    private static final double GOOD = 1e-13;

    private UnitaryPower() {}

    /// The matrix whose eigenvalues are the powers of those of a unitary matrix, their phases taken between -π and π.
    static Matrix of(Matrix unitary, double power) {
        Matrix vectors = Matrix.identity(unitary.dimension());
        Matrix diagonal = unitary;
        double least = offDiagonal(diagonal);
        for (int attempt = 0; attempt < TRIES && least > GOOD; attempt++) {
            Matrix tried = HermitianEigen.of(mixed(unitary, 0.7 + attempt)).vectors();
            Matrix result = tried.adjoint().times(unitary).times(tried);
            if (offDiagonal(result) < least) {
                least = offDiagonal(result);
                vectors = tried;
                diagonal = result;
            }
        }
        double[] phases = new double[unitary.dimension()];
        for (int i = 0; i < phases.length; i++) {
            phases[i] = power * principal(Math.atan2(diagonal.im(i, i), diagonal.re(i, i)));
        }
        return vectors.times(Matrix.phases(phases)).times(vectors.adjoint());
    }

    /// A cos t + B sin t, which is half of exp(-it) U plus its adjoint.
    private static Matrix mixed(Matrix unitary, double t) {
        double[] turned = unitary.scaled(Math.cos(t) / 2, -Math.sin(t) / 2).toArray();
        double[] adjoint =
                unitary.scaled(Math.cos(t) / 2, -Math.sin(t) / 2).adjoint().toArray();
        for (int i = 0; i < turned.length; i++) {
            turned[i] += adjoint[i];
        }
        return Matrix.of(unitary.dimension(), turned);
    }

    private static double offDiagonal(Matrix matrix) {
        double worst = 0;
        for (int row = 0; row < matrix.dimension(); row++) {
            for (int column = 0; column < matrix.dimension(); column++) {
                worst = row == column
                        ? worst
                        : Math.max(worst, Math.hypot(matrix.re(row, column), matrix.im(row, column)));
            }
        }
        return worst;
    }

    /// The root of -1 is i, not -i, however the rounding fell.
    private static double principal(double angle) {
        return angle < -Math.PI + 1e-9 ? angle + 2 * Math.PI : angle;
    }
}
