package org.quantumhub.engine.simulator;

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
import org.quantumhub.engine.circuit.Matrix;
import org.quantumhub.engine.circuit.ParameterisedCircuit;
import org.quantumhub.engine.json.CircuitJson;
import org.quantumhub.engine.qasm.OpenQasm;

class RequestedResultsTest {
    private static final RunOptions EXACT = RunOptions.shots(0);

    /// q[0] is 1 with probability 0.8, q[1] with 0.3, q[2] always.
    private static final String START = """
            OPENQASM 3.0;
            qubit[3] q;
            ry(2 * arcsin(sqrt(0.8))) q[0];
            ry(2 * arcsin(sqrt(0.3))) q[1];
            x q[2];
            """;

    private static Circuit parse(String pragmas) {
        return OpenQasm.parse(START + pragmas, CircuitLimits.defaults());
    }

    private static List<ResultValue> answers(String pragmas) {
        Circuit circuit = parse(pragmas);
        List<ResultValue> answers = RequestedResults.of(circuit, NoiseModel.NONE, EXACT);
        // What is written asks for the same.
        Circuit again = OpenQasm.parse(OpenQasm.write3(circuit), CircuitLimits.defaults());
        assertThat(again.resultRequests()).hasSameSizeAs(circuit.resultRequests());
        assertThat(RequestedResults.of(again, NoiseModel.NONE, EXACT).toString().replaceAll("@\\w+", ""))
                .isEqualTo(answers.toString().replaceAll("@\\w+", ""));
        return answers;
    }

    private static double number(String pragma) {
        ResultValue value = answers("#pragma braket result " + pragma + "\n").getFirst();
        return ((ResultValue.Numbers) value).values().getFirst();
    }

    @Test
    void gives_the_state_and_single_amplitudes() {
        List<ResultValue> answers = answers("""
                #pragma braket result state_vector
                #pragma braket result amplitude "101", "001", "100"
                """);
        StateVector state = ((ResultValue.State) answers.get(0)).amplitudes();
        assertThat(state.re(0b101)).isCloseTo(Math.sqrt(0.8 * 0.7), within(1e-12));
        // Braket writes q[0] at the left, this engine at the right.
        Map<String, ResultValue.Amplitude> amplitudes = ((ResultValue.Amplitudes) answers.get(1)).values();
        ResultValue.Amplitude none = new ResultValue.Amplitude(0, 0);
        assertThat(amplitudes.getOrDefault("101", none).re()).isCloseTo(Math.sqrt(0.8 * 0.7), within(1e-12));
        assertThat(amplitudes.getOrDefault("100", none).re()).isCloseTo(Math.sqrt(0.2 * 0.7), within(1e-12));
        assertThat(amplitudes).containsOnlyKeys("101", "100", "001").containsEntry("001", none);
    }

    @Test
    void gives_probabilities_with_the_last_qubit_as_the_least_significant_bit() {
        List<ResultValue> answers = answers("""
                #pragma braket result probability q[0], q[1]
                #pragma braket result probability all
                #pragma braket result probability
                """);
        ResultValue.Probabilities pair = (ResultValue.Probabilities) answers.get(0);
        assertThat(pair.qubits()).containsExactly(1, 0);
        assertThat(pair.values().get(0b10)).isCloseTo(0.8 * 0.7, within(1e-12));
        assertThat(pair.values().get(0b01)).isCloseTo(0.2 * 0.3, within(1e-12));
        ResultValue.Probabilities all = (ResultValue.Probabilities) answers.get(1);
        assertThat(all.values()).hasSize(8);
        assertThat(all.values().get(0b101)).isCloseTo(0.8 * 0.7, within(1e-12));
        assertThat(answers.get(2)).isEqualTo(all);
    }

    @Test
    void gives_density_matrices_with_and_without_noise() {
        String ask = "#pragma braket result density_matrix q[0]\n#pragma braket result density_matrix q[2], q[0]\n";
        Matrix pure = ((ResultValue.Density) answers(ask).getFirst()).matrix();
        assertThat(pure.re(1, 1)).isCloseTo(0.8, within(1e-12));
        assertThat(pure.re(0, 1)).isCloseTo(0.4, within(1e-12));
        List<ResultValue> noisy = answers("#pragma braket noise phase_flip(0.25) q[0]\n" + ask);
        assertThat(((ResultValue.Density) noisy.getFirst()).matrix().re(0, 1)).isCloseTo(0.2, within(1e-12));
        Matrix two = ((ResultValue.Density) noisy.get(1)).matrix();
        // q[2] is 1 and stands first, so it is the higher bit.
        assertThat(two.re(0b11, 0b11)).isCloseTo(0.8, within(1e-12));
        assertThat(two.re(0b10, 0b10)).isCloseTo(0.2, within(1e-12));
    }

    @Test
    void gives_means_and_variances_of_observables() {
        assertThat(number("expectation z(q[0])")).isCloseTo(-0.6, within(1e-12));
        assertThat(number("expectation x(q[0])")).isCloseTo(0.8, within(1e-12));
        assertThat(number("variance z(q[0])")).isCloseTo(1 - 0.36, within(1e-12));
        assertThat(number("expectation z(q[0]) @ z(q[1]) @ i(q[2])")).isCloseTo(-0.6 * 0.4, within(1e-12));
        assertThat(number("expectation hermitian([[1, 0], [0, 3]]) q[1]")).isCloseTo(0.7 + 0.9, within(1e-12));
        // The first qubit is the higher bit of the matrix: 5 where q[0] is 0 and q[1] is 1.
        assertThat(number("expectation hermitian([[0,0,0,0],[0,5,0,0],[0,0,0,0],[0,0,0,0]]) q[0], q[1]"))
                .isCloseTo(5 * 0.2 * 0.3, within(1e-12));
        assertThat(answers("#pragma braket result expectation z all\n"))
                .satisfiesExactly(value -> assertThat(((ResultValue.Numbers) value).values())
                        .satisfiesExactly(
                                a -> assertThat(a).isCloseTo(-0.6, within(1e-12)),
                                b -> assertThat(b).isCloseTo(0.4, within(1e-12)),
                                c -> assertThat(c).isCloseTo(-1, within(1e-12))));
        String noise = "#pragma braket noise bit_flip(0.25) q[0]\n#pragma braket result ";
        ResultValue.Numbers mean = (ResultValue.Numbers)
                answers(noise + "expectation z(q[0]) @ z(q[1])\n").getFirst();
        assertThat(mean.values().getFirst()).isCloseTo(-0.3 * 0.4, within(1e-12));
        ResultValue.Numbers variance = (ResultValue.Numbers)
                answers(noise + "variance hermitian([[1, 0], [0, 3]]) q[0]\n").getFirst();
        assertThat(variance.values().getFirst()).isCloseTo(4 * 0.65 * 0.35, within(1e-12));
    }

    @Test
    void draws_samples_with_the_shots_of_the_run() {
        Circuit circuit = parse("#pragma braket result sample z(q[0]) @ z(q[2])\n");
        int shots = 4000;
        ResultValue.Samples samples = (ResultValue.Samples) RequestedResults.of(
                        circuit, NoiseModel.NONE, RunOptions.shots(shots).withSeed(7))
                .getFirst();
        List<Double> values = samples.values().getFirst();
        assertThat(values).hasSize(shots).allMatch(value -> Math.abs(Math.abs(value) - 1) < 1e-9);
        assertThat(values.stream().mapToDouble(Double::doubleValue).average().orElseThrow())
                .isCloseTo(0.6, within(0.06));
        assertThatThrownBy(() -> RequestedResults.of(circuit, NoiseModel.NONE, EXACT))
                .isInstanceOf(CircuitException.class)
                .hasMessageContaining("no shots");
    }

    @Test
    void takes_gradients_by_the_inputs_of_a_program() {
        String source = """
                OPENQASM 3.0;
                input float alpha; input float beta;
                qubit[2] q;
                rx(alpha) q[0]; ry(2 * beta) q[1];
                #pragma braket result adjoint_gradient expectation(-6 * z(q[0]) @ i(q[1]) + 0.5 * h(q[1]) - hermitian([[0, 0], [0, 2]]) q[0]) alpha, beta
                #pragma braket result adjoint_gradient z(q[0]) @ z(q[1]) beta
                """;
        ParameterisedCircuit open = ParameterisedCircuit.fittedTo(
                List.of("alpha", "beta"),
                values -> OpenQasm.parse(
                        source, CircuitLimits.defaults(), Map.of("alpha", values[0], "beta", values[1])));
        double a = 0.4;
        double b = 0.3;
        List<ResultValue> answers = RequestedResults.of(open, new double[] {a, b}, EXACT);
        ResultValue.Gradient first = (ResultValue.Gradient) answers.get(0);
        double r = Math.sqrt(0.5);
        double expected = -6 * Math.cos(a) + 0.5 * r * (Math.cos(2 * b) + Math.sin(2 * b)) - (1 - Math.cos(a));
        assertThat(first.value()).isCloseTo(expected, within(1e-12));
        assertThat(first.derivatives().get("alpha")).isCloseTo(5 * Math.sin(a), within(1e-12));
        assertThat(first.derivatives().get("beta")).isCloseTo(r * (Math.cos(2 * b) - Math.sin(2 * b)), within(1e-12));
        ResultValue.Gradient second = (ResultValue.Gradient) answers.get(1);
        assertThat(second.derivatives()).containsOnlyKeys("beta");
        assertThat(second.derivatives().get("beta")).isCloseTo(-2 * Math.cos(a) * Math.sin(2 * b), within(1e-12));
        Circuit bound = OpenQasm.parse(source, CircuitLimits.defaults(), Map.of("alpha", a, "beta", b));
        assertThatThrownBy(() -> RequestedResults.of(bound, NoiseModel.NONE, EXACT))
                .isInstanceOf(CircuitException.class)
                .hasMessageContaining("inputs");
        assertThatThrownBy(() -> OpenQasm.write3(bound)).hasMessageContaining("a gradient, because the inputs");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "result fidelity q[0] | UNKNOWN_NAME | 'fidelity'",
                "result state_vector q[0] | SYNTAX | Nothing was expected",
                "result amplitude \"00\" | SYNTAX | \"000\"",
                "result amplitude 000 | SYNTAX | \"000\"",
                "result probability q[3] | INDEX_OUT_OF_RANGE | index 3",
                "result probability q[0], q[0] | DUPLICATE_QUBIT | twice",
                "result expectation w(q[0]) | UNKNOWN_NAME | 'w'",
                "result expectation x(q) | WRONG_ARITY | 1 qubit",
                "result expectation x(q[0]) @ z(q[0]) | DUPLICATE_QUBIT | qubit 0",
                "result expectation hermitian([[0, 1], [0, 0]]) q[0] | INVALID_VALUE | Hermitian",
                "result expectation hermitian([[1, 0], [0, 1]]) q[0], q[1] | WRONG_ARITY | dimension 2",
                "result expectation | SYNTAX | observable",
                "result adjoint_gradient expectation(x(q[0])) gamma | UNKNOWN_NAME | 'gamma'",
                "result adjoint_gradient expectation(x(q[0]) | SYNTAX | parentheses",
                "result | UNSUPPORTED | 'result'",
            })
    void refuses_with_the_line_of_the_pragma(String pragma, CircuitProblem code, String message) {
        assertThatThrownBy(() -> parse("#pragma braket " + pragma + "\n"))
                .isInstanceOfSatisfying(CircuitException.class, e -> {
                    assertThat(e).hasMessageContaining(message);
                    assertThat(e.code()).isEqualTo(code);
                    assertThat(e.line()).isEqualTo(6);
                    assertThat(e.column()).isEqualTo(1);
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "bit c = measure q[0]; x q[0]; | expectation z(q[0]) | outcome of a measurement",
                "bit c = measure q[0]; if (c) { x q[1]; } | probability | outcome of a measurement",
                "reset q[0]; | state_vector | a density matrix there is",
            })
    void refuses_what_no_simulator_could_answer(String steps, String request, String message) {
        assertThatThrownBy(() -> parse(steps + "\n#pragma braket result " + request + "\n"))
                .isInstanceOfSatisfying(CircuitException.class, e -> {
                    assertThat(e).hasMessageContaining(message);
                    assertThat(e.line()).isEqualTo(7);
                });
    }

    @Test
    void is_refused_by_formats_that_cannot_ask() {
        Circuit circuit = parse("#pragma braket result probability\n");
        assertThatThrownBy(() -> OpenQasm.write2(circuit)).hasMessageContaining("result probability");
        assertThatThrownBy(() -> CircuitJson.write(circuit)).hasMessageContaining("more than counts");
        assertThat(parse("#pragma braket result probability\n"))
                .isEqualTo(circuit)
                .isNotEqualTo(parse(""));
    }
}
