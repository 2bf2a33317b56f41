package org.quantumhub.engine.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitLimits;
import org.quantumhub.engine.circuit.CircuitProblem;
import org.quantumhub.engine.circuit.Instruction;
import org.quantumhub.engine.simulator.RandomCircuits;

class CircuitJsonTest {
    private static final CircuitLimits LIMITS = CircuitLimits.defaults();

    @Test
    void reads_the_example_of_the_documentation() {
        Circuit circuit = CircuitJson.read("""
                {"num_qubits": 2, "gates": [
                  {"type": "H", "target": 0},
                  {"type": "CNOT", "control": 0, "target": 1},
                  {"type": "RZ", "target": 1, "parameter": 0.5},
                  {"type": "MEASURE", "target": 1, "clbit": 0}]}
                """, LIMITS);
        assertThat(circuit)
                .isEqualTo(Circuit.builder(2, 1)
                        .gate("h", 0)
                        .gate("cx", 0, 1)
                        .gate("rz", List.of(0.5), 1)
                        .measure(1, 0)
                        .build());
    }

    @Test
    void takes_arrays_further_controls_and_whole_registers() {
        Circuit circuit = CircuitJson.read("""
                {"num_qubits":3,"num_clbits":3,"gates":[
                  {"type":"swap","targets":[0,2]},
                  {"type":"X","controls":[0,1],"target":2},
                  {"type":"cnot","controls":[1,0],"target":2},
                  {"type":"U","target":1,"parameters":[1,2,3e0]},
                  {"type":"RESET","target":0},{"type":"BARRIER"},{"type":"measure"}]}
                """, LIMITS);
        assertThat(circuit.instructions()).hasSize(9);
        assertThat(circuit.instructions().get(5)).isEqualTo(new Instruction.Barrier(List.of(0, 1, 2)));
        assertThat(circuit.instructions().get(8)).isEqualTo(new Instruction.Measure(2, 2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[] | INVALID_VALUE | 1 | 1 | '' | circuit object",
                "{ | SYNTAX | 1 | 2 | '' | field name",
                "{\"num_qubits\":1} | SYNTAX | 1 | 1 | '' | 'gates' was expected",
                "{\"num_qubits\":1.5,\"gates\":[]} | INVALID_VALUE | 1 | 15 | /num_qubits | whole number",
                "{\"num_qubits\":-1,\"gates\":[]} | INVALID_VALUE | 1 | 15 | /num_qubits | whole number",
                "{\"num_qubits\":1025,\"gates\":[]} | LIMIT_EXCEEDED | 1 | 15 | /num_qubits | at most 1024",
                "{\"num_qubits\":1,\"num_qubits\":1,\"gates\":[]} | SYNTAX | 1 | 17 | '' | twice",
                "{\"num_qubits\":1,\"gates\":[],\"shots\":3} | UNKNOWN_NAME | 1 | 36 | /shots | not known",
                "{\"num_qubits\":1,\"gates\":[{\"type\":\"H\"}]} | SYNTAX | 1 | 26 | /gates/0 | 'target'",
                "{\"num_qubits\":1,\"gates\":[{\"type\":\"HH\",\"target\":0}]} | UNKNOWN_GATE | 1 | 34 | /gates/0/type | 'HH'",
                "{\"num_qubits\":1,\"gates\":[{\"type\":\"H\",\"target\":1}]} | INDEX_OUT_OF_RANGE | 1 | 47 | /gates/0/target | Qubit 1",
                "{\"num_qubits\":1,\"gates\":[{\"type\":\"H\",\"target\":\"0\"}]} | INVALID_VALUE | 1 | 47 | /gates/0/target | a text",
                "{\"num_qubits\":2,\"gates\":[{\"type\":\"CX\",\"targets\":[0,0]}]} | DUPLICATE_QUBIT | 1 | 26 | /gates/0 | twice",
                "{\"num_qubits\":2,\"gates\":[{\"type\":\"CX\",\"targets\":[0]}]} | WRONG_ARITY | 1 | 26 | /gates/0 | acts on 2",
                "{\"num_qubits\":1,\"gates\":[{\"type\":\"RX\",\"target\":0}]} | WRONG_PARAMETERS | 1 | 26 | /gates/0 | takes 1 parameter",
                "{\"num_qubits\":1,\"gates\":[{\"type\":\"RX\",\"target\":0,\"parameter\":NaN}]} | SYNTAX | 1 | 62 | '' | JSON value",
                "{\"num_qubits\":1,\"gates\":[{\"type\":\"RX\",\"target\":0,\"parameter\":1e999}]} | INVALID_VALUE | 1 | 62 | /gates/0/parameter | too large",
                "{\"num_qubits\":1,\"gates\":[{\"type\":\"RX\",\"target\":0,\"parameter\":1e50000000}]} | LIMIT_EXCEEDED | 1 | 62 | '' | exponent",
                "{\"num_qubits\":1,\"gates\":[{\"type\":\"RESET\",\"target\":0,\"parameter\":1}]} | UNKNOWN_NAME | 1 | 65 | /gates/0/parameter | takes no field",
                "{\"num_qubits\":01,\"gates\":[]} | SYNTAX | 1 | 16 | '' | zero",
                "{\"num_qubits\":1,\"gates\":[]} x | SYNTAX | 1 | 29 | '' | end of the text",
            })
    void refuses_with_place_and_reason(
            String json, CircuitProblem code, int line, int column, String path, String message) {
        assertThatThrownBy(() -> CircuitJson.read(json, LIMITS)).isInstanceOfSatisfying(CircuitException.class, e -> {
            assertThat(e).hasMessageContaining(message);
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.line()).isEqualTo(line);
            assertThat(e.column()).isEqualTo(column);
            assertThat(e.path()).isEqualTo(path.equals("''") ? "" : path);
        });
    }

    @Test
    void counts_lines() {
        assertThatThrownBy(() -> CircuitJson.read("{\n \"num_qubits\": 1,\n \"gates\": [\n  7]}", LIMITS))
                .isInstanceOfSatisfying(CircuitException.class, e -> {
                    assertThat(e.line()).isEqualTo(4);
                    assertThat(e.column()).isEqualTo(3);
                    assertThat(e.path()).isEqualTo("/gates/0");
                });
    }

    @Test
    void refuses_deep_nesting_without_recursing_into_it() {
        assertThatThrownBy(() -> CircuitJson.read("[".repeat(500_000), LIMITS))
                .isInstanceOfSatisfying(
                        CircuitException.class, e -> assertThat(e.code()).isEqualTo(CircuitProblem.LIMIT_EXCEEDED));
    }

    @Test
    void writes_what_it_reads() {
        for (int seed = 0; seed < 300; seed++) {
            Circuit circuit = RandomCircuits.unitary(6, 20, new Random(seed));
            String json = CircuitJson.write(circuit);
            assertThat(CircuitJson.write(CircuitJson.read(json, LIMITS)))
                    .as("seed %d", seed)
                    .isEqualTo(json);
        }
    }
}
