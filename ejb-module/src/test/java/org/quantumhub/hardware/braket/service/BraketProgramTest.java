package org.quantumhub.hardware.braket.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.hardware.Backend;
import org.quantumhub.hardware.service.TestBackends;
import org.quantumhub.hardware.service.Work;

/// Programs on their way to Braket: passed on or written anew, with the values of their inputs where they belong.
class BraketProgramTest {

    private static final Backend QPU = TestBackends.of("iqm-garnet", "Garnet", 20);
    private static final Backend SIMULATOR = TestBackends.simulator("sv1", "sv1", 34);

    private static BraketProgram program(Backend backend, String source, @Nullable String inputs) {
        return BraketProgram.of(new Work(backend, "OPENQASM3", source, 100, 7, false, inputs));
    }

    private static JsonObject action(BraketProgram program) {
        try (JsonReader reader = Json.createReader(new StringReader(program.action()))) {
            return reader.readObject();
        }
    }

    @Test
    void a_program_in_brakets_words_goes_as_it_is_with_its_inputs_beside_it() {
        String source = "OPENQASM 3.0;\ninput float theta;\nqubit[2] q;\nrx(theta) q[0];\ncnot q[0], q[1];";
        JsonObject action = action(program(QPU, source, "{\"theta\": 0.25}"));
        assertThat(action.keySet()).containsExactlyInAnyOrder("braketSchemaHeader", "source", "inputs");
        assertThat(action.getString("source")).isEqualTo(source);
        assertThat(action.getJsonObject("inputs").getJsonNumber("theta").doubleValue())
                .isEqualTo(0.25);
    }

    @Test
    void a_program_with_an_include_is_written_anew_with_the_values_in_it() {
        String source =
                "OPENQASM 3.0; include \"stdgates.inc\"; input float theta; qubit[2] q; rx(theta) q[0]; cx q[0], q[1];";
        JsonObject action = action(program(QPU, source, "{\"theta\": 0.25}"));
        assertThat(action.getString("source")).contains("rx(0.25").contains("cnot q[0], q[1]");
        assertThat(action.getString("source")).doesNotContain("input", "include");
        assertThat(action.getJsonObject("inputs")).isEmpty();
    }

    @Test
    void a_program_whose_gates_braket_does_not_have_is_written_anew_though_it_includes_nothing() {
        String source = "OPENQASM 3.0; qubit[2] q; sdg q[0]; cx q[0], q[1];";
        assertThat(program(QPU, source, null).source()).contains("si q[0]", "cnot q[0], q[1]");
        String commented = "OPENQASM 3.0; // cx is called cnot\nqubit[2] q; cnot q[0], q[1];";
        assertThat(program(QPU, commented, null).source()).isEqualTo(commented);
        String defined = "OPENQASM 3.0; gate cx a, b { cnot a, b; } qubit[2] q; cx q[0], q[1];";
        assertThat(program(QPU, defined, null).source()).isEqualTo(defined);
    }

    @Test
    void verbatim_boxes_and_physical_qubits_are_passed_through() {
        String source = """
                OPENQASM 3.0;
                bit[2] b;
                #pragma braket verbatim
                box{
                prx(1.5, 0.0) $1;
                cz $1, $2;
                measure_ff(0) $2;
                cc_prx(3.14, 0.0, 0) $1;
                }
                b[0] = measure $1;
                b[1] = measure $2;
                """;
        assertThat(program(QPU, source, null).source()).isEqualTo(source);
    }

    @Test
    void requests_for_results_are_passed_through_and_an_include_that_braket_does_not_have_is_left_out() {
        String source = """
                OPENQASM 3.0;
                include "stdgates.inc";
                qubit[2] q;
                h q[0];
                cnot q[0], q[1];
                #pragma braket result expectation z(q[0]) @ z(q[1])
                """;
        BraketProgram program = program(QPU, source, null);
        assertThat(program.source()).doesNotContain("include").contains("#pragma braket result expectation z(q[0])");
        assertThat(program.isExact()).isFalse();
        assertThatThrownBy(() -> program(QPU, source.replace("cnot", "cx"), null))
                .isInstanceOf(CircuitException.class)
                .hasMessageContaining("'cnot'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "result state_vector",
                "result density_matrix q[0]",
                "result amplitude \"00\", \"11\"",
                "result adjoint_gradient expectation(z(q[0])) all"
            })
    void what_only_a_simulator_can_tell_is_refused_for_a_device(String request) {
        String source = "OPENQASM 3.0;\nqubit[2] q;\nh q[0];\ncnot q[0], q[1];\n#pragma braket " + request + "\n";
        assertThat(program(SIMULATOR, source, null).isExact()).isTrue();
        assertThatThrownBy(() -> program(QPU, source, null)).isInstanceOf(CircuitException.class);
        assertThatThrownBy(() -> program(SIMULATOR, source + "#pragma braket result sample z(q[0])\n", null))
                .isInstanceOf(CircuitException.class);
    }

    @Test
    void noise_is_for_simulators() {
        String source = "OPENQASM 3.0;\nqubit[1] q;\nh q[0];\n#pragma braket noise bit_flip(0.1) q[0]\n";
        assertThat(program(SIMULATOR, source, null).source()).isEqualTo(source);
        assertThatThrownBy(() -> program(QPU, source, null)).isInstanceOf(CircuitException.class);
    }
}
