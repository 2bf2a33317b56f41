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
import org.quantumhub.engine.circuit.Angle;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitLimits;
import org.quantumhub.engine.circuit.ParameterisedCircuit;
import org.quantumhub.engine.qasm.OpenQasm;

class ParameterisedCircuitTest {
    static IntStream seeds() {
        return IntStream.range(0, 20);
    }

    private static PauliSum anySum(int qubits, int terms, Random random) {
        PauliSum sum = PauliSum.of("Z".repeat(qubits), 0.5);
        for (int t = 0; t < terms; t++) {
            StringBuilder product = new StringBuilder();
            boolean wide = random.nextInt(4) == 0;
            for (int q = 0; q < qubits; q++) {
                product.append(random.nextInt(wide ? 1 : 4) == 0 ? "IXYZ".charAt(random.nextInt(4)) : 'I');
            }
            sum = sum.plus(product.toString(), random.nextGaussian());
        }
        return sum;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void has_the_same_gradient_by_adjoint_and_by_shifts(int seed) {
        Random random = new Random(seed);
        int qubits = 3 + seed % 3;
        Circuit circuit = RandomCircuits.unitary(qubits, 25, random);
        PauliSum observable = anySum(qubits, 5, random);
        AdjointGradient adjoint = AdjointGradient.of(circuit, observable);
        List<List<Double>> shifts = ParameterShift.of(circuit, observable);
        assertThat(adjoint.value())
                .isCloseTo(observable.expectation(StateVectorSimulator.state(circuit)), within(1e-11));
        assertThat(adjoint.derivatives()).hasSameSizeAs(shifts);
        for (int i = 0; i < shifts.size(); i++) {
            for (int p = 0; p < shifts.get(i).size(); p++) {
                assertThat(adjoint.derivatives().get(i).get(p))
                        .as("gate %d parameter %d", i, p)
                        .isCloseTo(shifts.get(i).get(p), within(1e-9));
            }
        }
    }

    private static ParameterisedCircuit ansatz(int qubits, int layers) {
        ParameterisedCircuit.Builder builder = ParameterisedCircuit.builder(qubits);
        for (int layer = 0; layer < layers; layer++) {
            for (int q = 0; q < qubits; q++) {
                builder.gate("ry", List.of(Angle.of("y" + layer).plus(0.1 * q)), q);
                builder.gate("rz", List.of(Angle.of("z" + layer).times(2)), q);
            }
            for (int q = 0; q + 1 < qubits; q++) {
                builder.gate("cx", List.of(), q, q + 1);
            }
            builder.gate("rzz", List.of(Angle.of("z0").plus(Angle.of("y0"))), 0, qubits - 1);
        }
        return builder.build();
    }

    @Test
    void follows_variables_through_sums_and_factors() {
        ParameterisedCircuit circuit = ansatz(11, 2);
        assertThat(circuit.variables()).containsExactly("y0", "z0", "y1", "z1");
        PauliSum observable = anySum(11, 6, new Random(3));
        double[] values = {0.3, -0.7, 1.1, 0.2};
        AdjointGradient.ByVariable gradient = AdjointGradient.of(circuit, values, observable);
        double[] shifts = ParameterShift.of(circuit, values, observable);
        for (int v = 0; v < values.length; v++) {
            double[] more = values.clone();
            double[] less = values.clone();
            more[v] += 1e-4;
            less[v] -= 1e-4;
            double[] both = ParameterSets.expectations(circuit, List.of(more, less), observable);
            assertThat(gradient.derivatives()[v]).isCloseTo((both[0] - both[1]) / 2e-4, within(1e-5));
            assertThat(gradient.derivatives()[v]).isCloseTo(shifts[v], within(1e-9));
        }
        assertThat(gradient.value())
                .isCloseTo(ParameterSets.expectations(circuit, List.of(values), observable)[0], within(1e-11));
    }

    @Test
    void plans_a_batch_of_parameter_sets_once() {
        ParameterisedCircuit circuit = ansatz(17, 2);
        List<double[]> sets = new ArrayList<>();
        Random random = new Random(9);
        for (int i = 0; i < 6; i++) {
            sets.add(random.doubles(4, 0.1, 3).toArray());
        }
        StateVectorSimulator simulator = new StateVectorSimulator();
        long before = Plans.SHARED.made();
        List<RunResult> results =
                ParameterSets.run(simulator, circuit, sets, RunOptions.shots(50).withSeed(3));
        assertThat(Plans.SHARED.made() - before).isLessThanOrEqualTo(1);
        assertThat(results).hasSize(6);
        assertThat(results.get(2).counts())
                .isEqualTo(simulator
                        .run(circuit.bind(sets.get(2)), RunOptions.shots(50).withSeed(5))
                        .counts());
    }

    @Test
    void is_fitted_to_a_program_with_inputs() {
        String source = """
                OPENQASM 3.0; include "stdgates.inc"; input float gamma; input angle beta; qubit[2] q;
                rx(2 * beta + pi / 2) q[0]; cp(gamma - beta) q[0], q[1]; x q[1];
                """;
        ParameterisedCircuit circuit = ParameterisedCircuit.fittedTo(
                List.of("gamma", "beta"),
                values -> OpenQasm.parse(
                        source, CircuitLimits.defaults(), Map.of("gamma", values[0], "beta", values[1])));
        Circuit bound = circuit.bind(0.4, 0.9);
        Circuit read = OpenQasm.parse(source, CircuitLimits.defaults(), Map.of("gamma", 0.4, "beta", 0.9));
        assertThat(Equivalence.upToGlobalPhase(bound, read)).isTrue();
        assertThatThrownBy(() -> ParameterisedCircuit.fittedTo(
                        List.of("a"),
                        values -> Circuit.builder(1, 0)
                                .gate("rx", List.of(values[0] * values[0]), 0)
                                .build()))
                .isInstanceOf(CircuitException.class)
                .hasMessageContaining("rx");
        assertThatThrownBy(() -> circuit.bind(1)).hasMessageContaining("2 values");
    }

    @Test
    void takes_every_parameter_as_a_variable() {
        Circuit circuit = RandomCircuits.unitary(4, 20, new Random(2));
        ParameterisedCircuit open = ParameterisedCircuit.everyParameterOf(circuit);
        double[] values = AdjointGradient.gates(circuit).stream()
                .flatMap(gate -> gate.parameters().stream())
                .mapToDouble(Double::doubleValue)
                .toArray();
        assertThat(open.bind(values)).isEqualTo(circuit);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void sums_blocks_of_pauli_products_as_plain_loops_do(int seed) {
        Random random = new Random(seed);
        int qubits = 12 + seed % 8;
        StateVector state = StateVectorSimulator.state(RandomCircuits.unitary(qubits, 40, random))
                .inOrder();
        PauliSum sum = anySum(qubits, 30, random).plus("X".repeat(qubits), 0.7).plus("Y".repeat(qubits), 0.3);
        assertThat(sum.expectation(state)).isCloseTo(sum.expectationPlainly(state), within(1e-11));
    }
}
