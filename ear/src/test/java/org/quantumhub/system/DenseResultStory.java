package org.quantumhub.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quantumhub.engine.circuit.CircuitLimits;
import org.quantumhub.engine.json.CircuitJson;
import org.quantumhub.engine.simulator.RunOptions;
import org.quantumhub.engine.simulator.RunResult;
import org.quantumhub.engine.simulator.StateVectorSimulator;
import org.quantumhub.system.HubClient.Person;

/// Results in which most outcomes have a number of their own: kept as lists, answered with their bitstrings.
@Story
class DenseResultStory {

    private final Person noether = RunningHub.hub().client().register();
    private final HubClient client = noether.client();
    private final Sql sql = RunningHub.hub().sql();

    /// No two outcomes are alike, and none is impossible.
    private static String spread(int qubits) {
        JsonArrayBuilder gates = Json.createArrayBuilder();
        for (int q = 0; q < qubits; q++) {
            gates.add(Json.createObjectBuilder()
                    .add("type", "RY")
                    .add("target", q)
                    .add("parameter", 0.7 + 0.11 * q));
        }
        for (int q = 1; q < qubits; q++) {
            gates.add(Json.createObjectBuilder()
                    .add("type", "CNOT")
                    .add("control", q - 1)
                    .add("target", q));
        }
        return Json.createObjectBuilder()
                .add("num_qubits", qubits)
                .add("gates", gates)
                .build()
                .toString();
    }

    private static RunResult expected(String circuit, int shots, long seed) {
        return new StateVectorSimulator()
                .run(
                        CircuitJson.read(circuit, CircuitLimits.defaults()),
                        RunOptions.shots(shots).withSeed(seed));
    }

    private JsonObject result(UUID job) {
        return client.get("/api/v1/jobs/" + job + "/result").expect(200).json();
    }

    private static Map<String, Double> numbers(JsonObject json, String name) {
        return json.getJsonObject(name).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> ((JsonNumber) entry.getValue()).doubleValue(),
                        (a, b) -> a,
                        TreeMap::new));
    }

    private void assertAnswers(UUID job, RunResult expected) {
        JsonObject json = result(job);
        Map<String, Double> counts = new TreeMap<>();
        expected.counts().forEach((bits, count) -> counts.put(bits, (double) count));
        assertThat(numbers(json, "counts")).isEqualTo(counts);
        Map<String, Double> probabilities = numbers(json, "probabilities");
        assertThat(probabilities.keySet()).isEqualTo(expected.probabilities().keySet());
        // the two processes may multiply in another order
        expected.probabilities()
                .forEach((bits, probability) ->
                        assertThat(probabilities.get(bits)).as(bits).isCloseTo(probability, withinPercentage(1e-10)));
        assertThat(json.getBoolean("probabilitiesExact")).isTrue();
        assertThat(json.getString("simulator")).isNotBlank();
        assertThat(json.getString("jobId")).isEqualTo(job.toString());
    }

    private boolean isKeptAsLists(UUID job, int outcomes) {
        return sql.count(
                        "select count(*) from job_results where job_id = ? and cardinality(counts) = ?"
                                + " and cardinality(probabilities) = ? and not result_data ?? 'counts' and storage_path is null",
                        job,
                        outcomes,
                        outcomes)
                == 1;
    }

    @ParameterizedTest
    @ValueSource(strings = {"BLOCKING", "NON_BLOCKING"})
    void they_lie_in_their_row_without_bitstrings_and_are_answered_with_them(String runMode) {
        String circuit = spread(9);
        UUID job = client.submit(Samples.job(circuit, 4000, 11, ", \"runMode\": \"" + runMode + "\""))
                .expect(201)
                .id();
        assertThat(client.ended(job).text("status")).isEqualTo("COMPLETED");
        assertThat(isKeptAsLists(job, 512)).isTrue();
        assertAnswers(job, expected(circuit, 4000, 11));
    }

    @Test
    void those_too_large_for_a_row_lie_in_the_object_store_as_json() {
        String circuit = spread(15);
        UUID job =
                client.submit(Samples.job(circuit, 20_000, 12, "")).expect(201).id();
        assertThat(client.ended(job).text("status")).isEqualTo("COMPLETED");
        assertThat(sql.count(
                        "select count(*) from job_results r join stored_objects o on o.path = r.storage_path"
                                + " where r.job_id = ? and r.result_data is null and r.counts is null"
                                + " and r.digest = sha256(o.content) and r.size_bytes = length(o.content)",
                        job))
                .isEqualTo(1);
        assertAnswers(job, expected(circuit, 20_000, 12));
    }

    @Test
    void an_answer_from_the_cache_is_kept_like_the_run() {
        String circuit = spread(8);
        String body = Samples.job(circuit, 3000, 13, ", \"cached\": true, \"runMode\": \"BLOCKING\"");
        UUID first = client.submit(body).expect(201).id();
        JsonObject second = client.submit(body).expect(201).json();
        assertThat(second.getString("cachedFrom")).isEqualTo(first.toString());
        UUID answered = UUID.fromString(second.getString("id"));
        assertThat(isKeptAsLists(answered, 256)).isTrue();
        assertAnswers(answered, expected(circuit, 3000, 13));
    }
}
