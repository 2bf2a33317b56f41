package org.quantumhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.Assertions;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/// Each simulator of the engine is a backend, one chooses among them, and programs get what they ask for beyond counts.
@Story
class SimulatorsStory {

    private static final Offset<Double> CLOSE = Assertions.offset(1e-12);

    private final HubClient client = RunningHub.hub().client().register().client();

    private static String on(String backend, String program, String more) {
        return "{\"backend\": \"" + backend
                + "\", \"shots\": 400, \"seed\": 5, \"runMode\": \"BLOCKING\", \"circuit\": "
                + Json.createValue(program) + more + "}";
    }

    private static String on(String backend, String program) {
        return on(backend, program, "");
    }

    private JsonObject run(String job) {
        Answer ran = client.submit(job).expect(201);
        assertThat(ran.text("status")).as(ran.body()).isEqualTo("COMPLETED");
        UUID id = ran.id();
        return client.get("/api/v1/jobs/" + id + "/result").expect(200).json();
    }

    private static String cat(int qubits, String gate) {
        StringBuilder program =
                new StringBuilder("OPENQASM 3; include \"stdgates.inc\"; qubit[" + qubits + "] q; h q[0];");
        for (int i = 1; i < qubits; i++) {
            program.append("cx q[").append(i - 1).append("], q[").append(i).append("];");
        }
        return program.append(gate).toString();
    }

    private static double number(JsonArray list, int... places) {
        JsonArray inner = list;
        for (int i = 0; i < places.length - 1; i++) {
            inner = inner.getJsonArray(places[i]);
        }
        return inner.getJsonNumber(places[places.length - 1]).doubleValue();
    }

    @Test
    void the_hub_chooses_a_simulator_and_says_why() {
        JsonObject wide = run(on("hub-auto", cat(200, "")));
        assertThat(wide.getString("simulator")).isEqualTo("stabilizer");
        assertThat(wide.getString("explanation")).contains("Clifford");
        assertThat(wide.getJsonObject("counts").keySet()).isEqualTo(Set.of("0".repeat(200), "1".repeat(200)));
        JsonObject twisted = run(on("hub-auto", cat(200, "t q[3]; ccx q[0], q[1], q[150];")));
        assertThat(twisted.getString("simulator")).isEqualTo("matrix-product");
        assertThat(twisted.getJsonObject("counts").keySet())
                .isEqualTo(Set.of("0".repeat(200), "1".repeat(49) + "0" + "1".repeat(150)));
        assertThat(run(on("hub-auto", cat(3, "t q[0];"))).getString("simulator"))
                .isEqualTo("state-vector");
    }

    @Test
    void a_simulator_can_be_chosen_by_name() {
        assertThat(run(on("hub-stabilizer", cat(4, ""))).getString("simulator")).isEqualTo("stabilizer");
        assertThat(run(on("hub-mps", cat(4, ""))).getString("explanation")).contains("widest bond");
        JsonObject noisy = run(on(
                "hub-density-matrix", "OPENQASM 3; qubit[2] q; x q[1];\n#pragma braket noise bit_flip(0.25) q[0]\n"));
        assertThat(noisy.getBoolean("probabilitiesExact")).isTrue();
        assertThat(noisy.getJsonObject("probabilities").getJsonNumber("11").doubleValue())
                .isCloseTo(0.25, CLOSE);
    }

    @Test
    void what_a_simulator_cannot_take_is_refused_at_the_door_with_the_one_that_can() {
        assertThat(client.submit(on("hub-stabilizer", cat(3, "t q[2];")))
                        .refused(400, "INVALID_CIRCUIT")
                        .text("detail"))
                .contains("'t'", "Clifford");
        assertThat(client.submit(on("hub-statevector", cat(60, "")))
                        .refused(422, "CIRCUIT_TOO_LARGE")
                        .text("detail"))
                .contains("60 qubits", "16 EiB", "30 at most", "'hub-stabilizer' takes it");
        assertThat(client.submit(on("hub-statevector", cat(60, "t q[0];")))
                        .refused(422, "CIRCUIT_TOO_LARGE")
                        .text("detail"))
                .contains("'hub-mps'");
        assertThat(client.submit(on("hub-auto", cat(1025, "")))
                        .refused(422, "CIRCUIT_TOO_LARGE")
                        .text("detail"))
                .contains("1024");
        String many = on("hub-stabilizer", cat(1000, "")).replace("\"shots\": 400", "\"shots\": 100000");
        assertThat(client.submit(many).refused(400, "INVALID_FIELD").text("field"))
                .isEqualTo("shots");
        String oneByOne =
                on("hub-stabilizer", cat(50, "")).replace("\"shots\": 400", "\"shots\": 100000, \"memory\": true");
        assertThat(client.submit(oneByOne).refused(400, "INVALID_FIELD").text("field"))
                .isEqualTo("memory");
    }

    /// Braket names the most significant qubit first, and so do the answers.
    @Test
    void what_a_program_asks_for_comes_back_in_the_order_of_its_pragmas() {
        String program = """
                OPENQASM 3; qubit[2] q; x q[0];
                #pragma braket result state_vector
                #pragma braket result probability q[1], q[0]
                #pragma braket result probability
                #pragma braket result amplitude "10", "01"
                #pragma braket result expectation z(q[0]) @ z(q[1])
                #pragma braket result variance x(q[1])
                #pragma braket result sample z(q[0])
                #pragma braket result density_matrix q[0]
                """;
        List<JsonObject> values =
                run(on("hub-statevector", program)).getJsonArray("values").getValuesAs(JsonObject.class);
        assertThat(values)
                .extracting(value -> value.getString("type"))
                .containsExactly(
                        "STATE_VECTOR",
                        "PROBABILITY",
                        "PROBABILITY",
                        "AMPLITUDE",
                        "EXPECTATION",
                        "VARIANCE",
                        "SAMPLE",
                        "DENSITY_MATRIX");
        assertThat(number(values.get(0).getJsonArray("value"), 2, 0)).isCloseTo(1, CLOSE);
        assertThat(values.get(1).getJsonArray("targets").toString()).isEqualTo("[1,0]");
        assertThat(number(values.get(1).getJsonArray("value"), 1)).isCloseTo(1, CLOSE);
        assertThat(values.get(2).getJsonArray("targets").toString()).isEqualTo("[0,1]");
        assertThat(number(values.get(2).getJsonArray("value"), 2)).isCloseTo(1, CLOSE);
        JsonObject amplitudes = values.get(3).getJsonObject("value");
        assertThat(number(amplitudes.getJsonArray("10"), 0)).isCloseTo(1, CLOSE);
        assertThat(number(amplitudes.getJsonArray("01"), 0)).isCloseTo(0, CLOSE);
        assertThat(values.get(4).getJsonArray("observable").toString()).isEqualTo("[\"z\",\"z\"]");
        assertThat(values.get(4).getJsonNumber("value").doubleValue()).isCloseTo(-1, CLOSE);
        assertThat(values.get(5).getJsonNumber("value").doubleValue()).isCloseTo(1, CLOSE);
        assertThat(values.get(6).getJsonArray("value").getValuesAs(JsonNumber::doubleValue))
                .hasSize(400)
                .allMatch(sample -> sample == -1);
        assertThat(number(values.get(7).getJsonArray("value"), 1, 1, 0)).isCloseTo(1, CLOSE);
    }

    @Test
    void a_gradient_is_taken_by_the_inputs_of_the_program() {
        String program = """
                OPENQASM 3; input float theta; qubit[1] q; ry(2 * theta) q[0];
                #pragma braket result adjoint_gradient expectation(z(q[0])) theta
                """;
        JsonObject value = run(on("hub-statevector", program, ", \"parameters\": {\"theta\": 0.3}"))
                .getJsonArray("values")
                .getJsonObject(0)
                .getJsonObject("value");
        assertThat(value.getJsonNumber("expectation").doubleValue()).isCloseTo(Math.cos(0.6), CLOSE);
        assertThat(value.getJsonObject("gradient").getJsonNumber("theta").doubleValue())
                .isCloseTo(-2 * Math.sin(0.6), CLOSE);
    }

    @Test
    void what_cannot_be_answered_is_refused_before_it_runs() {
        String state = "#pragma braket result state_vector\n";
        assertThat(client.submit(on("hub-stabilizer", "OPENQASM 3; qubit[2] q; x q[0];\n" + state))
                        .refused(400, "INVALID_CIRCUIT")
                        .text("detail"))
                .contains("hub-stabilizer", "hub-statevector");
        assertThat(client.submit(on("hub-statevector", "OPENQASM 3; qubit[20] q; x q[0];\n" + state))
                        .refused(422, "CIRCUIT_TOO_LARGE")
                        .text("detail"))
                .contains("state_vector", "1000000");
        client.submit(on("hub-statevector", "OPENQASM 3; qubit[2] q; h q[0]; reset q[0];\n" + state))
                .refused(400, "INVALID_CIRCUIT");
    }

    /// The price of these is by time.
    @Test
    void time_is_what_is_paid_for() {
        Answer ran = client.submit(on("hub-auto", cat(20, ""))).expect(201);
        assertThat(ran.text("actualCost")).isEqualTo("0.00200000");
        JsonObject estimate = client.post("/api/v1/jobs/estimate", on("hub-mps", cat(40, "t q[7];")))
                .expect(200)
                .json();
        assertThat(estimate.getJsonObject("basis").getString("perSecond")).isEqualTo("0.00050000");
        assertThat(estimate.getBoolean("accepted")).isTrue();
    }
}
