package org.quantumhub.engine.circuit;

import static java.lang.Math.PI;
import static java.lang.Math.cos;
import static java.lang.Math.sin;
import static org.quantumhub.engine.circuit.StandardGates.add;
import static org.quantumhub.engine.circuit.StandardGates.d;
import static org.quantumhub.engine.circuit.StandardGates.negated;
import static org.quantumhub.engine.circuit.StandardGates.real;
import static org.quantumhub.engine.circuit.StandardGates.set;
import static org.quantumhub.engine.circuit.StandardGates.to;

/// The rows of the table for gates that treat two qubits as a pair instead of one as a control.
final class PairGates {
    private static final double R = Math.sqrt(0.5);

    private PairGates() {}

    static void addTo() {
        exchanges();
        rotations();
        excitations();
    }

    private static void exchanges() {
        add(
                "swap",
                "",
                0,
                2,
                p -> real(4, 1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1),
                to("swap"),
                (s, p) -> s.add("cx", 0, 1).add("cx", 1, 0).add("cx", 0, 1));
        add(
                "iswap",
                "",
                0,
                2,
                p -> exchange(0, 1),
                to("iswapdg"),
                (s, p) -> s.add("s", 0)
                        .add("s", 1)
                        .add("h", 0)
                        .add("cx", 0, 1)
                        .add("cx", 1, 0)
                        .add("h", 1));
        add(
                "iswapdg",
                "",
                0,
                2,
                p -> exchange(0, -1),
                to("iswap"),
                (s, p) -> s.add("h", 1)
                        .add("cx", 1, 0)
                        .add("cx", 0, 1)
                        .add("h", 0)
                        .add("sdg", 1)
                        .add("sdg", 0));
        add(
                "pswap",
                "",
                1,
                2,
                p -> exchange(cos(p[0]), sin(p[0])),
                to("pswap", negated()),
                (s, p) -> s.add("swap", 0, 1).add("cx", 0, 1).add("p", p, 1).add("cx", 0, 1));
        add(
                "dcx",
                "",
                0,
                2,
                p -> real(4, 1, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 1, 0),
                null,
                (s, p) -> s.add("cx", 0, 1).add("cx", 1, 0));
        add(
                "rzx",
                "zx",
                1,
                2,
                p -> rzx(p[0]),
                to("rzx", negated()),
                (s, p) -> s.add("h", 1)
                        .add("cx", 0, 1)
                        .add("rz", p, 1)
                        .add("cx", 0, 1)
                        .add("h", 1));
        add(
                "ecr",
                "",
                0,
                2,
                p -> ecr(),
                to("ecr"),
                (s, p) -> s.add("rzx", d(PI / 4), 0, 1).add("x", 0).add("rzx", d(-PI / 4), 0, 1));
    }

    private static void rotations() {
        add(
                "rzz",
                "zz",
                1,
                2,
                p -> rzz(p[0]),
                to("rzz", negated()),
                (s, p) -> s.add("cx", 0, 1).add("rz", p, 1).add("cx", 0, 1));
        add(
                "rxx",
                "xx",
                1,
                2,
                p -> corners(p[0], 0, -1, -1),
                to("rxx", negated()),
                (s, p) -> s.add("h", 0)
                        .add("h", 1)
                        .add("rzz", p, 0, 1)
                        .add("h", 0)
                        .add("h", 1));
        add(
                "ryy",
                "yy",
                1,
                2,
                p -> corners(p[0], 0, 1, -1),
                to("ryy", negated()),
                (s, p) -> s.add("rx", d(PI / 2), 0)
                        .add("rx", d(PI / 2), 1)
                        .add("rzz", p, 0, 1)
                        .add("rx", d(-PI / 2), 0)
                        .add("rx", d(-PI / 2), 1));
        // IonQ's Mølmer-Sørensen gate with its three angles in radians, the way Braket takes them.
        add(
                "ms",
                "",
                3,
                2,
                p -> molmerSorensen(p[0], p[1], p[2]),
                to("ms", p -> d(p[0] + PI, p[1], p[2])),
                (s, p) -> s.add("rz", d(-p[0]), 0)
                        .add("rz", d(-p[1]), 1)
                        .add("rxx", d(p[2]), 0, 1)
                        .add("rz", d(p[0]), 0)
                        .add("rz", d(p[1]), 1));
    }

    private static void excitations() {
        add(
                "xx_plus_yy",
                "xxplusyy",
                2,
                2,
                p -> middle(p[0], p[1], 1),
                to("xx_plus_yy", p -> d(-p[0], p[1])),
                (s, p) -> s.add("rz", d(p[1]), 0)
                        .add("rxx", d(p[0] / 2), 0, 1)
                        .add("ryy", d(p[0] / 2), 0, 1)
                        .add("rz", d(-p[1]), 0));
        add(
                "xx_minus_yy",
                "xxminusyy",
                2,
                2,
                p -> outer(p[0], p[1]),
                to("xx_minus_yy", p -> d(-p[0], p[1])),
                (s, p) -> s.add("rz", d(-p[1]), 0)
                        .add("rxx", d(p[0] / 2), 0, 1)
                        .add("ryy", d(-p[0] / 2), 0, 1)
                        .add("rz", d(p[1]), 0));
        add(
                "xy",
                "",
                1,
                2,
                p -> middle(-p[0], 0, 1),
                to("xy", negated()),
                (s, p) -> s.add("xx_plus_yy", d(-p[0], 0), 0, 1));
        add(
                "fsim",
                "",
                2,
                2,
                p -> fermionic(p[0], p[1]),
                to("fsim", negated()),
                (s, p) -> s.add("xx_plus_yy", d(2 * p[0], 0), 0, 1).add("cp", d(-p[1]), 0, 1));
    }

    /// Exchanges the two middle states with the given factor.
    private static Matrix exchange(double re, double im) {
        return Matrix.of(
                4, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, re, im, 0, 0, 0, 0, re, im, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0);
    }

    private static Matrix rzz(double angle) {
        return Matrix.phases(-angle / 2, angle / 2, angle / 2, -angle / 2);
    }

    /// exp(-i θ/2 Z X): Z on the first operand, X on the second.
    private static Matrix rzx(double angle) {
        double c = cos(angle / 2);
        double s = sin(angle / 2);
        return Matrix.of(
                4, c, 0, 0, 0, 0, -s, 0, 0, 0, 0, c, 0, 0, 0, 0, s, 0, -s, 0, 0, c, 0, 0, 0, 0, 0, 0, s, 0, 0, c, 0);
    }

    private static Matrix ecr() {
        return Matrix.of(
                4, 0, 0, R, 0, 0, 0, 0, R, R, 0, 0, 0, 0, -R, 0, 0, 0, 0, 0, R, 0, 0, R, 0, 0, -R, 0, 0, R, 0, 0, 0);
    }

    /// cos on the diagonal, `i sin` times the given signs on the other one: outside at phase `beta`, inside without.
    private static Matrix corners(double angle, double beta, double outside, double inside) {
        double c = cos(angle / 2);
        double s = sin(angle / 2);
        double[] entries = new double[32];
        for (int i = 0; i < 4; i++) {
            set(entries, 4, i, i, c, 0);
        }
        set(entries, 4, 0, 3, outside * s * sin(beta), outside * s * cos(beta));
        set(entries, 4, 3, 0, -outside * s * sin(beta), outside * s * cos(beta));
        set(entries, 4, 1, 2, 0, inside * s);
        set(entries, 4, 2, 1, 0, inside * s);
        return Matrix.of(4, entries);
    }

    private static Matrix molmerSorensen(double first, double second, double angle) {
        double c = cos(angle / 2);
        double s = sin(angle / 2);
        double[] entries = new double[32];
        for (int i = 0; i < 4; i++) {
            set(entries, 4, i, i, c, 0);
        }
        double sum = first + second;
        double difference = first - second;
        set(entries, 4, 0, 3, -s * sin(sum), -s * cos(sum));
        set(entries, 4, 3, 0, s * sin(sum), -s * cos(sum));
        // Index 1 is the state with the first qubit excited, so it carries the phase of the first angle.
        set(entries, 4, 2, 1, -s * sin(difference), -s * cos(difference));
        set(entries, 4, 1, 2, s * sin(difference), -s * cos(difference));
        return Matrix.of(4, entries);
    }

    /// Rotates within the two states with one excitation.
    private static Matrix middle(double angle, double beta, double rest) {
        double c = cos(angle / 2);
        double s = sin(angle / 2);
        double[] entries = new double[32];
        set(entries, 4, 0, 0, rest, 0);
        set(entries, 4, 3, 3, rest, 0);
        set(entries, 4, 1, 1, c, 0);
        set(entries, 4, 2, 2, c, 0);
        set(entries, 4, 1, 2, -s * sin(beta), -s * cos(beta));
        set(entries, 4, 2, 1, s * sin(beta), -s * cos(beta));
        return Matrix.of(4, entries);
    }

    /// Rotates between no and two excitations.
    private static Matrix outer(double angle, double beta) {
        double c = cos(angle / 2);
        double s = sin(angle / 2);
        double[] entries = new double[32];
        set(entries, 4, 0, 0, c, 0);
        set(entries, 4, 3, 3, c, 0);
        set(entries, 4, 1, 1, 1, 0);
        set(entries, 4, 2, 2, 1, 0);
        set(entries, 4, 0, 3, -s * sin(beta), -s * cos(beta));
        set(entries, 4, 3, 0, s * sin(beta), -s * cos(beta));
        return Matrix.of(4, entries);
    }

    private static Matrix fermionic(double theta, double phi) {
        double[] entries = middle(2 * theta, 0, 1).toArray();
        set(entries, 4, 3, 3, cos(phi), -sin(phi));
        return Matrix.of(4, entries);
    }
}
