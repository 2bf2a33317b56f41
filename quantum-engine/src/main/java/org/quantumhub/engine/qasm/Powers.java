package org.quantumhub.engine.qasm;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.quantumhub.engine.circuit.CircuitProblem;
import org.quantumhub.engine.circuit.Gate;
import org.quantumhub.engine.circuit.GateInstruction;
import org.quantumhub.engine.circuit.Instruction;
import org.quantumhub.engine.circuit.Matrix;

/// `pow(k) @`: rotations take their angle times k, whole powers are repetitions, and other powers of a gate on one
/// qubit are computed from its eigenvalues, whose phases are taken between -π and π.
final class Powers {
    /// Gates whose only parameter is proportional to the logarithm of their matrix.
    private static final Set<String> ROTATIONS = Set.of(
            "gphase",
            "p",
            "rx",
            "ry",
            "rz",
            "cp",
            "crx",
            "cry",
            "crz",
            "rxx",
            "ryy",
            "rzz",
            "rzx",
            "xy",
            "u0",
            "cphaseshift00",
            "cphaseshift01",
            "cphaseshift10");

    private Powers() {}

    static boolean scales(Gate gate) {
        return ROTATIONS.contains(gate.name());
    }

    static List<Instruction> of(Token at, List<Instruction> base, double power, int most) {
        GateInstruction single = base.size() == 1 && base.getFirst() instanceof GateInstruction gate ? gate : null;
        if (single != null && scales(single.gate())) {
            double angle = single.parameters().getFirst() * power;
            if (!Double.isFinite(angle)) {
                throw at.problem(CircuitProblem.INVALID_VALUE, "This power makes an angle that is not finite.");
            }
            return List.of(new GateInstruction(single.gate(), List.of(angle), single.controls(), single.targets()));
        }
        if (power == Math.rint(power)) {
            return repeated(at, base, power, most);
        }
        if (single != null && single.coreTargets().size() == 1) {
            return List.of(fractional(single, power));
        }
        throw at.problem(
                CircuitProblem.UNSUPPORTED,
                "A power that is not a whole number is only known for gates whose core is a single qubit.");
    }

    private static List<Instruction> repeated(Token at, List<Instruction> base, double power, int most) {
        if (Math.abs(power) * base.size() > most) {
            throw at.problem(
                    CircuitProblem.LIMIT_EXCEEDED,
                    "The circuit has more than " + most + " operations when it is expanded.");
        }
        List<Instruction> once = base;
        if (power < 0) {
            once = new ArrayList<>();
            for (Instruction instruction : base) {
                once.add(instruction instanceof GateInstruction gate ? gate.inverse() : instruction);
            }
            Collections.reverse(once);
        }
        List<Instruction> result = new ArrayList<>();
        for (int i = 0; i < Math.abs(power); i++) {
            result.addAll(once);
        }
        return result;
    }

    private static GateInstruction fractional(GateInstruction gate, double power) {
        Matrix matrix = power(gate.coreMatrix(), power);
        String name = gate.gate().name() + "_to_the_" + power;
        return new GateInstruction(Gate.unitary(name, matrix), List.of(), gate.allControls(), gate.coreTargets());
    }

    /// The power of a unitary 2 x 2 matrix. With eigenvalues a and b, the projector on the first eigenvector is
    /// (U - b) / (a - b).
    private static Matrix power(Matrix u, double k) {
        double traceRe = u.re(0, 0) + u.re(1, 1);
        double traceIm = u.im(0, 0) + u.im(1, 1);
        double detRe =
                u.re(0, 0) * u.re(1, 1) - u.im(0, 0) * u.im(1, 1) - u.re(0, 1) * u.re(1, 0) + u.im(0, 1) * u.im(1, 0);
        double detIm =
                u.re(0, 0) * u.im(1, 1) + u.im(0, 0) * u.re(1, 1) - u.re(0, 1) * u.im(1, 0) - u.im(0, 1) * u.re(1, 0);
        // The eigenvalues are exp(i (alpha ± beta)): alpha from the determinant, beta from the trace.
        double alpha = Math.atan2(detIm, detRe) / 2;
        double half = (traceRe * Math.cos(alpha) + traceIm * Math.sin(alpha)) / 2;
        double beta = Math.acos(Math.max(-1, Math.min(1, half)));
        double first = principal(alpha + beta);
        double second = principal(alpha - beta);
        if (Math.sin(beta) < 1e-9) {
            return Matrix.phases(first * k, first * k);
        }
        double re = Math.cos(first) - Math.cos(second);
        double im = Math.sin(first) - Math.sin(second);
        double norm = re * re + im * im;
        double[] entries = new double[8];
        for (int row = 0; row < 2; row++) {
            for (int column = 0; column < 2; column++) {
                double x = u.re(row, column) - (row == column ? Math.cos(second) : 0);
                double y = u.im(row, column) - (row == column ? Math.sin(second) : 0);
                double projectorRe = (x * re + y * im) / norm;
                double projectorIm = (y * re - x * im) / norm;
                double restRe = (row == column ? 1 : 0) - projectorRe;
                double c = Math.cos(first * k);
                double s = Math.sin(first * k);
                double d = Math.cos(second * k);
                double t = Math.sin(second * k);
                int place = 2 * (2 * row + column);
                entries[place] = c * projectorRe - s * projectorIm + d * restRe + t * projectorIm;
                entries[place + 1] = c * projectorIm + s * projectorRe - d * projectorIm + t * restRe;
            }
        }
        return Matrix.of(2, entries);
    }

    private static double principal(double angle) {
        double turned = Math.IEEEremainder(angle, 2 * Math.PI);
        // The root of -1 is i, not -i, however the rounding fell.
        return turned < -Math.PI + 1e-9 ? turned + 2 * Math.PI : turned;
    }
}
