package org.quantumhub.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.quantumhub.engine.circuit.Channel;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitBuilder;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitLimits;
import org.quantumhub.engine.circuit.CircuitProblem;
import org.quantumhub.engine.circuit.ClassicalExpression;
import org.quantumhub.engine.circuit.Control;
import org.quantumhub.engine.circuit.Gate;
import org.quantumhub.engine.circuit.GateInstruction;
import org.quantumhub.engine.circuit.Instruction;
import org.quantumhub.engine.circuit.Matrix;
import org.quantumhub.engine.json.CircuitJson;
import org.quantumhub.engine.json.IonqJson;
import org.quantumhub.engine.qasm.OpenQasm;
import org.quantumhub.engine.simulator.RandomCircuits;
import org.quantumhub.engine.simulator.ReferenceSimulator;

/// Random circuits from format to format: the unitary stays the same, or the writer names the instruction.
class RoundTripTest {
    private static final int CIRCUITS = 10_000;
    private static final long SEED = 20_261_121;
    private static final CircuitLimits LIMITS = CircuitLimits.defaults();

    enum Format {
        OPENQASM_2,
        OPENQASM_3,
        CIRCUIT_JSON,
        IONQ_QIS,
        IONQ_NATIVE;

        String write(Circuit circuit) {
            return switch (this) {
                case OPENQASM_2 -> OpenQasm.write2(circuit);
                case OPENQASM_3 -> OpenQasm.write3(circuit);
                case CIRCUIT_JSON -> CircuitJson.write(circuit);
                case IONQ_QIS -> IonqJson.write(circuit);
                case IONQ_NATIVE -> IonqJson.writeNative(circuit);
            };
        }

        Circuit read(String text) {
            return switch (this) {
                case OPENQASM_2, OPENQASM_3 -> OpenQasm.parse(text, LIMITS);
                case CIRCUIT_JSON -> CircuitJson.read(text, LIMITS);
                case IONQ_QIS, IONQ_NATIVE -> IonqJson.read(text, LIMITS);
            };
        }

        boolean losesGlobalPhase() {
            return this == IONQ_QIS;
        }
    }

    /// Each circuit goes into one format, and from there into each of the five.
    @Test
    void keeps_the_unitary_of_random_circuits_between_all_pairs_of_formats() {
        int[][] kept = new int[5][5];
        Map<Format, Integer> refused = new EnumMap<>(Format.class);
        for (int i = 0; i < CIRCUITS; i++) {
            Random random = new Random(SEED + i);
            Circuit circuit = i % 10 == 9 ? nativeCircuit(random) : unitary(random);
            Format first = i % 10 == 9 ? Format.values()[i / 10 % 5] : Format.values()[i % 5];
            Circuit once = through(first, circuit, refused);
            if (once == null) {
                continue;
            }
            double[][] expected = columns(circuit);
            for (Format second : Format.values()) {
                Circuit twice = through(second, once, refused);
                if (twice != null) {
                    boolean phase = first.losesGlobalPhase() || second.losesGlobalPhase();
                    assertThat(distance(expected, columns(twice), phase))
                            .as("seed %d, %s to %s: %s", SEED + i, first, second, circuit)
                            .isLessThan(1e-10);
                    kept[first.ordinal()][second.ordinal()]++;
                }
            }
        }
        System.out.println("Round trips from seed " + SEED + ": " + Arrays.deepToString(kept) + ", refused " + refused);
        for (int[] row : kept) {
            assertThat(Arrays.stream(row, 0, 4).min().orElseThrow()).isGreaterThan(150);
        }
        // The other formats take native gates apart, and what has been taken apart is not native any more.
        assertThat(kept[Format.CIRCUIT_JSON.ordinal()][Format.IONQ_NATIVE.ordinal()])
                .isGreaterThan(150);
        assertThat(kept[Format.IONQ_NATIVE.ordinal()][Format.IONQ_NATIVE.ordinal()])
                .isGreaterThan(150);
    }

    private static @Nullable Circuit through(Format format, Circuit circuit, Map<Format, Integer> refused) {
        String text;
        try {
            text = format.write(circuit);
        } catch (CircuitException e) {
            assertThat(e.code()).isEqualTo(CircuitProblem.UNSUPPORTED);
            assertThat(e.path()).matches("/instructions/[0-9]+");
            int place = Integer.parseInt(e.path().substring("/instructions/".length()));
            GateInstruction culprit = (GateInstruction) circuit.instructions().get(place);
            assertThat(e).hasMessageContaining("'" + culprit.displayName() + "'");
            refused.merge(format, 1, Integer::sum);
            return null;
        }
        return format.read(text);
    }

    private static Circuit unitary(Random random) {
        int qubits = random.nextInt(8) == 0 ? 4 : 2 + random.nextInt(2);
        CircuitBuilder builder = Circuit.builder(qubits, 0);
        for (int gates = 2 + random.nextInt(3); gates > 0; gates--) {
            switch (random.nextInt(12)) {
                case 0 -> builder.add(matrix(1, qubits, random));
                case 1 -> {
                    if (random.nextInt(4) == 0) {
                        builder.add(matrix(2, qubits, random));
                    }
                }
                default -> builder.add(RandomCircuits.anyGate(qubits, random));
            }
        }
        return builder.build();
    }

    /// A gate given by its matrix, sometimes under a control of either kind.
    private static GateInstruction matrix(int size, int qubits, Random random) {
        Matrix matrix = Matrix.identity(1 << size);
        for (int i = 0; i < 4; i++) {
            CircuitBuilder one = Circuit.builder(size, 0).add(RandomCircuits.anyGate(size, random));
            double[][] columns = columns(one.build());
            double[] entries = new double[2 << 2 * size];
            for (int row = 0; row < columns.length; row++) {
                for (int column = 0; column < columns.length; column++) {
                    entries[2 * (row * columns.length + column)] = columns[column][2 * row];
                    entries[2 * (row * columns.length + column) + 1] = columns[column][2 * row + 1];
                }
            }
            matrix = Matrix.of(1 << size, entries).times(matrix);
        }
        List<Integer> order = new ArrayList<>();
        for (int q = 0; q < qubits; q++) {
            order.add(q);
        }
        Collections.shuffle(order, random);
        boolean controlled = size < qubits && random.nextInt(3) == 0;
        List<Control> controls = controlled ? List.of(new Control(order.get(size), random.nextBoolean())) : List.of();
        return new GateInstruction(Gate.unitary("mine", matrix), List.of(), controls, order.subList(0, size));
    }

    private static Circuit nativeCircuit(Random random) {
        int qubits = 2 + random.nextInt(2);
        CircuitBuilder builder = Circuit.builder(qubits, 0);
        for (int gates = 3 + random.nextInt(6); gates > 0; gates--) {
            int first = random.nextInt(qubits);
            int second = (first + 1 + random.nextInt(qubits - 1)) % qubits;
            double a = random.nextDouble(-7, 7);
            double b = random.nextDouble(-7, 7);
            switch (random.nextInt(4)) {
                case 0 -> builder.gate("gpi", List.of(a), first);
                case 1 -> builder.gate("gpi2", List.of(a), first);
                case 2 -> builder.gate("ms", List.of(a, b, random.nextDouble(-3, 3)), first, second);
                default -> builder.gate("rzz", List.of(a), first, second);
            }
        }
        return builder.build();
    }

    /// The unitary of a circuit of gates, column by column, real and imaginary part in turn.
    private static double[][] columns(Circuit circuit) {
        int dimension = 1 << circuit.qubitCount();
        double[][] columns = new double[dimension][2 * dimension];
        for (int column = 0; column < dimension; column++) {
            columns[column][2 * column] = 1;
        }
        for (Instruction instruction : circuit.instructions()) {
            GateInstruction gate = (GateInstruction) instruction;
            Matrix matrix = gate.coreMatrix();
            int[] offsets = new int[matrix.dimension()];
            int inside = 0;
            for (int k = 0; k < offsets.length; k++) {
                for (int bit = 0; bit < gate.coreTargets().size(); bit++) {
                    offsets[k] |= (k >> bit & 1) << gate.coreTargets().get(bit);
                }
                inside |= offsets[k];
            }
            int care = inside;
            int must = 0;
            for (Control control : gate.allControls()) {
                care |= 1 << control.qubit();
                must |= control.positive() ? 1 << control.qubit() : 0;
            }
            for (double[] state : columns) {
                apply(matrix, offsets, care, must, state);
            }
        }
        return columns;
    }

    private static void apply(Matrix matrix, int[] offsets, int care, int must, double[] state) {
        double[] before = new double[2 * offsets.length];
        for (int base = 0; 2 * base < state.length; base++) {
            if ((base & care) != must) {
                continue;
            }
            for (int k = 0; k < offsets.length; k++) {
                before[2 * k] = state[2 * (base | offsets[k])];
                before[2 * k + 1] = state[2 * (base | offsets[k]) + 1];
            }
            for (int row = 0; row < offsets.length; row++) {
                double re = 0;
                double im = 0;
                for (int k = 0; k < offsets.length; k++) {
                    re += matrix.re(row, k) * before[2 * k] - matrix.im(row, k) * before[2 * k + 1];
                    im += matrix.re(row, k) * before[2 * k + 1] + matrix.im(row, k) * before[2 * k];
                }
                state[2 * (base | offsets[row])] = re;
                state[2 * (base | offsets[row]) + 1] = im;
            }
        }
    }

    private static double distance(double[][] a, double[][] b, boolean upToPhase) {
        double re = 1;
        double im = 0;
        if (upToPhase) {
            re = 0;
            for (int column = 0; column < a.length; column++) {
                for (int i = 0; i < a[column].length; i += 2) {
                    re += a[column][i] * b[column][i] + a[column][i + 1] * b[column][i + 1];
                    im += a[column][i + 1] * b[column][i] - a[column][i] * b[column][i + 1];
                }
            }
            double length = Math.hypot(re, im);
            re /= length;
            im /= length;
        }
        double worst = 0;
        for (int column = 0; column < a.length; column++) {
            for (int i = 0; i < a[column].length; i += 2) {
                double x = re * b[column][i] - im * b[column][i + 1];
                double y = re * b[column][i + 1] + im * b[column][i];
                worst = Math.max(worst, Math.hypot(a[column][i] - x, a[column][i + 1] - y));
            }
        }
        // Written so that what is not a number counts as far away.
        return worst <= 2 ? worst : Double.MAX_VALUE;
    }

    /// Measurements, resets, noise and conditions: what comes back gives the same distribution, or is refused.
    @Test
    void keeps_the_outcomes_of_circuits_that_measure_between_all_pairs_of_formats() {
        int kept = 0;
        for (int i = 0; i < 200; i++) {
            Random random = new Random(SEED - 1 - i);
            Circuit circuit = measuring(random);
            Map<String, Double> expected = ReferenceSimulator.distribution(circuit);
            for (Format first : Format.values()) {
                Circuit once = tried(first, circuit);
                if (once == null) {
                    continue;
                }
                for (Format second : Format.values()) {
                    Circuit twice = tried(second, once);
                    if (twice != null) {
                        Map<String, Double> found = ReferenceSimulator.distribution(twice);
                        for (String outcome : expected.keySet()) {
                            assertThat(found.getOrDefault(outcome, 0.0))
                                    .as("seed %d, %s to %s", SEED - 1 - i, first, second)
                                    .isCloseTo(expected.get(outcome), within(1e-9));
                        }
                        kept++;
                    }
                }
            }
        }
        System.out.println("Round trips of measuring circuits below seed " + SEED + ": " + kept);
        assertThat(kept).isGreaterThan(1000);
    }

    private static @Nullable Circuit tried(Format format, Circuit circuit) {
        String text;
        try {
            text = format.write(circuit);
        } catch (CircuitException e) {
            assertThat(e.code()).isEqualTo(CircuitProblem.UNSUPPORTED);
            return null;
        }
        return format.read(text);
    }

    private static Circuit measuring(Random random) {
        int qubits = 2 + random.nextInt(2);
        CircuitBuilder builder =
                Circuit.builder(qubits, qubits).register("q", 1).register("x", qubits - 1);
        int style = random.nextInt(4);
        for (int steps = 5; steps > 0; steps--) {
            switch (random.nextInt(8)) {
                case 0 -> {
                    if (style > 0) {
                        builder.measure(random.nextInt(qubits), random.nextInt(qubits));
                    }
                }
                case 1 -> {
                    if (style > 1) {
                        builder.reset(random.nextInt(qubits));
                    }
                }
                case 2 -> {
                    if (style > 1) {
                        builder.add(new Instruction.Conditional(
                                ClassicalExpression.equal(List.of(0), random.nextInt(2)),
                                List.of(
                                        RandomCircuits.anyGate(qubits, random),
                                        new Instruction.Measure(random.nextInt(qubits), random.nextInt(qubits)),
                                        RandomCircuits.anyGate(qubits, random))));
                    }
                }
                case 3 -> {
                    if (style > 2) {
                        builder.add(new Instruction.Noise(
                                random.nextBoolean() ? Channel.bitFlip(0.2) : Channel.amplitudeDamping(0.3),
                                List.of(random.nextInt(qubits))));
                    }
                }
                default -> builder.add(RandomCircuits.anyGate(qubits, random));
            }
        }
        return builder.measureAll().build();
    }

    @Test
    void renames_registers_that_a_version_would_take_for_something_else() {
        Circuit circuit = Circuit.builder(1, 3)
                .register("q", 1)
                .register("cx", 1)
                .register("pi", 1)
                .gate("x", 0)
                .measure(0, 1)
                .build();
        for (Format format : List.of(Format.OPENQASM_2, Format.OPENQASM_3)) {
            assertThat(ReferenceSimulator.distribution(format.read(format.write(circuit))))
                    .containsOnlyKeys("010");
        }
    }

    @Test
    void says_gates_under_seven_controls_without_a_word_for_them() {
        for (boolean positive : new boolean[] {true, false}) {
            CircuitBuilder builder = Circuit.builder(8, 0);
            List<Control> controls = new ArrayList<>();
            for (int q = 0; q < 7; q++) {
                builder.gate("ry", List.of(0.5 + q), q);
                controls.add(new Control(q, positive || q % 2 == 0));
            }
            builder.gate("ry", List.of(0.3), 7);
            builder.add(
                    new GateInstruction(Gate.find("u").orElseThrow(), List.of(0.4, 0.5, 0.6), controls, List.of(7)));
            builder.add(new GateInstruction(Gate.find("x").orElseThrow(), List.of(), controls, List.of(7)));
            Circuit circuit = builder.build();
            double[][] expected = ReferenceSimulator.amplitudes(circuit);
            for (Format format : List.of(Format.OPENQASM_2, Format.OPENQASM_3, Format.CIRCUIT_JSON)) {
                double[][] found = columns(format.read(format.write(circuit)));
                for (int i = 0; i < expected.length; i++) {
                    assertThat(Math.hypot(found[0][2 * i] - expected[i][0], found[0][2 * i + 1] - expected[i][1]))
                            .isLessThan(1e-10);
                }
            }
        }
        Circuit wide = Circuit.builder(13, 0)
                .add(new GateInstruction(
                        Gate.find("x").orElseThrow(),
                        List.of(),
                        IntStream.range(0, 12).mapToObj(Control::on).toList(),
                        List.of(12)))
                .build();
        assertThatThrownBy(() -> OpenQasm.write2(wide))
                .isInstanceOf(CircuitException.class)
                .hasMessageContaining("'c12-x'")
                .hasMessageContaining("12 controls");
    }

    @Test
    void never_asks_a_register_again_that_changed_since_the_condition() {
        Circuit circuit = Circuit.builder(2, 1)
                .gate("x", 0)
                .add(new Instruction.Conditional(
                        ClassicalExpression.equal(List.of(0), 0),
                        List.of(new Instruction.Measure(0, 0), RandomCircuits.anyGate(1, new Random(1)))))
                .build();
        assertThatThrownBy(() -> OpenQasm.write2(circuit)).isInstanceOfSatisfying(CircuitException.class, e -> {
            assertThat(e).hasMessageContaining("changes while");
            assertThat(e.path()).isEqualTo("/instructions/1");
        });
    }
}
