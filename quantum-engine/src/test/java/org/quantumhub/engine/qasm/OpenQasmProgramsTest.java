package org.quantumhub.engine.qasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitLimits;
import org.quantumhub.engine.circuit.CircuitProblem;
import org.quantumhub.engine.circuit.GateInstruction;
import org.quantumhub.engine.simulator.ReferenceSimulator;
import org.quantumhub.engine.simulator.RunOptions;
import org.quantumhub.engine.simulator.StateVectorSimulator;

/// Programs of the kinds that people write, with what they must come to.
class OpenQasmProgramsTest {
    private static Circuit read(String source) {
        return OpenQasm.parse(source, CircuitLimits.defaults());
    }

    private static Map<String, Double> distribution(String source) {
        return ReferenceSimulator.distribution(read(source));
    }

    private static double angle(String source) {
        return ((GateInstruction) read(source).instructions().getFirst())
                .parameters()
                .getFirst();
    }

    @Test
    void estimates_a_phase_bit_by_bit_into_a_measured_angle() {
        // The eigenvalue exp(i 2 pi 5/16) of a phase gate: four binary digits 0101.
        String source = """
                OPENQASM 3.0;
                include "stdgates.inc";
                const int n = 4;
                const float theta = 2 * pi * 5 / 16;
                qubit q; qubit r;
                angle[n] c;
                bit[n] out;
                reset q; reset r;
                x r;
                uint[n] power = 8;
                for uint i in [0: n - 1] {
                  reset q;
                  h q;
                  ctrl @ pow(power) @ phase(theta) q, r;
                  inv @ phase(c) q;
                  h q;
                  measure q -> out[i];
                  // The newest digit is the most significant one of what is subtracted next.
                  c >>= 1;
                  if (out[i] == 1) { c[n - 2] = 1; }
                  power >>= 1;
                }
                """;
        Map<String, Double> outcomes = distribution(source);
        assertThat(outcomes).containsOnlyKeys("0101");
    }

    @Test
    void turns_by_multiples_of_measured_angles() {
        for (int value = 0; value < 8; value++) {
            String source = "OPENQASM 3; qubit[4] q; angle[3] a;"
                    + (value % 2 == 1 ? "x q[0];" : "") + (value / 2 % 2 == 1 ? "x q[1];" : "")
                    + (value / 4 == 1 ? "x q[2];" : "")
                    + "a[0] = measure q[0]; a[1] = measure q[1]; a[2] = measure q[2];"
                    + "bit b; ry(pi/3 - 2*a) q[3]; b = measure q[3];";
            double expected = Math.pow(Math.sin((Math.PI / 3 - 2 * 2 * Math.PI * value / 8) / 2), 2);
            assertThat(distribution(source).getOrDefault("1", 0.0)).isCloseTo(expected, within(1e-12));
        }
        assertThatThrownBy(() -> read("OPENQASM 3; qubit q; angle[3] a; a[0] = measure q; u3(a, 0, 0) q;"))
                .isInstanceOf(CircuitException.class)
                .hasMessageContaining("depends on a measurement");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "complex[float[64]] z = 1.5 + 2im; rx(real(z) + imag(z)) q[0];|3.5",
                "complex z = (1 + 2im) * (3 - 1im); rx(real(z)) q[0];|5",
                "complex z = (1 + 2im) * (3 - 1im); rx(imag(z)) q[0];|5",
                "const complex z = 1 / 1im; rx(imag(z)) q[0];|-1",
                "complex z = exp(1im * pi / 2); rx(imag(z)) q[0];|1",
                "complex z = 3 + 4im; rx(abs(z)) q[0];|5",
                "complex z = -2im ** 2; rx(real(z)) q[0];|4",
                "complex z = sqrt(-4 + 0im); rx(imag(z)) q[0];|2",
                "complex z = 2im; if (z == 2im) { rx(1) q[0]; }|1",
                "array[float[64], 3] a = {0.5, 1.5, 2.5}; rx(a[1]) q[0];|1.5",
                "array[float, 3] a = {0.5, 1.5, 2.5}; rx(a[-1]) q[0];|2.5",
                "array[int[32], 2, 3] a = {{1, 2, 3}, {4, 5, 6}}; rx(a[1, 2]) q[0];|6",
                "array[int[32], 2, 3] a = {{1, 2, 3}, {4, 5, 6}}; rx(a[1][0]) q[0];|4",
                "array[int[32], 5] a = {1, 2, 3, 4, 5}; array[int[32], 2] b; b = a[1:2]; rx(b[1]) q[0];|3",
                "array[int[32], 4] a = {1, 2, 3, 4}; a[0:1] = a[2:3]; rx(a[0] + 10 * a[1]) q[0];|43",
                "array[int[32], 2, 2] a = {{1, 2}, {3, 4}}; a[0] = {7, 8}; rx(a[0, 1]) q[0];|8",
                "array[int[32], 2, 3] a; rx(sizeof(a) + 10 * sizeof(a, 1)) q[0];|32",
                "def add(mutable array[int[32], #dim = 1] a) { a[0] += 5; }"
                        + " array[int[32], 2] v = {1, 2}; add(v); rx(v[0]) q[0];|6",
                "def sum(readonly array[float[64], #dim = 1] a) -> float { float s = 0;"
                        + " for int i in [0:sizeof(a) - 1] { s += a[i]; } return s; }"
                        + " array[float[64], 3] v = {1, 2, 3.5}; rx(sum(v)) q[0];|6.5",
                "array[float[64], 3] angles = {0.1, 0.2, 0.3}; for float t in angles { if (t > 0.25) { rx(t) q[0]; } }|0.3",
                "array[complex[float[64]], 2] a = {1im, 2 - 3im}; rx(imag(a[1])) q[0];|-3",
            })
    void works_out_complex_numbers_and_arrays(String given) {
        String[] parts = given.split("\\|");
        assertThat(angle("OPENQASM 3.0; include \"stdgates.inc\"; qubit[2] q; " + parts[0]))
                .isCloseTo(Double.parseDouble(parts[1]), within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "complex z = 1im; rx(z) q[0];|real number",
                "complex z = 1im; bool b = z < 2;|complex",
                "array[int[32], 3] a = {1, 2};|3 elements",
                "array[int[32], 2] a = {{1}, {2}};|too deep",
                "array[int[32], 3] a; rx(a[3]) q[0];|index 3",
                "array[int[32], 4] a; a[0:1] = a[0:2];|2 elements",
                "def f(readonly array[int[32], 2] a) { a[0] = 1; } array[int[32], 2] v = {1, 2}; f(v);|constant",
                "array[int[32], 4] a; rx(sizeof(a, 2)) q[0];|dimension 2",
                "rx(durationof({x q[0]; ) q[0];|'}'",
            })
    void refuses_with_what_was_expected(String given) {
        String[] parts = given.split("\\|");
        assertThatThrownBy(() -> read("OPENQASM 3.0; qubit[2] q; " + parts[0]))
                .isInstanceOfSatisfying(
                        CircuitException.class, e -> assertThat(e.line()).isPositive())
                .hasMessageContaining(parts[1]);
    }

    @Test
    void teleports_and_calls_subroutines_in_both_ways() {
        String source = """
                OPENQASM 3.0;
                include "stdgates.inc";
                def bellprep(qubit[2] q) { reset q; h q[0]; cx q[0], q[1]; }
                qubit message; qubit[2] pair; bit[2] pf; bit out;
                ry(pi / 3) message;
                bellprep pair;
                cx message, pair[0]; h message;
                pf[0] = measure message;
                pf[1] = measure pair[0];
                if (pf[1] == 1) x pair[1];
                if (pf[0] == 1) z pair[1];
                ry(-pi / 3) pair[1];
                out = measure pair[1];
                """;
        distribution(source).forEach((text, p) -> assertThat(text).startsWith("0"));
        String newer = source.replace("bellprep pair;", "bellprep(pair);");
        assertThat(read(newer).instructions()).isEqualTo(read(source).instructions());
    }

    @Test
    void corrects_an_error_found_by_a_syndrome() {
        for (String error : List.of("", "x q[0];", "x q[1];", "x q[2];")) {
            String source = """
                    OPENQASM 3.0;
                    include "stdgates.inc";
                    qubit[3] q; qubit[2] a; bit[2] syndrome; bit[3] c;
                    def syndromes(qubit[3] d, qubit[2] a) -> bit[2] {
                      bit[2] b;
                      reset a;
                      cx d[0], a[0]; cx d[1], a[0]; cx d[1], a[1]; cx d[2], a[1];
                      b = measure a;
                      return b;
                    }
                    x q; ERROR
                    syndrome = syndromes(q, a);
                    switch (int[2](syndrome)) {
                      case 1 { x q[0]; }
                      case 3 { x q[1]; }
                      case 2 { x q[2]; }
                      default { }
                    }
                    c = measure q;
                    """.replace("ERROR", error);
            // The syndrome comes last in the text; bits of the subroutine's own do not show.
            assertThat(distribution(source).keySet())
                    .as(error)
                    .allMatch(text -> text.length() == 5 && text.startsWith("111"));
        }
    }

    @Test
    void takes_timing_annotations_and_physical_qubits_for_what_they_are() {
        Circuit circuit = read("""
                OPENQASM 3.0;
                include "stdgates.inc";
                stretch a;
                duration half = 0.5 * durationof({x $0;}) + a;
                box { delay[half] $0; x $0; delay[100ns] $0; }
                @reversible
                cx $0, $2;
                """);
        assertThat(circuit.qubitCount()).isEqualTo(3);
        assertThat(circuit.instructions()).hasSize(2);
    }

    @Test
    void runs_what_quantum_kits_export() {
        String version2 = """
                OPENQASM 2.0;
                include "qelib1.inc";
                gate ryy(param0) q0,q1 { rx(pi/2) q0; rx(pi/2) q1; cx q0,q1; rz(param0) q1; cx q0,q1; rx(-pi/2) q0; rx(-pi/2) q1; }
                gate mcx_gray q0,q1,q2,q3 { h q3; cu1(pi/4) q0,q3; cx q0,q1; cu1(-pi/4) q1,q3; cx q0,q1; cu1(pi/4) q1,q3; cx q1,q2; cu1(-pi/4) q2,q3; cx q0,q2; cu1(pi/4) q2,q3; cx q1,q2; cu1(-pi/4) q2,q3; cx q0,q2; cu1(pi/4) q2,q3; h q3; }
                qreg q[4]; creg c[4]; creg flag[1];
                x q[0]; x q[1]; x q[2];
                mcx_gray q[0],q[1],q[2],q[3];
                ryy(1.5707963267948966) q[0],q[1];
                ryy(-pi/2) q[0],q[1];
                u3(pi,0,pi) q[0]; u2(0,pi) q[1]; u1(pi/2) q[2]; id q[3]; sxdg q[0]; sx q[0];
                barrier q;
                h q[1];
                measure q -> c;
                if (c == 14) x q[0];
                measure q[0] -> flag[0];
                """;
        // The fourth qubit was flipped by the other three, then the first was flipped by hand.
        assertThat(distribution(version2)).hasSize(1).containsKey("11110");
        Circuit circuit = read(version2);
        assertThat(new StateVectorSimulator().run(circuit, RunOptions.shots(20)).counts())
                .containsOnlyKeys("11110");
        assertThatThrownBy(() -> read("OPENQASM 2.0; qreg q[1]; opaque secret a; secret q[0];"))
                .isInstanceOfSatisfying(
                        CircuitException.class, e -> assertThat(e.code()).isEqualTo(CircuitProblem.UNSUPPORTED));
    }
}
