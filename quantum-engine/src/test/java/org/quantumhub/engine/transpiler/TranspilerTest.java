package org.quantumhub.engine.transpiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitBuilder;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.Control;
import org.quantumhub.engine.circuit.Gate;
import org.quantumhub.engine.circuit.GateInstruction;
import org.quantumhub.engine.circuit.Instruction;
import org.quantumhub.engine.circuit.Matrix;
import org.quantumhub.engine.simulator.ReferenceSimulator;

class TranspilerTest {

    /// A ladder of two rows, where distant partners need swaps.
    private static final Topology LADDER = Topology.of(
            8,
            List.of(
                    new int[] {0, 1},
                    new int[] {1, 2},
                    new int[] {2, 3},
                    new int[] {4, 5},
                    new int[] {5, 6},
                    new int[] {6, 7},
                    new int[] {0, 4},
                    new int[] {3, 7}));

    static Stream<Arguments> everyGateInEveryFamily() {
        return Stream.of(NativeGates.values())
                .flatMap(family -> Gate.standard().stream()
                        .filter(gate -> gate.arity() > 0)
                        .map(gate -> Arguments.of(family, gate)));
    }

    @ParameterizedTest(name = "{1} in {0}")
    @MethodSource("everyGateInEveryFamily")
    void every_gate_of_the_table_is_written_in_every_family(NativeGates family, Gate gate) {
        List<Double> parameters = new ArrayList<>();
        for (int i = 0; i < gate.parameterCount(); i++) {
            parameters.add(0.3 + 0.7 * i);
        }
        int[] qubits = new int[gate.arity()];
        java.util.Arrays.setAll(qubits, i -> qubits.length - 1 - i);
        CircuitBuilder builder = Circuit.builder(gate.arity(), 0);
        for (int qubit = 0; qubit < gate.arity(); qubit++) {
            builder.gate("u", List.of(0.4 + qubit, 0.2, 1.1 * qubit), qubit);
        }
        Circuit circuit = builder.gate(gate.name(), parameters, qubits).build();
        Compiled compiled = Transpiler.compile(circuit, new Target(LADDER, family));
        assertThat(compiled.verified()).isTrue();
        runsOn(compiled, family, LADDER);
    }

    @ParameterizedTest
    @EnumSource(NativeGates.class)
    void random_circuits_keep_their_distribution(NativeGates family) {
        for (int seed = 1; seed <= 5; seed++) {
            Circuit circuit = random(5, 30, seed);
            Compiled compiled = Transpiler.compile(circuit, new Target(LADDER, family));
            runsOn(compiled, family, LADDER);
            Map<String, Double> wanted = ReferenceSimulator.distribution(circuit);
            Map<String, Double> found = ReferenceSimulator.distribution(compiled.compact());
            wanted.forEach((bits, probability) -> assertThat(found.getOrDefault(bits, 0.0))
                    .as("%s, seed of the circuit above", bits)
                    .isCloseTo(probability, within(1e-9)));
        }
    }

    @Test
    void matrices_and_many_controls_are_taken_apart() {
        Random random = new Random(11);
        CircuitBuilder mixed = Circuit.builder(3, 0);
        for (int i = 0; i < 6; i++) {
            mixed.gate("u", List.of(random.nextDouble(), random.nextDouble(), random.nextDouble()), i % 3);
            mixed.gate("cx", i % 3, (i + 1) % 3);
        }
        double[] entries = new double[2 * 64];
        Circuit columns = mixed.build();
        for (int column = 0; column < 8; column++) {
            CircuitBuilder basis = Circuit.builder(3, 0);
            for (int bit = 0; bit < 3; bit++) {
                if ((column >> bit & 1) == 1) {
                    basis.gate("x", bit);
                }
            }
            columns.instructions().forEach(basis::add);
            double[][] amplitudes = ReferenceSimulator.amplitudes(basis.build());
            for (int row = 0; row < 8; row++) {
                entries[2 * (row * 8 + column)] = amplitudes[row][0];
                entries[2 * (row * 8 + column) + 1] = amplitudes[row][1];
            }
        }
        GateInstruction unitary = new GateInstruction(
                Gate.unitary("mine", Matrix.of(8, entries)), List.of(), List.of(Control.off(3)), List.of(2, 0, 1));
        GateInstruction manyControls = new GateInstruction(
                Gate.find("ry").orElseThrow(),
                List.of(0.7),
                List.of(Control.on(0), Control.off(1), Control.on(2), Control.on(3)),
                List.of(4));
        Circuit circuit = Circuit.builder(5, 0).add(unitary).add(manyControls).build();
        assertThat(Transpiler.compile(circuit, new Target(LADDER, NativeGates.PRX_CZ))
                        .verified())
                .isTrue();
    }

    @Test
    void a_bell_pair_is_two_pulses_and_one_gate() {
        Circuit bell =
                Circuit.builder(2, 2).gate("h", 0).gate("cx", 0, 1).measureAll().build();
        Compiled compiled = Transpiler.compile(bell, new Target(LADDER, NativeGates.PRX_CZ));
        assertThat(compiled.pairGates()).isEqualTo(1);
        assertThat(compiled.swaps()).isZero();
        assertThat(compiled.used()).hasSize(2);
        assertThat(compiled.compact().instructions()).hasSizeLessThanOrEqualTo(6);
    }

    @Test
    void says_what_a_device_cannot_run() {
        Target target = new Target(LADDER, NativeGates.PRX_CZ);
        Circuit reset =
                Circuit.builder(1, 1).gate("h", 0).reset(0).measure(0, 0).build();
        assertThatThrownBy(() -> Transpiler.compile(reset, target))
                .isInstanceOf(CircuitException.class)
                .hasMessageContaining("reset");
        Circuit late = Circuit.builder(1, 1).measure(0, 0).gate("h", 0).build();
        assertThatThrownBy(() -> Transpiler.compile(late, target)).hasMessageContaining("after its measurement");
        Circuit wide = Circuit.builder(9, 0).gate("h", 8).build();
        assertThatThrownBy(() -> Transpiler.compile(wide, target)).hasMessageContaining("9 qubits");
        Topology apart = Topology.of(4, List.of(new int[] {0, 1}, new int[] {2, 3}));
        Circuit three = Circuit.builder(3, 0).gate("ccx", 0, 1, 2).build();
        assertThatThrownBy(() -> Transpiler.compile(three, new Target(apart, NativeGates.PRX_CZ)))
                .hasMessageContaining("connected");
    }

    private static void runsOn(Compiled compiled, NativeGates family, Topology topology) {
        for (Instruction instruction : compiled.circuit().instructions()) {
            if (instruction instanceof GateInstruction gate) {
                assertThat(family.names()).contains(gate.gate().name());
                if (gate.qubits().size() == 2) {
                    assertThat(topology.connects(
                                    gate.qubits().get(0), gate.qubits().get(1)))
                            .isTrue();
                }
            }
        }
    }

    private static Circuit random(int qubits, int gates, int seed) {
        Random random = new Random(seed);
        CircuitBuilder builder = Circuit.builder(qubits, qubits);
        for (int i = 0; i < gates; i++) {
            int first = random.nextInt(qubits);
            int second = (first + 1 + random.nextInt(qubits - 1)) % qubits;
            switch (random.nextInt(4)) {
                case 0 -> builder.gate("h", first);
                case 1 ->
                    builder.gate("u", List.of(random.nextDouble(), random.nextDouble(), random.nextDouble()), first);
                case 2 -> builder.gate("cx", first, second);
                default -> builder.gate("cp", List.of(random.nextDouble()), first, second);
            }
        }
        return builder.measureAll().build();
    }
}
