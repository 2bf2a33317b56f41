package org.quantumhub.engine.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitLimits;
import org.quantumhub.engine.circuit.CircuitProblem;
import org.quantumhub.engine.simulator.ReferenceSimulator;

class IonqJsonTest {
    private static Circuit read(String json) {
        return IonqJson.read(json, CircuitLimits.defaults());
    }

    @Test
    void reads_abstract_gates() {
        Circuit circuit = read("""
                {"gateset": "qis", "qubits": 3, "circuit": [
                  {"gate": "h", "target": 0}, {"gate": "cnot", "control": 0, "target": 1},
                  {"gate": "x", "controls": [0, 1], "target": 2},
                  {"gate": "rx", "rotation": 0.5, "target": 1}, {"gate": "xx", "targets": [0, 2], "rotation": 1}]}
                """);
        Circuit expected = Circuit.builder(3, 0)
                .gate("h", 0)
                .gate("cx", 0, 1)
                .gate("ccx", 0, 1, 2)
                .gate("rx", List.of(0.5), 1)
                .gate("rxx", List.of(1.0), 0, 2)
                .build();
        assertThat(ReferenceSimulator.amplitudes(circuit)).isDeepEqualTo(ReferenceSimulator.amplitudes(expected));
    }

    @Test
    void reads_native_gates_in_turns() {
        Circuit circuit = read("""
                {"gateset": "native", "qubits": 2, "circuit": [
                  {"gate": "gpi", "phase": 0.5, "target": 0}, {"gate": "gpi2", "phase": 0, "target": 1},
                  {"gate": "ms", "phases": [0, 0.25], "targets": [0, 1]},
                  {"gate": "zz", "angle": 0.125, "targets": [0, 1]}]}
                """);
        Circuit expected = Circuit.builder(2, 0)
                .gate("gpi", List.of(Math.PI), 0)
                .gate("gpi2", List.of(0.0), 1)
                .gate("ms", List.of(0.0, Math.PI / 2, Math.PI / 2), 0, 1)
                .gate("rzz", List.of(Math.PI / 4), 0, 1)
                .build();
        assertThat(circuit).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"qubits\":1,\"circuit\":[{\"gate\":\"gpi\",\"target\":0}]} | UNKNOWN_GATE | /circuit/0/gate",
                "{\"qubits\":1,\"gateset\":\"other\",\"circuit\":[]} | INVALID_VALUE | /gateset",
                "{\"qubits\":1,\"circuit\":[{\"gate\":\"rx\",\"target\":0}]} | WRONG_PARAMETERS | /circuit/0",
                "{\"qubits\":1,\"circuit\":[{\"gate\":\"h\",\"target\":1}]} | INDEX_OUT_OF_RANGE | /circuit/0/target",
                "{\"qubits\":2,\"circuit\":[{\"gate\":\"cnot\",\"target\":1}]} | WRONG_ARITY | /circuit/0",
                "{\"qubits\":1025,\"circuit\":[]} | LIMIT_EXCEEDED | /qubits",
            })
    void refuses_with_the_place(String json, CircuitProblem code, String path) {
        assertThatThrownBy(() -> read(json)).isInstanceOfSatisfying(CircuitException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.path()).isEqualTo(path);
            assertThat(e.line()).isEqualTo(1);
        });
    }
}
