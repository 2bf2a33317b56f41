package org.quantumhub.engine.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.quantumhub.engine.circuit.Channel;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitBuilder;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.Gate;
import org.quantumhub.engine.circuit.GateInstruction;
import org.quantumhub.engine.circuit.Instruction;
import org.quantumhub.engine.circuit.Matrix;

class ObservablesAndNoiseTest {
    static IntStream seeds() {
        return IntStream.range(0, 30);
    }

    private static String product(int qubits, Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < qubits; i++) {
            text.append("IXYZ".charAt(random.nextInt(4)));
        }
        return text.toString();
    }

    private static PauliSum anySum(int qubits, Random random) {
        PauliSum sum = PauliSum.of(product(qubits, random), random.nextDouble(-1, 1));
        for (int i = 0; i < 5; i++) {
            sum = sum.plus(product(qubits, random), random.nextDouble(-1, 1));
        }
        return sum;
    }

    /// The overlap of a state with what the reference makes of it by the letters as gates.
    private static double expected(Circuit circuit, String product) {
        double[][] state = ReferenceSimulator.amplitudes(circuit);
        CircuitBuilder longer = Circuit.builder(circuit.qubitCount(), 0);
        circuit.instructions().forEach(longer::add);
        for (int q = 0; q < product.length(); q++) {
            char letter = product.charAt(product.length() - 1 - q);
            longer.gate(letter == 'I' ? "id" : String.valueOf(letter), q);
        }
        double[][] changed = ReferenceSimulator.amplitudes(longer.build());
        double sum = 0;
        for (int i = 0; i < state.length; i++) {
            sum += state[i][0] * changed[i][0] + state[i][1] * changed[i][1];
        }
        return sum;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void expects_what_the_letters_do_as_gates(int seed) {
        Random random = new Random(seed);
        Circuit circuit = RandomCircuits.unitary(5, 25, random);
        String product = product(5, random);
        PauliSum sum = PauliSum.of(product, 0.7);
        StateVector state = StateVectorSimulator.state(circuit);
        double mean = expected(circuit, product);
        assertThat(sum.expectation(state)).isCloseTo(0.7 * mean, within(1e-12));
        // A product of Pauli operators squares to the identity.
        assertThat(sum.variance(state)).isCloseTo(0.49 * (1 - mean * mean), within(1e-12));
    }

    @Test
    void reads_the_rightmost_letter_as_qubit_0() {
        StateVector state =
                StateVectorSimulator.state(Circuit.builder(3, 0).gate("x", 0).build());
        assertThat(PauliSum.of("IIZ", 1).expectation(state)).isEqualTo(-1);
        assertThat(PauliSum.of("ZII", 1).expectation(state)).isEqualTo(1);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void differentiates_every_parameter_like_a_difference_quotient(int seed) {
        Random random = new Random(seed);
        Circuit circuit = RandomCircuits.unitary(5, 15, random);
        PauliSum sum = anySum(5, random);
        AdjointGradient gradient = AdjointGradient.of(circuit, sum);
        assertThat(gradient.value()).isCloseTo(sum.expectation(StateVectorSimulator.state(circuit)), within(1e-12));
        double step = 1e-5;
        for (int g = 0; g < circuit.instructions().size(); g++) {
            GateInstruction gate = (GateInstruction) circuit.instructions().get(g);
            for (int p = 0; p < gate.parameters().size(); p++) {
                double up = sum.expectation(StateVectorSimulator.state(shifted(circuit, g, p, step)));
                double down = sum.expectation(StateVectorSimulator.state(shifted(circuit, g, p, -step)));
                // The quotient errs by step^2 / 6 times the third derivative, plus rounding of 1e-16 / step.
                assertThat(gradient.derivatives().get(g).get(p))
                        .as("gate %s", gate.gate())
                        .isCloseTo((up - down) / (2 * step), within(1e-8));
            }
        }
    }

    private static Circuit shifted(Circuit circuit, int index, int parameter, double step) {
        CircuitBuilder builder = Circuit.builder(circuit.qubitCount(), 0);
        for (int i = 0; i < circuit.instructions().size(); i++) {
            Instruction instruction = circuit.instructions().get(i);
            if (i == index && instruction instanceof GateInstruction gate) {
                List<Double> parameters = new ArrayList<>(gate.parameters());
                parameters.set(parameter, parameters.get(parameter) + step);
                builder.add(new GateInstruction(gate.gate(), parameters, gate.controls(), gate.targets()));
            } else {
                builder.add(instruction);
            }
        }
        return builder.build();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void keeps_to_the_reference_without_noise(int seed) {
        Circuit circuit = RandomCircuits.unitary(5, 30, new Random(seed));
        Map<String, Double> expected = ReferenceSimulator.distribution(circuit);
        new DensityMatrixSimulator(NoiseModel.NONE)
                .run(circuit, RunOptions.shots(0))
                .probabilities()
                .forEach((text, p) -> assertThat(p).isCloseTo(expected.getOrDefault(text, 0.0), within(1e-11)));
    }

    private static List<Channel> channels() {
        return List.of(
                Channel.bitFlip(0.1),
                Channel.phaseFlip(0.2),
                Channel.pauli(0.1, 0.05, 0.2),
                Channel.depolarizing(0.3),
                Channel.amplitudeDamping(0.25),
                Channel.phaseDamping(0.4),
                Channel.thermalRelaxation(50, 70, 20));
    }

    /// The sum over Kraus operators, by explicit products of full matrices on two qubits.
    private static double[][][] bySums(Matrix state, List<Matrix> kraus) {
        double[][][] result = new double[4][4][2];
        for (Matrix k : kraus) {
            Matrix term = k.times(state).times(k.adjoint());
            for (int row = 0; row < 4; row++) {
                for (int column = 0; column < 4; column++) {
                    result[row][column][0] += term.re(row, column);
                    result[row][column][1] += term.im(row, column);
                }
            }
        }
        return result;
    }

    @Test
    void applies_channels_like_sums_over_kraus_operators() {
        Circuit circuit = Circuit.builder(2, 0)
                .gate("u", List.of(0.7, 0.2, 1.1), 0)
                .gate("cx", 0, 1)
                .build();
        double[][] amplitudes = ReferenceSimulator.amplitudes(circuit);
        double[] pure = new double[32];
        for (int row = 0; row < 4; row++) {
            for (int column = 0; column < 4; column++) {
                double[] a = amplitudes[row];
                double[] b = amplitudes[column];
                pure[2 * (4 * row + column)] = a[0] * b[0] + a[1] * b[1];
                pure[2 * (4 * row + column) + 1] = a[1] * b[0] - a[0] * b[1];
            }
        }
        for (Channel channel : channels()) {
            List<Matrix> first = new ArrayList<>();
            List<Matrix> second = new ArrayList<>();
            for (Matrix k : channel.kraus()) {
                double[] low = new double[32];
                double[] high = new double[32];
                for (int row = 0; row < 4; row++) {
                    for (int column = 0; column < 4; column++) {
                        int place = 2 * (4 * row + column);
                        if (row / 2 == column / 2) {
                            low[place] = k.re(row % 2, column % 2);
                            low[place + 1] = k.im(row % 2, column % 2);
                        }
                        if (row % 2 == column % 2) {
                            high[place] = k.re(row / 2, column / 2);
                            high[place + 1] = k.im(row / 2, column / 2);
                        }
                    }
                }
                first.add(Matrix.of(4, low));
                second.add(Matrix.of(4, high));
            }
            double[][][] half = bySums(Matrix.of(4, pure), first);
            double[] flat = new double[32];
            for (int i = 0; i < 16; i++) {
                flat[2 * i] = half[i / 4][i % 4][0];
                flat[2 * i + 1] = half[i / 4][i % 4][1];
            }
            double[][][] expected = bySums(Matrix.of(4, flat), second);
            DensityMatrix matrix = new DensityMatrixSimulator(NoiseModel.NONE.after("cx", channel)).state(circuit);
            for (int row = 0; row < 4; row++) {
                for (int column = 0; column < 4; column++) {
                    assertThat(matrix.re(row, column))
                            .as(channel.name())
                            .isCloseTo(expected[row][column][0], within(1e-13));
                    assertThat(matrix.im(row, column))
                            .as(channel.name())
                            .isCloseTo(expected[row][column][1], within(1e-13));
                }
            }
        }
    }

    @Test
    void keeps_the_trace_and_agrees_between_sweeps_and_plain_loops() {
        Circuit circuit = RandomCircuits.unitary(7, 40, new Random(11));
        NoiseModel noise = NoiseModel.NONE.afterGatesOn(1, Channel.depolarizing(0.02));
        // A channel on two qubits goes through loops of its own; with probability 0 it changes nothing.
        NoiseModel plain = noise.afterGatesOn(2, Channel.depolarizingPair(0));
        DensityMatrix swept = new DensityMatrixSimulator(noise).state(circuit);
        DensityMatrix looped = new DensityMatrixSimulator(plain).state(circuit);
        double trace = 0;
        for (int i = 0; i < 1 << 7; i++) {
            trace += swept.probability(i);
            for (int j = 0; j < 1 << 7; j++) {
                assertThat(swept.re(i, j)).isCloseTo(looped.re(i, j), within(1e-12));
            }
        }
        assertThat(trace).isCloseTo(1, within(1e-12));
        assertThat(swept.purity()).isBetween(0.01, 0.99);
    }

    @Test
    void mixes_completely_under_full_depolarization_of_a_pair() {
        Circuit circuit = Circuit.builder(2, 0).gate("h", 0).gate("cx", 0, 1).build();
        NoiseModel noise = NoiseModel.NONE.after("cx", Channel.depolarizingPair(15.0 / 16));
        new DensityMatrixSimulator(noise)
                .run(circuit, RunOptions.shots(0))
                .probabilities()
                .forEach((text, p) -> assertThat(p).isCloseTo(0.25, within(1e-13)));
    }

    @Test
    void misreads_by_the_given_probabilities() {
        Circuit circuit = Circuit.builder(2, 0).gate("x", 1).build();
        Map<String, Double> probabilities = new DensityMatrixSimulator(NoiseModel.NONE.withReadout(0.1, 0.3))
                .run(circuit, RunOptions.shots(0))
                .probabilities();
        assertThat(probabilities.get("10")).isCloseTo(0.9 * 0.7, within(1e-13));
        assertThat(probabilities.get("01")).isCloseTo(0.1 * 0.3, within(1e-13));
    }

    @Test
    void resets_within_the_circuit_and_goes_on_after_a_measurement() {
        DensityMatrixSimulator simulator = new DensityMatrixSimulator(NoiseModel.NONE);
        Circuit reset = Circuit.builder(1, 0).gate("h", 0).reset(0).build();
        assertThat(simulator.run(reset, RunOptions.shots(0)).probabilities()).containsOnlyKeys("0");
        Circuit onward =
                Circuit.builder(1, 1).gate("h", 0).measure(0, 0).gate("x", 0).build();
        assertThat(simulator.run(onward, RunOptions.shots(0)).probabilities()).containsOnlyKeys("0", "1");
        assertThatThrownBy(() -> simulator.state(onward))
                .isInstanceOf(CircuitException.class)
                .hasMessageContaining("no single final state");
    }

    @Test
    void refuses_operators_that_lose_probability() {
        assertThatThrownBy(() ->
                        Channel.of(List.of(Gate.find("x").orElseThrow().matrix().scaled(0.5, 0))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("trace");
    }
}
