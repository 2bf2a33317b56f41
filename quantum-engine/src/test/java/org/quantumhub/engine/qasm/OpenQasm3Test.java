package org.quantumhub.engine.qasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitLimits;
import org.quantumhub.engine.circuit.CircuitProblem;
import org.quantumhub.engine.circuit.Observable;
import org.quantumhub.engine.circuit.ResultRequest;
import org.quantumhub.engine.circuit.ResultRequest.Statistic;
import org.quantumhub.engine.json.CircuitJson;
import org.quantumhub.engine.simulator.ReferenceSimulator;

class OpenQasm3Test {
    private static final String START = "OPENQASM 3.0; include \"stdgates.inc\";";

    private static Circuit parse(String source) {
        return OpenQasm.parse(START + source, CircuitLimits.defaults());
    }

    private static Map<String, Double> distribution(String source) {
        return ReferenceSimulator.distribution(parse(source));
    }

    private static void certain(String source, String outcome) {
        assertThat(distribution(source)).containsOnlyKeys(outcome);
    }

    @Test
    void computes_with_variables_arrays_and_loops_while_reading() {
        certain("""
                qubit[4] q; bit[4] c;
                int sum = 0; int[8] i = 5;
                array[int[32], 3] a = {1, 2, 4};
                array[int[32], 2, 2] m = {{1, 2}, {3, 4}};
                for int k in a { sum += k; }
                while (i > 0) { i -= 1; if (i == 2) { break; } if (i == 4) { continue; } sum += 1; }
                a[1] = 9; m[1, 0] = 0;
                if (sum == 8 && i == 2 && a[1] == 9 && m[1][0] == 0 && m[0][1] == 2) { x q[0]; }
                for uint k in [0:2:3] { x q[k]; }
                for int k in {1, 1, 1} { x q[k]; }
                c = measure q;
                """, "0110");
    }

    @Test
    void expands_subroutines_with_qubits_numbers_and_results() {
        certain("""
                const int n = 2;
                def flip(qubit[n] r, int times) { for int k in [1:times] { x r; } }
                def read(qubit a) -> bit { return measure a; }
                def twice(int v) -> int { if (v > 3) { return 2 * v; } return 0; }
                qubit[n] q; bit[2] c; bit d;
                flip(q, 3);
                c[0] = read(q[0]);
                d = read(q[1]);
                if (twice(4) == 8) { x q[1]; }
                c[1] = measure q[1];
                """, "101");
    }

    @Test
    void moves_a_variable_into_the_circuit_when_it_depends_on_a_measurement() {
        Circuit circuit = parse("""
                qubit[3] q; bit[3] c;
                int[4] ones = 0;
                h q[0]; h q[1];
                c[0] = measure q[0]; c[1] = measure q[1];
                if (c[0]) { ones += 1; }
                if (c[1]) { ones += 1; }
                if (ones == 2) { x q[2]; }
                c[2] = measure q[2];
                """);
        assertThat(circuit.scratchCount()).isEqualTo(4);
        Map<String, Double> distribution = ReferenceSimulator.distribution(circuit);
        assertThat(distribution).containsOnlyKeys("000", "001", "010", "111");
        assertThat(distribution.get("111")).isCloseTo(0.25, within(1e-12));
    }

    @Test
    void repeats_until_success() {
        Map<String, Double> distribution = distribution("""
                qubit q; bit c; bool done = false;
                while (!done) { h q; c = measure q; done = c; }
                """);
        assertThat(distribution.get("1")).isCloseTo(1, within(1e-9));
    }

    @Test
    void chooses_by_a_measured_number() {
        Map<String, Double> distribution = distribution("""
                qubit[4] q; bit[2] s; bit[2] c;
                h q[0]; h q[1]; s = measure q[0:1];
                switch (int(s)) {
                  case 0, 3 { x q[2]; }
                  case 1 { x q[3]; }
                  default { x q[2]; x q[3]; }
                }
                c = measure q[2:3];
                """);
        assertThat(distribution).containsOnlyKeys("0100", "1001", "1110", "0111");
    }

    @Test
    void takes_aliases_slices_and_negative_indices() {
        certain("""
                qubit[5] q; bit[5] c;
                let odd = q[{1, 3}]; let all = q[4:4] ++ odd; let back = q[-1];
                x all; x back; x q[0:2:4];
                c = measure q;
                """, "11111");
    }

    @Test
    void compares_registers_wider_than_a_number() {
        String zeros = "0".repeat(68);
        certain(
                "qubit q; bit[70] c; bit d; x q; c[69] = measure q; if (c == 590295810358705651712) { x q; }"
                        + " d = measure q;",
                "01" + zeros + "0");
        certain(
                "qubit q; bit[70] c; bit d; x q; c[69] = measure q; if (c == 590295810358705651713) { x q; }"
                        + " d = measure q;",
                "11" + zeros + "0");
        certain(
                "qubit q; bit[70] c; bit d; x q; c[69] = measure q; if (c == \"1" + zeros + "0\") { x q; }"
                        + " d = measure q;",
                "01" + zeros + "0");
    }

    @Test
    void stops_at_end() {
        certain("qubit q; bit c; x q; c = measure q; end; x q; c = measure q;", "1");
    }

    @Test
    void takes_inputs_from_the_caller() {
        Circuit circuit = OpenQasm.parse(
                START + "input float a; qubit q; rx(a) q;", CircuitLimits.defaults(), Map.of("a", Math.PI));
        assertThat(ReferenceSimulator.distribution(circuit).get("1")).isCloseTo(1, within(1e-12));
    }

    @Test
    void takes_the_pragmas_of_braket() {
        Circuit circuit = OpenQasm.parse("""
                OPENQASM 3;
                qubit[2] q;
                #pragma braket unitary([[0, 0, 1, 0], [0, 0, 0, 1], [1.0, 0, 0, 0], [0, 0+1im, 0, 0]]) q[0], q[1]
                #pragma braket verbatim
                box { cnot $0, $1; }
                #pragma braket result expectation z(q[0])
                """, CircuitLimits.defaults());
        // Braket's first qubit is the most significant bit of the matrix: 00 goes to 10, and the cnot to 11.
        assertThat(ReferenceSimulator.distribution(circuit)).containsOnlyKeys("11");
        assertThat(circuit.requests()).containsExactly("verbatim");
        assertThat(circuit.resultRequests())
                .containsExactly(new ResultRequest.OfObservable(Statistic.EXPECTATION, List.of(Observable.z(0))));
        assertThatThrownBy(() -> OpenQasm.write2(circuit)).isInstanceOf(CircuitException.class);
        assertThatThrownBy(() -> CircuitJson.write(circuit)).hasMessageContaining("cannot express");
    }

    @Test
    void measures_the_length_of_a_text_in_bytes() {
        CircuitLimits limits = CircuitLimits.defaults().withMaxSourceBytes(30);
        assertThat(OpenQasm.parse("OPENQASM 3; qubit q; // aaaaaa", limits).qubitCount())
                .isEqualTo(1);
        assertThatThrownBy(() -> OpenQasm.parse("OPENQASM 3; qubit q; // aaaaaπ", limits))
                .isInstanceOf(CircuitException.class)
                .hasMessageContaining("30 bytes");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "qubit q; bit c; c = measure q; float f = 0; if (c) { f = 1; } | UNSUPPORTED | whole numbers and bits",
                "qubit q; bit c; c = measure q; u(int(c), 0, 0) q; | UNSUPPORTED | before the run",
                "break; | SYNTAX | nothing to leave",
                "def f(int n) -> int { return f(n + 1); } int x = f(0); | LIMIT_EXCEEDED | deep",
                "while (true) { } | LIMIT_EXCEEDED | 300 ms",
                "const int n = 3; n = 4; | INVALID_VALUE | constant",
                "array[int, 3] a = {1, 2, 3}; int x = a[3]; | INDEX_OUT_OF_RANGE | index 3",
                "array[int, 1000000000] a; | LIMIT_EXCEEDED | operations",
                "int[8] x; int y = x; | INVALID_VALUE | no value",
                "def f(qubit q) { } qubit[2] r; f(r); | WRONG_ARITY | 1 qubits",
                "input float a; | UNSUPPORTED | no value was given",
                "switch (1) { 2 { } } | SYNTAX | 'case'",
            })
    void refuses_with_a_reason(String source, CircuitProblem code, String message) {
        assertThatThrownBy(() ->
                        OpenQasm.parse(START + source, CircuitLimits.defaults().withMaxParseMillis(300)))
                .isInstanceOfSatisfying(CircuitException.class, e -> {
                    assertThat(e).hasMessageContaining(message);
                    assertThat(e.code()).isEqualTo(code);
                    assertThat(e.line()).isEqualTo(1);
                });
    }
}
