package org.quantumhub.engine.circuit;

import static java.lang.Math.PI;
import static java.lang.Math.cos;
import static java.lang.Math.sin;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.quantumhub.engine.circuit.Gate.Inverse;
import org.quantumhub.engine.circuit.Gate.MatrixFunction;
import org.quantumhub.engine.circuit.Gate.Recipe;

/// The table of the standard gates.
///
/// A row states names, shape, matrix, inverse and recipe once; readers, writers, documentation and tests derive from
/// it. A recipe uses rows above its own only, so that following recipes always ends at `gphase`, `u` and `cx`.
///
/// Sources of the definitions: `qelib1.inc` and `stdgates.inc` of OpenQASM, the gate lists of Qiskit, of Amazon
/// Braket and of IonQ. Where two of them give a name two meanings, the first one named here wins.
final class StandardGates {
    private static final double R = Math.sqrt(0.5);
    private static final UnaryOperator<double[]> SAME = p -> p;
    private static final UnaryOperator<double[]> NEGATED = p -> {
        double[] result = new double[p.length];
        for (int i = 0; i < p.length; i++) {
            result[i] = -p[i];
        }
        return result;
    };

    private static final Map<String, Gate> TABLE = new LinkedHashMap<>();
    private static final Map<String, String> CONTROLLED = new LinkedHashMap<>();

    static {
        SingleGates.addTo();
        controlled();
        PairGates.addTo();
        many();
    }

    static final Map<String, Gate> BY_NAME = index();
    static final List<Gate> ROWS = List.copyOf(TABLE.values());

    private StandardGates() {}

    static Gate row(String name) {
        Gate gate = TABLE.get(name);
        if (gate == null) {
            throw new IllegalArgumentException("No row " + name);
        }
        return gate;
    }

    /// The row that is this gate under so many more positive controls, or an empty text.
    static String controlledName(Gate gate, int controls) {
        String name = gate.name();
        for (int i = 0; i < controls; i++) {
            name = CONTROLLED.getOrDefault(name, "");
        }
        return name.isEmpty() || !gate.isStandard() ? "" : name;
    }

    private static Map<String, Gate> index() {
        Map<String, Gate> names = new LinkedHashMap<>();
        for (Gate gate : TABLE.values()) {
            register(names, gate.name(), gate);
            for (String alias : gate.aliases()) {
                register(names, alias.toLowerCase(Locale.ROOT), gate);
            }
        }
        return Collections.unmodifiableMap(names);
    }

    private static void register(Map<String, Gate> names, String name, Gate gate) {
        if (names.put(name, gate) != null) {
            throw new IllegalStateException("Two rows are called " + name);
        }
    }

    private static void controlled() {
        wrap(
                "cz",
                "",
                row("z"),
                "z",
                to("cz"),
                (s, p) -> s.add("h", 1).add("cx", 0, 1).add("h", 1));
        wrap(
                "cy",
                "",
                row("y"),
                "y",
                to("cy"),
                (s, p) -> s.add("sdg", 1).add("cx", 0, 1).add("s", 1));
        wrap(
                "ch",
                "",
                row("h"),
                "h",
                to("ch"),
                (s, p) -> s.add("ry", d(-PI / 4), 1).add("cz", 0, 1).add("ry", d(PI / 4), 1));
        wrap(
                "cu3",
                "",
                row("u"),
                "u",
                to("cu3", p -> d(-p[0], -p[2], -p[1])),
                (s, p) -> s.add("p", d((p[2] + p[1]) / 2), 0)
                        .add("p", d((p[2] - p[1]) / 2), 1)
                        .add("cx", 0, 1)
                        .add("u", d(-p[0] / 2, 0, -(p[1] + p[2]) / 2), 1)
                        .add("cx", 0, 1)
                        .add("u", d(p[0] / 2, p[1], 0), 1));
        wrap(
                "cp",
                "cphase cu1 cphaseshift cphaseshift11",
                row("p"),
                "p",
                to("cp", NEGATED),
                (s, p) -> s.add("p", d(p[0] / 2), 0)
                        .add("cx", 0, 1)
                        .add("p", d(-p[0] / 2), 1)
                        .add("cx", 0, 1)
                        .add("p", d(p[0] / 2), 1));
        wrap(
                "crx",
                "",
                row("rx"),
                "rx",
                to("crx", NEGATED),
                (s, p) -> s.add("h", 1)
                        .add("rz", d(p[0] / 2), 1)
                        .add("cx", 0, 1)
                        .add("rz", d(-p[0] / 2), 1)
                        .add("cx", 0, 1)
                        .add("h", 1));
        wrap(
                "cry",
                "",
                row("ry"),
                "ry",
                to("cry", NEGATED),
                (s, p) -> s.add("ry", d(p[0] / 2), 1)
                        .add("cx", 0, 1)
                        .add("ry", d(-p[0] / 2), 1)
                        .add("cx", 0, 1));
        wrap(
                "crz",
                "",
                row("rz"),
                "rz",
                to("crz", NEGATED),
                (s, p) -> s.add("rz", d(p[0] / 2), 1)
                        .add("cx", 0, 1)
                        .add("rz", d(-p[0] / 2), 1)
                        .add("cx", 0, 1));
        wrap("cs", "", row("s"), "s", to("csdg"), (s, p) -> s.add("cp", d(PI / 2), 0, 1));
        wrap("csdg", "", row("sdg"), "sdg", to("cs"), (s, p) -> s.add("cp", d(-PI / 2), 0, 1));
        wrap(
                "csx",
                "cv",
                row("sx"),
                "sx",
                to("csxdg"),
                (s, p) -> s.add("h", 1).add("cs", 0, 1).add("h", 1));
        wrap(
                "csxdg",
                "cvi",
                row("sxdg"),
                "sxdg",
                to("csx"),
                (s, p) -> s.add("h", 1).add("csdg", 0, 1).add("h", 1));
        // The fourth angle is the phase of the core, visible because the core is controlled.
        put(new Gate(
                "cu",
                List.of(),
                4,
                List.of(true),
                1,
                p -> SingleGates.u(p).scaled(cos(p[3]), sin(p[3])),
                to("cu", p -> d(-p[0], -p[2], -p[1], -p[3])),
                (s, p) -> s.add("p", d(p[3]), 0).add("cu3", d(p[0], p[1], p[2]), 0, 1)));
        phaseOn("cphaseshift00", false, false);
        phaseOn("cphaseshift01", false, true);
        phaseOn("cphaseshift10", true, false);
    }

    /// Braket's phase on one of the other three basis states of a pair of qubits.
    private static void phaseOn(String name, boolean first, boolean second) {
        MatrixFunction core = p -> second ? Matrix.phases(0, p[0]) : Matrix.phases(p[0], 0);
        put(new Gate(name, List.of(), 1, List.of(first), 1, core, to(name, NEGATED), (s, p) -> {
            for (int twice = 0; twice < 2; twice++) {
                if (!first) {
                    s.add("x", 0);
                }
                if (!second) {
                    s.add("x", 1);
                }
                if (twice == 0) {
                    s.add("cp", p, 0, 1);
                }
            }
        }));
    }

    private static void many() {
        wrap(
                "ccx",
                "toffoli ccnot",
                row("cx"),
                "cx",
                to("ccx"),
                (s, p) -> s.add("h", 2)
                        .add("cx", 1, 2)
                        .add("tdg", 2)
                        .add("cx", 0, 2)
                        .add("t", 2)
                        .add("cx", 1, 2)
                        .add("tdg", 2)
                        .add("cx", 0, 2)
                        .add("t", 1)
                        .add("t", 2)
                        .add("h", 2)
                        .add("cx", 0, 1)
                        .add("t", 0)
                        .add("tdg", 1)
                        .add("cx", 0, 1));
        wrap(
                "ccz",
                "",
                row("cz"),
                "cz",
                to("ccz"),
                (s, p) -> s.add("h", 2).add("ccx", 0, 1, 2).add("h", 2));
        wrap(
                "cswap",
                "fredkin",
                row("swap"),
                "swap",
                to("cswap"),
                (s, p) -> s.add("cx", 2, 1).add("ccx", 0, 1, 2).add("cx", 2, 1));
        add(
                "rccx",
                "margolus",
                0,
                3,
                p -> relativePhaseToffoli(),
                to("rccx"),
                (s, p) -> s.add("h", 2)
                        .add("t", 2)
                        .add("cx", 1, 2)
                        .add("tdg", 2)
                        .add("cx", 0, 2)
                        .add("t", 2)
                        .add("cx", 1, 2)
                        .add("tdg", 2)
                        .add("h", 2));
        wrap("c3x", "mcx3", row("ccx"), "ccx", to("c3x"), (s, p) -> {
            s.add("h", 3);
            s.add("cp", d(PI / 2), 2, 3).add("ccx", 0, 1, 2);
            s.add("cp", d(-PI / 2), 2, 3).add("ccx", 0, 1, 2);
            doublyControlledPhase(s, PI / 2, 0, 1, 3);
            s.add("h", 3);
        });
        put(new Gate(
                "c3sx",
                List.of("c3sqrtx"),
                0,
                List.of(true, true, true),
                1,
                p -> row("sx").coreMatrix(),
                null,
                (s, p) -> {
                    s.add("h", 3);
                    s.add("cp", d(PI / 4), 2, 3).add("ccx", 0, 1, 2);
                    s.add("cp", d(-PI / 4), 2, 3).add("ccx", 0, 1, 2);
                    doublyControlledPhase(s, PI / 4, 0, 1, 3);
                    s.add("h", 3);
                }));
        wrap("c4x", "mcx4", row("c3x"), "c3x", to("c4x"), (s, p) -> {
            s.add("h", 4);
            s.add("cp", d(PI / 2), 3, 4).add("c3x", 0, 1, 2, 3);
            s.add("cp", d(-PI / 2), 3, 4).add("c3x", 0, 1, 2, 3);
            s.add("h", 4);
            s.add("c3sx", 0, 1, 2, 4);
        });
    }

    /// A phase on the states where three qubits are 1, out of phases on pairs.
    private static void doublyControlledPhase(Gate.Steps s, double angle, int a, int b, int target) {
        s.add("cp", d(angle / 2), b, target).add("cx", a, b);
        s.add("cp", d(-angle / 2), b, target).add("cx", a, b);
        s.add("cp", d(angle / 2), a, target);
    }

    /// Toffoli up to phases (Margolus): -i and i where it flips, -1 at one state.
    private static Matrix relativePhaseToffoli() {
        double[] entries = Matrix.identity(8).toArray();
        set(entries, 8, 3, 3, 0, 0);
        set(entries, 8, 7, 7, 0, 0);
        set(entries, 8, 3, 7, 0, -1);
        set(entries, 8, 7, 3, 0, 1);
        set(entries, 8, 5, 5, -1, 0);
        return Matrix.of(8, entries);
    }

    static void set(double[] entries, int dimension, int row, int column, double re, double im) {
        entries[2 * (row * dimension + column)] = re;
        entries[2 * (row * dimension + column) + 1] = im;
    }

    static Matrix real(int dimension, double... values) {
        double[] entries = new double[2 * values.length];
        for (int i = 0; i < values.length; i++) {
            entries[2 * i] = values[i];
        }
        return Matrix.of(dimension, entries);
    }

    static double[] d(double... values) {
        return values;
    }

    static Inverse to(String gate) {
        return new Inverse(gate, SAME);
    }

    static Inverse to(String gate, UnaryOperator<double[]> parameters) {
        return new Inverse(gate, parameters);
    }

    static UnaryOperator<double[]> negated() {
        return NEGATED;
    }

    static Gate add(
            String name,
            String aliases,
            int parameters,
            int arity,
            MatrixFunction matrix,
            @Nullable Inverse inverse,
            @Nullable Recipe recipe) {
        return put(new Gate(name, words(aliases), parameters, List.of(), arity, matrix, inverse, recipe));
    }

    /// A row that is another row under one more control, which comes first.
    static void wrap(
            String name, String aliases, Gate base, String baseName, Inverse inverse, @Nullable Recipe recipe) {
        List<Boolean> pattern = new ArrayList<>(List.of(true));
        pattern.addAll(base.controlPattern());
        int coreArity = base.arity() - base.controlCount();
        put(new Gate(
                name, words(aliases), base.parameterCount(), pattern, coreArity, base::coreMatrix, inverse, recipe));
        CONTROLLED.put(baseName, name);
    }

    private static Gate put(Gate gate) {
        TABLE.put(gate.name(), gate);
        return gate;
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }
}
