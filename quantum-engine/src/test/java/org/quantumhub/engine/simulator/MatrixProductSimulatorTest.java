package org.quantumhub.engine.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitBuilder;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.GateInstruction;

class MatrixProductSimulatorTest {
    static IntStream seeds() {
        return IntStream.range(0, 30);
    }

    /// Random gates of the table without further controls, for which there is no recipe.
    private static Circuit random(int qubits, int gates, Random random) {
        CircuitBuilder builder = Circuit.builder(qubits, 0);
        for (int i = 0; i < gates; i++) {
            GateInstruction gate = RandomCircuits.anyGate(qubits, random);
            builder.add(new GateInstruction(gate.gate(), gate.parameters(), List.of(), gate.targets()));
        }
        return builder.build();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void has_the_amplitudes_of_the_reference_up_to_a_phase(int seed) {
        Circuit circuit = random(6, 25, new Random(seed));
        MatrixProductSimulator.Chain chain = new MatrixProductSimulator(64, 1e-12).evolve(circuit, RunOptions.shots(0));
        double[][] expected = ReferenceSimulator.amplitudes(circuit);
        double re = 0;
        double im = 0;
        for (int i = 0; i < expected.length; i++) {
            double[] a = chain.state.amplitude(chain.bySite(i));
            re += expected[i][0] * a[0] + expected[i][1] * a[1];
            im += expected[i][0] * a[1] - expected[i][1] * a[0];
        }
        assertThat(Math.hypot(re, im)).isCloseTo(1, within(1e-11));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void draws_what_the_reference_expects(int seed) {
        Circuit circuit = random(4, 20, new Random(seed));
        RunResult result = new MatrixProductSimulator(16, 1e-12)
                .run(circuit, RunOptions.shots(4000).withSeed(seed));
        Statistics.assertDrawnFrom(ReferenceSimulator.distribution(circuit), result.counts(), 4000);
    }

    @Test
    void decomposes_matrices_into_orthonormal_parts() {
        Random random = new Random(4);
        for (int[] size : new int[][] {{5, 3}, {3, 5}, {4, 4}, {1, 6}}) {
            ComplexMatrix matrix = new ComplexMatrix(size[0], size[1]);
            for (int i = 0; i < matrix.re.length; i++) {
                matrix.re[i] = random.nextGaussian();
                matrix.im[i] = random.nextGaussian();
            }
            SingularValues parts = SingularValues.of(matrix);
            int count = parts.values().length;
            ComplexMatrix scaled = new ComplexMatrix(count, count);
            for (int i = 0; i < count; i++) {
                scaled.re[i * count + i] = parts.values()[i];
            }
            ComplexMatrix back = parts.left().times(scaled).times(parts.right());
            assertThat(back.re).containsExactly(matrix.re, within(1e-13));
            assertThat(back.im).containsExactly(matrix.im, within(1e-13));
            assertThat(parts.values()).isSortedAccordingTo((a, b) -> Double.compare(b, a));
            ComplexMatrix unity = parts.right().times(parts.right().adjoint());
            for (int i = 0; i < count * count; i++) {
                assertThat(unity.re[i]).isCloseTo(i % (count + 1) == 0 ? 1 : 0, within(1e-13));
            }
        }
    }

    @Test
    void takes_a_hundred_qubits_that_entangle_little() {
        int qubits = 100;
        CircuitBuilder builder = Circuit.builder(qubits, 0).gate("ry", List.of(1.0), 0);
        for (int q = 0; q + 1 < qubits; q++) {
            builder.gate("cx", q, q + 1);
        }
        RunResult result = new MatrixProductSimulator(8, 1e-9)
                .run(builder.gate("cz", 0, 99).build(), RunOptions.shots(400).withSeed(3));
        assertThat(result.counts()).containsOnlyKeys("0".repeat(qubits), "1".repeat(qubits));
        assertThat(result.explanation()).contains("2 of at most 8");
    }

    @Test
    void refuses_to_be_wrong() {
        Circuit circuit = random(12, 150, new Random(2));
        assertThatThrownBy(() -> new MatrixProductSimulator(4, 1e-3).run(circuit, RunOptions.shots(1)))
                .isInstanceOf(CircuitException.class)
                .hasMessageContaining("entangles too much");
    }
}
