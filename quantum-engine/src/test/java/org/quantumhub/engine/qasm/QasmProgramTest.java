package org.quantumhub.engine.qasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitLimits;

/// A program that is read once and asked for many circuits.
class QasmProgramTest {

    private static final CircuitLimits LIMITS = CircuitLimits.defaults();

    /// Declares and changes all kinds of things, so that something kept from one circuit would show in the next.
    private static final String BUSY = """
            OPENQASM 3;
            include "stdgates.inc";
            input float a;
            input angle b;
            const int n = 3;
            gate turn(t) q { rx(t) q; rz(2 * t) q; }
            def layer(qubit[3] r, float t) { for int i in [0:2] { turn(t * (i + 1)) r[i]; } }
            qubit[n] q;
            bit[n] c;
            int i = 0;
            while (i < 2) { layer(q, a + i); i += 1; }
            if (a > 1) { x q[0]; } else { cx q[0], q[1]; }
            let pair = q[1:2];
            cp(b) pair[0], pair[1];
            c = measure q;
            if (c == 3) { z q[0]; }
            """;

    @Test
    void each_circuit_is_what_reading_the_text_anew_gives() {
        QasmProgram program = OpenQasm.program(BUSY, LIMITS);
        assertThat(program.inputs()).containsExactly("a", "b");
        for (int i = 0; i < 50; i++) {
            Map<String, Double> inputs = Map.of("a", i * 0.07, "b", 3 - i * 0.1);
            assertThat(written(program.circuit(inputs))).isEqualTo(written(OpenQasm.parse(BUSY, LIMITS, inputs)));
        }
    }

    @Test
    void threads_share_a_program() {
        QasmProgram program = OpenQasm.program(BUSY, LIMITS);
        List<String> alone = IntStream.range(0, 200)
                .mapToObj(i -> written(program.circuit(inputs(i))))
                .toList();
        List<String> together = IntStream.range(0, 200)
                .parallel()
                .mapToObj(i -> written(program.circuit(inputs(i))))
                .toList();
        assertThat(together).isEqualTo(alone);
    }

    private static Map<String, Double> inputs(int i) {
        return Map.of("a", i * 0.01, "b", i * 0.02);
    }

    private static String written(Circuit circuit) {
        return circuit.instructions().toString();
    }

    @Test
    void what_is_wrong_with_the_text_is_told_at_once_and_what_is_wrong_with_a_circuit_with_its_place() {
        assertThatThrownBy(() -> OpenQasm.program("OPENQASM 3;\nqubit q;\nh q", LIMITS))
                .isInstanceOfSatisfying(
                        CircuitException.class, e -> assertThat(e.line()).isEqualTo(3));
        QasmProgram program = OpenQasm.program("OPENQASM 3;\ninput int n;\nqubit[2] q;\nU(0, 0, 0) q[n];", LIMITS);
        assertThat(program.circuit(Map.of("n", 1.0)).instructions()).hasSize(1);
        assertThatThrownBy(() -> program.circuit(Map.of("n", 2.0)))
                .isInstanceOfSatisfying(
                        CircuitException.class, e -> assertThat(e.line()).isEqualTo(4));
        assertThatThrownBy(() -> program.circuit(Map.of()))
                .isInstanceOf(CircuitException.class)
                .hasMessageContaining("'n'");
        assertThat(program.circuit(Map.of("n", 0.0)).instructions()).hasSize(1);
    }

    @Test
    void a_version_that_is_missing_is_named_when_the_circuit_is_made_too() {
        assertThatThrownBy(() -> OpenQasm.program("qreg q[1]; creg c[1]; gibberish", LIMITS))
                .hasMessageContaining("The OPENQASM line is missing");
    }
}
