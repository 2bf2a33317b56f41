package org.quantumhub.engine.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quantumhub.engine.circuit.Circuit;

class BenchmarkSuiteTest {
    @Test
    void prints_a_line_for_every_circuit() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BenchmarkSuite.run(10, 1, 1, new PrintStream(bytes, true, StandardCharsets.UTF_8));
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .hasSize(2 + BenchmarkCircuits.all(10).size());
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 12, 17})
    void computes_the_same_as_plain_loops(int qubits) {
        BenchmarkCircuits.all(qubits).forEach((name, circuit) -> {
            StateVector fast = StateVectorSimulator.state(circuit);
            StateVector plain = StateVectorSimulator.evolvePlainly(circuit, RunOptions.shots(0));
            assertThat(distance(fast, plain)).as(name).isLessThan(1e-12);
        });
    }

    @Test
    void finds_the_marked_state_of_grover() {
        Circuit grover = Objects.requireNonNull(BenchmarkCircuits.all(9).get("grover"));
        // After k rounds the marked state of 2^n has the probability sin^2((2k + 1) asin(2^(-n/2))).
        double expected = Math.pow(Math.sin(9 * Math.asin(Math.pow(2, -4.5))), 2);
        assertThat(Math.abs(StateVectorSimulator.state(grover).probability((1 << 9) - 1) - expected))
                .isLessThan(1e-12);
    }

    private static double distance(StateVector a, StateVector b) {
        double worst = 0;
        for (int i = 0; i < a.size(); i++) {
            worst = Math.max(worst, Math.hypot(a.re(i) - b.re(i), a.im(i) - b.im(i)));
        }
        return worst;
    }
}
