package org.quantumhub.engine.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitBuilder;

class BlockEngineTest {
    static IntStream seeds() {
        return IntStream.range(0, 60);
    }

    private static void agree(Circuit circuit, int threads) {
        RunOptions options = RunOptions.shots(0);
        StateVector expected = StateVectorSimulator.evolvePlainly(circuit, options);
        StateVector state = Objects.requireNonNull(BlockEngine.evolve(circuit, options, threads));
        double worst = 0;
        for (int i = 0; i < state.size(); i++) {
            worst = Math.max(worst, Math.hypot(state.re(i) - expected.re(i), state.im(i) - expected.im(i)));
        }
        assertThat(worst).isLessThan(1e-12);
    }

    @Test
    void is_there_when_the_tests_run() {
        assertThat(BlockEngine.available()).isTrue();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void agrees_with_plain_loops_on_one_block(int seed) {
        Random random = new Random(seed);
        agree(RandomCircuits.unitary(9 + random.nextInt(6), 80, random), 1);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void agrees_with_plain_loops_on_many_blocks_and_threads(int seed) {
        Random random = new Random(seed);
        agree(RandomCircuits.unitary(17 + seed % 3, 60, random), 1 + seed % 2);
    }

    @Test
    void agrees_on_a_fourier_transform() {
        int qubits = 18;
        CircuitBuilder builder = Circuit.builder(qubits, 0);
        for (int q = 0; q < qubits; q++) {
            builder.gate("ry", List.of(0.3 + 0.1 * q), q);
        }
        for (int j = qubits - 1; j >= 0; j--) {
            builder.gate("h", j);
            for (int k = j - 1; k >= 0; k--) {
                builder.gate("cp", List.of(Math.PI / (1 << (j - k))), k, j);
            }
        }
        for (int i = 0; i < qubits / 2; i++) {
            builder.gate("swap", i, qubits - 1 - i);
        }
        agree(builder.build(), 2);
    }

    @Test
    void draws_the_same_on_any_number_of_threads() {
        Circuit circuit = RandomCircuits.unitary(18, 50, new Random(3));
        RunOptions options = RunOptions.shots(0);
        StateVector one = Objects.requireNonNull(BlockEngine.evolve(circuit, options, 1));
        StateVector two = Objects.requireNonNull(BlockEngine.evolve(circuit, options, 2));
        for (int i = 0; i < one.size(); i++) {
            assertThat(Double.doubleToLongBits(one.re(i))).isEqualTo(Double.doubleToLongBits(two.re(i)));
        }
    }
}
