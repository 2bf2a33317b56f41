package org.quantumhub.engine.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

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
import org.quantumhub.engine.circuit.CircuitLimits;
import org.quantumhub.engine.circuit.ClassicalExpression;
import org.quantumhub.engine.circuit.Instruction;
import org.quantumhub.engine.circuit.Matrix;
import org.quantumhub.engine.qasm.OpenQasm;

class NoisyStabilizerTest {
    private static final int SHOTS = 6000;

    static IntStream seeds() {
        return IntStream.range(0, 30);
    }

    private static Instruction noise(int qubits, Random random) {
        double p = random.nextDouble(0.4);
        int first = random.nextInt(qubits);
        int second = (first + 1 + random.nextInt(qubits - 1)) % qubits;
        return switch (random.nextInt(6)) {
            case 0 -> new Instruction.Noise(Channel.bitFlip(p), List.of(first));
            case 1 -> new Instruction.Noise(Channel.phaseFlip(p), List.of(first));
            case 2 -> new Instruction.Noise(Channel.pauli(p / 2, p / 5, p / 3), List.of(first));
            case 3 -> new Instruction.Noise(Channel.depolarizingPair(p), List.of(first, second));
            case 4 -> new Instruction.Noise(Channel.dephasingPair(p), List.of(first, second));
            default ->
                new Instruction.Noise(Channel.both(Channel.bitFlip(p), Channel.pauli(0, p, 0)), List.of(first, second));
        };
    }

    private static Circuit random(int steps, boolean feedForward, Random random) {
        int qubits = 3;
        CircuitBuilder builder = Circuit.builder(qubits, 3);
        String[] single = {"h", "s", "sx", "y"};
        for (int step = 0; step < steps; step++) {
            int first = random.nextInt(qubits);
            int second = (first + 1 + random.nextInt(qubits - 1)) % qubits;
            switch (random.nextInt(8)) {
                case 0, 1 -> builder.add(noise(qubits, random));
                case 2 -> builder.measure(first, random.nextInt(3));
                case 3 -> builder.reset(first);
                case 4, 5 -> builder.gate(random.nextBoolean() ? "cx" : "cz", first, second);
                default -> builder.gate(single[random.nextInt(single.length)], first);
            }
            if (feedForward && step % 8 == 7) {
                builder.add(new Instruction.Conditional(
                        ClassicalExpression.equal(List.of(random.nextInt(3)), 1),
                        List.of(noise(qubits, random)),
                        List.of(new Instruction.Reset(first))));
            }
        }
        return builder.measureAll().build();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void draws_what_the_reference_expects(int seed) {
        Circuit circuit = random(seed < 4 ? 12 : 22, seed % 3 == 0, new Random(seed));
        assertThat(StabilizerSimulator.supports(circuit)).isTrue();
        RunOptions options = RunOptions.shots(SHOTS).withSeed(seed).withMemory(true);
        RunResult result = new StabilizerSimulator().run(circuit, options);
        // The reference follows every operator of every channel by itself, which takes long for so many of them.
        Map<String, Double> exact = seed < 4
                ? ReferenceSimulator.distribution(circuit)
                : new DensityMatrixSimulator(NoiseModel.NONE)
                        .run(circuit, RunOptions.shots(0))
                        .probabilities();
        Statistics.assertDrawnFrom(exact, result.counts(), SHOTS);
        assertThat(new StabilizerSimulator().run(circuit, options).memory()).isEqualTo(result.memory());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void strikes_behind_gates_and_misreads_as_a_noise_model_says(int seed) {
        NoiseModel noise = NoiseModel.NONE
                .after("cx", Channel.depolarizingPair(0.1))
                .after("h", Channel.pauli(0.05, 0.1, 0))
                .withReadout(0.04, 0.15);
        Circuit circuit = random(22, seed % 3 == 0, new Random(1000 + seed));
        Map<String, Double> exact = new DensityMatrixSimulator(noise)
                .run(circuit, RunOptions.shots(0))
                .probabilities();
        RunResult result = new StabilizerSimulator(noise)
                .run(circuit, RunOptions.shots(SHOTS).withSeed(seed));
        Statistics.assertDrawnFrom(exact, result.counts(), SHOTS);
    }

    @Test
    void knows_how_often_each_of_a_thousand_qubits_flips() {
        int qubits = 1000;
        CircuitBuilder builder = Circuit.builder(qubits, 0);
        for (int q = 0; q < qubits; q++) {
            builder.add(new Instruction.Noise(Channel.bitFlip(0.02), List.of(q)))
                    .gate("h", q)
                    .add(new Instruction.Noise(Channel.phaseFlip(0.01), List.of(q)))
                    .gate("h", q);
        }
        int shots = 2000;
        long ones = new StabilizerSimulator()
                .run(builder.build(), RunOptions.shots(shots).withSeed(3).withMemory(true)).memory().stream()
                        .flatMapToInt(String::chars)
                        .filter(c -> c == '1')
                        .count();
        double expected = 0.02 * 0.99 + 0.98 * 0.01;
        assertThat(ones / (double) qubits / shots).isCloseTo(expected, within(5e-4));
    }

    @Test
    void takes_noise_that_stands_in_a_program() {
        Circuit circuit = OpenQasm.parse("""
                OPENQASM 3.0;
                qubit[30] q;
                h q[0];
                for int i in [0:28] { cx q[i], q[i + 1]; }
                #pragma braket noise bit_flip(0.25) q[29]
                """, CircuitLimits.defaults().withMaxQubits(100));
        Simulator chosen = new AutoSimulator(20).choose(circuit);
        assertThat(chosen.name()).isEqualTo("stabilizer");
        Map<String, Integer> counts =
                chosen.run(circuit, RunOptions.shots(4000).withSeed(2)).counts();
        String zeros = "0".repeat(29);
        String ones = "1".repeat(29);
        Statistics.assertDrawnFrom(
                Map.of("0" + zeros, 0.375, "1" + ones, 0.375, "1" + zeros, 0.125, "0" + ones, 0.125), counts, 4000);
    }

    @Test
    void refuses_noise_that_is_not_made_of_pauli_operators() {
        for (Channel channel : List.of(Channel.amplitudeDamping(0.1), Channel.thermalRelaxation(50, 40, 3))) {
            Circuit circuit = Circuit.builder(1, 0)
                    .gate("h", 0)
                    .add(new Instruction.Noise(channel, List.of(0)))
                    .build();
            assertThat(StabilizerSimulator.supports(circuit)).isFalse();
            assertThatThrownBy(() -> new StabilizerSimulator().run(circuit, RunOptions.shots(1)))
                    .isInstanceOf(CircuitException.class)
                    .hasMessageContaining("'" + channel.name() + "'");
        }
    }

    @Test
    void finds_pauli_operators_whatever_the_channel_is_called_and_whatever_their_phase() {
        double r = Math.sqrt(0.3);
        Channel odd = Channel.of(List.of(
                Matrix.of(2, 0, 0, 0, -r, 0, r, 0, 0).scaled(0.6, 0.8),
                Matrix.identity(2).scaled(0, -Math.sqrt(0.7))));
        assertThat(odd.pauliProbabilities()).containsExactly(new double[] {0.7, 0, 0.3, 0}, within(1e-12));
        // Losing phase is flipping it, though the operators it is given by are no Pauli operators.
        assertThat(Channel.phaseDamping(0.36).pauliProbabilities())
                .containsExactly(new double[] {0.9, 0, 0, 0.1}, within(1e-12));
        assertThat(Channel.amplitudeDamping(0.5).pauliProbabilities()).isEmpty();
        double[] pair =
                Channel.both(Channel.bitFlip(0.1), Channel.phaseFlip(0.2)).pauliProbabilities();
        // The first qubit is the lower pair of bits: X there is 1, Z on the second is 12.
        assertThat(pair[1]).isCloseTo(0.1 * 0.8, within(1e-12));
        assertThat(pair[12]).isCloseTo(0.9 * 0.2, within(1e-12));
        assertThat(pair[13]).isCloseTo(0.1 * 0.2, within(1e-12));
    }
}
