package org.quantumhub.engine.circuit;

import static java.lang.Math.PI;
import static java.lang.Math.cos;
import static java.lang.Math.sin;
import static org.quantumhub.engine.circuit.StandardGates.add;
import static org.quantumhub.engine.circuit.StandardGates.d;
import static org.quantumhub.engine.circuit.StandardGates.negated;
import static org.quantumhub.engine.circuit.StandardGates.real;
import static org.quantumhub.engine.circuit.StandardGates.to;
import static org.quantumhub.engine.circuit.StandardGates.wrap;

/// The rows of the table for gates on a single qubit, and `cx`, which recipes need from the start.
final class SingleGates {
    private static final double R = Math.sqrt(0.5);

    private SingleGates() {}

    static void addTo() {
        fixed();
        rotations();
    }

    private static void fixed() {
        add("gphase", "", 1, 0, p -> Matrix.phases(p[0]), to("gphase", negated()), null);
        add("u", "u3", 3, 1, SingleGates::u, to("u", p -> d(-p[0], -p[2], -p[1])), null);
        Gate x = add("x", "not paulix", 0, 1, p -> real(2, 0, 1, 1, 0), to("x"), (s, p) -> s.add("u", d(PI, 0, PI), 0));
        wrap("cx", "cnot", x, "x", to("cx"), null);
        add("id", "i iden identity", 0, 1, p -> Matrix.identity(2), to("id"), (s, p) -> s.add("u", d(0, 0, 0), 0));
        add("u0", "", 1, 1, p -> Matrix.identity(2), to("u0", p -> p), (s, p) -> s.add("id", 0));
        add("h", "hadamard", 0, 1, p -> real(2, R, R, R, -R), to("h"), (s, p) -> s.add("u", d(PI / 2, 0, PI), 0));
        add(
                "p",
                "phase u1 phaseshift",
                1,
                1,
                p -> Matrix.phases(0, p[0]),
                to("p", negated()),
                (s, p) -> s.add("u", d(0, 0, p[0]), 0));
        add("z", "pauliz", 0, 1, p -> real(2, 1, 0, 0, -1), to("z"), (s, p) -> s.add("p", d(PI), 0));
        add(
                "y",
                "pauliy",
                0,
                1,
                p -> Matrix.of(2, 0, 0, 0, -1, 0, 1, 0, 0),
                to("y"),
                (s, p) -> s.add("u", d(PI, PI / 2, PI / 2), 0));
        add("s", "", 0, 1, p -> Matrix.of(2, 1, 0, 0, 0, 0, 0, 0, 1), to("sdg"), (s, p) -> s.add("p", d(PI / 2), 0));
        add(
                "sdg",
                "si",
                0,
                1,
                p -> Matrix.of(2, 1, 0, 0, 0, 0, 0, 0, -1),
                to("s"),
                (s, p) -> s.add("p", d(-PI / 2), 0));
        add("t", "", 0, 1, p -> Matrix.of(2, 1, 0, 0, 0, 0, 0, R, R), to("tdg"), (s, p) -> s.add("p", d(PI / 4), 0));
        add(
                "tdg",
                "ti",
                0,
                1,
                p -> Matrix.of(2, 1, 0, 0, 0, 0, 0, R, -R),
                to("t"),
                (s, p) -> s.add("p", d(-PI / 4), 0));
        add(
                "sx",
                "v sqrtx",
                0,
                1,
                p -> Matrix.of(2, .5, .5, .5, -.5, .5, -.5, .5, .5),
                to("sxdg"),
                (s, p) -> s.add("h", 0).add("s", 0).add("h", 0));
        add(
                "sxdg",
                "vi",
                0,
                1,
                p -> Matrix.of(2, .5, -.5, .5, .5, .5, .5, .5, -.5),
                to("sx"),
                (s, p) -> s.add("h", 0).add("sdg", 0).add("h", 0));
        add(
                "u2",
                "",
                2,
                1,
                p -> u(d(PI / 2, p[0], p[1])),
                to("u2", p -> d(-p[1] - PI, -p[0] + PI)),
                (s, p) -> s.add("u", d(PI / 2, p[0], p[1]), 0));
    }

    private static void rotations() {
        add("rx", "", 1, 1, p -> prx(p[0], 0), to("rx", negated()), (s, p) -> s.add("u", d(p[0], -PI / 2, PI / 2), 0));
        add(
                "ry",
                "",
                1,
                1,
                p -> real(2, cos(p[0] / 2), -sin(p[0] / 2), sin(p[0] / 2), cos(p[0] / 2)),
                to("ry", negated()),
                (s, p) -> s.add("u", d(p[0], 0, 0), 0));
        add(
                "rz",
                "",
                1,
                1,
                p -> Matrix.phases(-p[0] / 2, p[0] / 2),
                to("rz", negated()),
                (s, p) -> s.phase(-p[0] / 2).add("p", d(p[0]), 0));
        // A rotation about an axis in the plane of X and Y: Braket's prx, Qiskit's r.
        add(
                "prx",
                "r",
                2,
                1,
                p -> prx(p[0], p[1]),
                to("prx", p -> d(-p[0], p[1])),
                (s, p) -> s.add("u", d(p[0], p[1] - PI / 2, PI / 2 - p[1]), 0));
        add(
                "gpi",
                "",
                1,
                1,
                p -> Matrix.of(2, 0, 0, cos(p[0]), -sin(p[0]), cos(p[0]), sin(p[0]), 0, 0),
                to("gpi", p -> p),
                (s, p) -> s.add("u", d(PI, p[0], PI - p[0]), 0));
        add(
                "gpi2",
                "",
                1,
                1,
                p -> prx(PI / 2, p[0]),
                to("gpi2", p -> d(p[0] + PI)),
                (s, p) -> s.add("prx", d(PI / 2, p[0]), 0));
    }

    static Matrix u(double[] p) {
        double c = cos(p[0] / 2);
        double s = sin(p[0] / 2);
        return Matrix.of(
                2,
                c,
                0,
                -s * cos(p[2]),
                -s * sin(p[2]),
                s * cos(p[1]),
                s * sin(p[1]),
                c * cos(p[1] + p[2]),
                c * sin(p[1] + p[2]));
    }

    private static Matrix prx(double angle, double axis) {
        double c = cos(angle / 2);
        double s = sin(angle / 2);
        return Matrix.of(2, c, 0, -s * sin(axis), -s * cos(axis), s * sin(axis), -s * cos(axis), c, 0);
    }
}
