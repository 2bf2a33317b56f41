package org.quantumhub.hardware.braket.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitLimits;
import org.quantumhub.engine.qasm.OpenQasm;
import org.quantumhub.hardware.service.DeviceResult;
import org.quantumhub.hardware.service.ProviderException;

/// Every shape in which Braket tells a result, in documents written for this test.
class BraketResultTest {

    private static final String GATES =
            "\"braketSchemaHeader\": {\"name\": \"braket.task_result.gate_model_task_result\", \"version\": \"1\"}";
    private static final String ANALOG =
            "\"braketSchemaHeader\": {\"name\": \"braket.task_result.analog_hamiltonian_simulation_task_result\", \"version\": \"1\"}";
    private static final Circuit TWO =
            Circuit.builder(2, 2).gate("h", 0).gate("cx", 0, 1).measureAll().build();

    @Test
    void shots_are_read_column_by_column_with_qubit_0_at_the_right() {
        DeviceResult result = read(TWO, 3, GATES + """
                , "measurements": [[1, 0], [1, 0], [0, 0]], "measuredQubits": [0, 1],
                "taskMetadata": {"createdAt": "2026-11-20T10:00:00Z", "endedAt": "2026-11-20T10:00:01.500Z"},
                "additionalMetadata": {"iqmMetadata": {"compiledProgram": "cz"}}""");
        assertThat(result.counts()).isEqualTo(Map.of("01", 2, "00", 1));
        assertThat(result.memory()).containsExactly("01", "01", "00");
        assertThat(result.seconds()).isEqualTo(1.5);
        assertThat(result.details().getString("compiledProgram")).isEqualTo("cz");
    }

    @Test
    void measured_qubits_tell_the_order_of_the_columns() {
        DeviceResult result = read(TWO, 1, GATES + ", \"measurements\": [[1, 0]], \"measuredQubits\": [1, 0]");
        assertThat(result.counts()).isEqualTo(Map.of("10", 1));
    }

    @Test
    void physical_qubits_are_matched_by_their_order() {
        Circuit physical = OpenQasm.parse(
                "OPENQASM 3.0; bit[2] b; prx(3.14, 0) $7; b[0] = measure $7; b[1] = measure $11;",
                CircuitLimits.defaults());
        DeviceResult result = read(physical, 1, GATES + ", \"measurements\": [[1, 0]], \"measuredQubits\": [7, 11]");
        assertThat(result.counts()).isEqualTo(Map.of("01", 1));
    }

    @Test
    void classical_bits_decide_where_a_qubit_shows() {
        Circuit crossed = Circuit.builder(2, 2).measure(0, 1).measure(1, 0).build();
        DeviceResult result = read(crossed, 1, GATES + ", \"measurements\": [[1, 0]], \"measuredQubits\": [0, 1]");
        assertThat(result.counts()).isEqualTo(Map.of("10", 1));
    }

    @Test
    void probabilities_alone_become_shots_by_the_seed() {
        String document =
                GATES + ", \"measurementProbabilities\": {\"00\": 0.5, \"10\": 0.5}, \"measuredQubits\": [0, 1]";
        DeviceResult result = read(TWO, 1000, document);
        assertThat(result.counts().values().stream().mapToInt(c -> c).sum()).isEqualTo(1000);
        assertThat(result.counts().keySet()).containsExactlyInAnyOrder("00", "01");
        assertThat(result.probabilities().get("01")).isEqualTo(0.5, within(1e-12));
        assertThat(read(TWO, 1000, document).counts()).isEqualTo(result.counts());
    }

    @Test
    void values_are_read_by_their_types() {
        DeviceResult result = read(TWO, 0, GATES + """
                , "resultTypes": [
                  {"type": {"type": "adjoint_gradient", "observable": "1 * z @ z", "targets": [[0, 1]], "parameters": ["a"]},
                   "value": {"expectation": 0.98, "gradient": {"a": -0.397}}},
                  {"type": {"type": "expectation", "observable": ["z"], "targets": [0]}, "value": 0.5},
                  {"type": {"type": "variance", "observable": ["x"], "targets": null}, "value": 0.75},
                  {"type": {"type": "sample", "observable": ["z"], "targets": [0]}, "value": [1, -1]},
                  {"type": {"type": "probability"}, "value": [0.5, 0, 0, 0.5]},
                  {"type": {"type": "statevector"}, "value": [[1, 0], [0, 0]]},
                  {"type": {"type": "densitymatrix", "targets": [0]}, "value": [[[1, 0], [0, 0]], [[0, 0], [0, 0]]]},
                  {"type": {"type": "amplitude", "states": ["00"]}, "value": {"00": [0.7, 0]}}]""");
        assertThat(result.counts()).isEmpty();
        List<JsonObject> values = result.values().getValuesAs(JsonObject.class);
        assertThat(values.stream().map(value -> value.getString("type")))
                .containsExactly(
                        "ADJOINT_GRADIENT",
                        "EXPECTATION",
                        "VARIANCE",
                        "SAMPLE",
                        "PROBABILITY",
                        "STATE_VECTOR",
                        "DENSITY_MATRIX",
                        "AMPLITUDE");
        assertThat(values.get(1).getJsonArray("observable").getString(0)).isEqualTo("z");
        assertThat(values.get(1).getJsonNumber("value").doubleValue()).isEqualTo(0.5);
        assertThat(values.get(2)).doesNotContainKey("targets");
    }

    @Test
    void values_stand_beside_counts() {
        DeviceResult result = read(TWO, 2, GATES + """
                , "measurements": [[1, 1], [0, 0]], "measuredQubits": [0, 1],
                "resultTypes": [{"type": {"type": "expectation", "observable": ["z", "z"], "targets": [0, 1]}, "value": 1.0}]""");
        assertThat(result.counts()).isEqualTo(Map.of("00", 1, "11", 1));
        assertThat(result.values()).hasSize(1);
    }

    @Test
    void what_was_measured_for_a_later_step_has_no_column() {
        Circuit feedback = OpenQasm.parse("""
                OPENQASM 3.0;
                bit[1] b;
                #pragma braket verbatim
                box{
                prx(3.14, 0.0) $1;
                measure_ff(0) $2;
                cc_prx(3.14, 0.0, 0) $1;
                }
                b[0] = measure $1;
                """, CircuitLimits.defaults());
        DeviceResult result = read(feedback, 2, GATES + ", \"measurements\": [[1], [0]], \"measuredQubits\": [1]");
        assertThat(result.counts()).isEqualTo(Map.of("0", 1, "1", 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"shotMetadata\": {\"shotStatus\": \"Success\"}, \"shotResult\": {\"preSequence\": [1, 1, 0], \"postSequence\": [1, 0, 0]}",
                "\"shotMetadata\": {\"shotStatus\": \"Partial Success\"}, \"shotResult\": {\"pre_sequence\": [1, 1, 0], \"post_sequence\": [1, 0, 0]}",
                "\"shot_metadata\": {\"shot_status\": \"Success\"}, \"shot_result\": {\"pre_sequence\": [1, 1, 0], \"post_sequence\": [1, 0, 0]}"
            })
    void atoms_are_read_in_both_spellings(String shot) {
        DeviceResult result = read(
                TWO,
                2,
                ANALOG + ", \"measurements\": [{" + shot
                        + "}, {\"shotMetadata\": {\"shotStatus\": \"Failure\"}, \"shotResult\": {}}]");
        assertThat(result.counts()).isEqualTo(Map.of("gre", 1));
        assertThat(result.explanation()).contains("1 shots failed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"measurements\": [[0, 2]], \"measuredQubits\": [0, 1]",
                "\"measurements\": [[0]], \"measuredQubits\": [0, 1]",
                "\"measurements\": [[0, 1]]",
                "\"measurements\": \"many\", \"measuredQubits\": [0]",
                "\"measurementProbabilities\": {\"00\": 0.4}, \"measuredQubits\": [0, 1]",
                "\"measurementProbabilities\": {\"0\": 1}, \"measuredQubits\": [0, 1]",
                "\"measurementProbabilities\": {\"00\": \"half\"}, \"measuredQubits\": [0, 1]",
                "\"resultTypes\": [{\"type\": {\"type\": \"expectation\"}, \"value\": \"high\"}]",
                "\"resultTypes\": [{\"type\": {\"type\": \"aura\"}, \"value\": 1}]",
                "\"resultTypes\": [{\"type\": {\"type\": \"statevector\"}, \"value\": [1, 0]}]",
                "\"resultTypes\": [{\"type\": {\"type\": \"adjoint_gradient\"}, \"value\": 0.25}]",
                "\"nothing\": true"
            })
    void nonsense_is_refused_with_a_reason(String body) {
        assertThatThrownBy(() -> read(TWO, 10, GATES + ", " + body)).isInstanceOf(ProviderException.class);
        assertThatThrownBy(() -> read(TWO, 10, "\"braketSchemaHeader\": {\"name\": \"braket.else\"}, " + body))
                .hasMessageContaining("braket.else");
    }

    private static DeviceResult read(Circuit circuit, int shots, String members) {
        try (JsonReader reader = Json.createReader(new StringReader("{" + members + "}"))) {
            JsonObject document = reader.readObject();
            return new BraketResult(circuit, shots, 7).read(document);
        }
    }
}
