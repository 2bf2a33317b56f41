package org.quantumhub.engine.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitBuilder;
import org.quantumhub.engine.circuit.Gate;
import org.quantumhub.engine.circuit.GateInstruction;

/// Every gate on every simulator, at random places and under random controls, against the slow reference.
///
/// The state vector on up to 8 qubits is in [StateVectorSimulatorTest].
class EveryGateTest {
    private static final long SEED = 4711;

    static Stream<Gate> rows() {
        return Gate.standard().stream();
    }

    private static Random random(Gate gate, int seed) {
        return new Random(SEED + 31L * gate.name().hashCode() + seed);
    }

    /// Nine qubits are the fewest that are swept in blocks.
    @ParameterizedTest
    @MethodSource("rows")
    void agrees_when_swept_in_blocks(Gate gate) {
        Circuit circuit = RandomCircuits.around(gate, BlockEngine.FEWEST_QUBITS, random(gate, 0));
        double[][] expected = ReferenceSimulator.amplitudes(circuit);
        StateVector state = BlockEngine.evolve(circuit, RunOptions.shots(0), 2);
        for (int i = 0; i < expected.length; i++) {
            assertThat(Math.hypot(state.re(i) - expected[i][0], state.im(i) - expected[i][1]))
                    .as("seed %d, amplitude %d", SEED, i)
                    .isLessThan(1e-12);
        }
    }

    /// The reference ends at ten qubits: the plain loops, which are checked against it, stand in for it here.
    @ParameterizedTest
    @MethodSource("rows")
    void agrees_outside_the_heap_in_both_precisions(Gate gate) {
        for (int seed = 0; seed < 2; seed++) {
            Circuit circuit = RandomCircuits.around(gate, BlockEngine.FEWEST_OFF_HEAP + seed, random(gate, seed));
            StateVector expected = StateVectorSimulator.evolvePlainly(circuit, RunOptions.shots(0));
            for (Precision precision : Precision.values()) {
                double tolerance = precision == Precision.DOUBLE ? 1e-12 : 1e-6;
                try (OffHeapState state = StateVectorSimulator.offHeapState(circuit, precision)) {
                    for (int i = 0; i < expected.size(); i++) {
                        assertThat(Math.hypot(state.re(i) - expected.re(i), state.im(i) - expected.im(i)))
                                .as("seed %d, %s, amplitude %d", SEED, precision, i)
                                .isLessThan(tolerance);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void agrees_as_a_density_matrix(Gate gate) {
        for (int seed = 0; seed < 3; seed++) {
            // Five qubits are ten of the vector, which is swept in blocks where the Vector API is there.
            Circuit circuit = RandomCircuits.around(gate, 5, random(gate, seed));
            double[][] a = ReferenceSimulator.amplitudes(circuit);
            DensityMatrix matrix = new DensityMatrixSimulator(NoiseModel.NONE).state(circuit);
            for (int row = 0; row < a.length; row++) {
                for (int column = 0; column < a.length; column++) {
                    double re = a[row][0] * a[column][0] + a[row][1] * a[column][1];
                    double im = a[row][1] * a[column][0] - a[row][0] * a[column][1];
                    assertThat(Math.hypot(matrix.re(row, column) - re, matrix.im(row, column) - im))
                            .as("seed %d, entry %d, %d", SEED, row, column)
                            .isLessThan(1e-12);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void agrees_as_a_matrix_product_state(Gate gate) {
        for (int seed = 0; seed < 3; seed++) {
            Circuit circuit = RandomCircuits.around(gate, 6, random(gate, seed));
            double[][] expected = ReferenceSimulator.amplitudes(circuit);
            MatrixProductSimulator.Chain chain =
                    new MatrixProductSimulator(64, 1e-13).evolve(circuit, RunOptions.shots(0));
            double re = 0;
            double im = 0;
            for (int i = 0; i < expected.length; i++) {
                double[] a = chain.state.amplitude(chain.bySite(i));
                re += expected[i][0] * a[0] + expected[i][1] * a[1];
                im += expected[i][0] * a[1] - expected[i][1] * a[0];
            }
            assertThat(Math.hypot(re, im)).as("seed %d", SEED).isCloseTo(1, within(1e-11));
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void agrees_as_trajectories(Gate gate) {
        Circuit circuit = RandomCircuits.around(gate, 5, random(gate, 0));
        RunResult result = new TrajectorySimulator(NoiseModel.NONE)
                .run(circuit, RunOptions.shots(3000).withSeed(SEED));
        Statistics.assertDrawnFrom(ReferenceSimulator.distribution(circuit), result.counts(), 3000);
    }

    /// With angles that are multiples of a quarter turn, where that makes a Clifford gate, between Clifford gates that
    /// turn phases into probabilities.
    @Test
    void agrees_as_stabilizers_where_it_is_a_clifford_gate() {
        Set<String> covered = new TreeSet<>();
        for (Gate gate : Gate.standard()) {
            for (int seed = 0; seed < 12; seed++) {
                Random random = random(gate, seed);
                int qubits = Math.max(3, gate.arity());
                CircuitBuilder builder = Circuit.builder(qubits, qubits);
                scramble(builder, qubits, random);
                List<Integer> order = new ArrayList<>();
                for (int q = 0; q < qubits; q++) {
                    order.add(random.nextInt(order.size() + 1), q);
                }
                List<Double> angles = new ArrayList<>();
                for (int p = 0; p < gate.parameterCount(); p++) {
                    angles.add(random.nextInt(-4, 5) * Math.PI / 2);
                }
                builder.add(new GateInstruction(gate, angles, List.of(), order.subList(0, gate.arity())));
                scramble(builder, qubits, random);
                Circuit circuit = builder.measureAll().build();
                if (StabilizerSimulator.supports(circuit)) {
                    RunResult result = new StabilizerSimulator()
                            .run(circuit, RunOptions.shots(2000).withSeed(SEED + seed));
                    Statistics.assertDrawnFrom(ReferenceSimulator.distribution(circuit), result.counts(), 2000);
                    covered.add(gate.name());
                }
            }
        }
        assertThat(covered)
                .hasSizeGreaterThan(45)
                .contains("cy", "iswapdg", "ecr", "dcx", "ms", "gpi2", "prx", "fsim", "xx_minus_yy", "ryy", "u");
    }

    private static void scramble(CircuitBuilder builder, int qubits, Random random) {
        String[] names = {"h", "s", "sxdg", "cx", "cz", "y"};
        for (int i = 0; i < 8; i++) {
            String name = names[random.nextInt(names.length)];
            int first = random.nextInt(qubits);
            int second = (first + 1 + random.nextInt(qubits - 1)) % qubits;
            if (name.startsWith("c")) {
                builder.gate(name, first, second);
            } else {
                builder.gate(name, first);
            }
        }
    }
}
