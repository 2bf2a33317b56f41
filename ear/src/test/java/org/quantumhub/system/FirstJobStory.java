package org.quantumhub.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quantumhub.system.HubClient.Person;

/// From an account to a result that was paid for.
@Story
class FirstJobStory {

    private static final int SHOTS = 2000;
    private static final long SEED = 7;
    // taskFee 0.001 + 2000 x perShot 0.000001
    private static final String PRICE = "0.00300000";

    private Person ada = RunningHub.hub().client().register();
    private HubClient client = ada.client();

    @BeforeEach
    void come_with_a_key() {
        client = ada.withKey();
    }

    @Test
    void somebody_registers_signs_in_and_is_known() {
        JsonObject me = ada.client().get("/api/v1/auth/me").expect(200).json();
        assertThat(me.getString("username")).isEqualTo(ada.username());
        assertThat(me.getString("email")).isEqualTo(ada.email());
        assertThat(me.getString("defaultTeamId")).isEqualTo(ada.team().toString());
        assertThat(client.get("/api/v1/auth/me").expect(200).text("id"))
                .isEqualTo(ada.id().toString());
        assertThat(client.get("/api/v1/teams").expect(200).json().getJsonArray("items"))
                .singleElement()
                .satisfies(team ->
                        assertThat(team.asJsonObject().getBoolean("acting")).isTrue());
    }

    @Test
    void a_blocking_job_answers_with_its_end_and_its_counts_are_those_of_its_seed() {
        JsonObject job = client.submit(Samples.bell(SHOTS, SEED, ", \"runMode\": \"BLOCKING\""))
                .expect(201)
                .json();
        assertThat(job.getString("status")).isEqualTo("COMPLETED");
        assertThat(job.getString("estimatedCost")).isEqualTo(PRICE);
        assertThat(job.getString("actualCost")).isEqualTo(PRICE);
        assertThat(job.getInt("qubitCount")).isEqualTo(2);

        JsonObject result = result(job.getString("id"));
        Map<String, Integer> counts = counts(result);
        assertThat(counts).isEqualTo(Samples.counts(Samples.BELL, SHOTS, SEED));
        assertThat(counts).containsOnlyKeys("00", "11");
        // binomial with p = 1/2: five standard deviations of sqrt(2000)/2 = 22.4
        assertThat(counts.getOrDefault("00", 0).doubleValue()).isCloseTo(SHOTS / 2.0, within(112.0));
        assertThat(result.getBoolean("probabilitiesExact")).isTrue();
        assertThat(result.getJsonObject("probabilities").getJsonNumber("11").doubleValue())
                .isCloseTo(0.5, within(1e-12));
        assertThat(result.getJsonNumber("seed").longValue()).isEqualTo(SEED);
    }

    @Test
    void a_job_in_the_queue_is_waited_for_and_its_events_tell_its_life() {
        Answer submitted = client.submit(Samples.bell(SHOTS, SEED, "")).expect(201);
        assertThat(submitted.header("Location")).endsWith("/api/v1/jobs/" + submitted.id());

        JsonObject job = client.ended(submitted.id()).json();
        assertThat(job.getString("status")).isEqualTo("COMPLETED");
        assertThat(job.getInt("attempts")).isEqualTo(1);
        assertThat(counts(result(job.getString("id")))).isEqualTo(Samples.counts(Samples.BELL, SHOTS, SEED));

        List<String> steps = client.get("/api/v1/jobs/" + submitted.id() + "/events").expect(200).array().stream()
                .map(event -> event.asJsonObject().getString("status"))
                .toList();
        assertThat(steps).containsExactly("SUBMITTED", "QUEUED", "RUNNING", "COMPLETED");
    }

    @Test
    void money_only_moves_from_available_by_way_of_held_to_spent() {
        JsonObject before = client.get("/api/v1/wallet").expect(200).json();
        assertThat(before.getString("available")).isEqualTo("100.00000000");
        BigDecimal costs = BigDecimal.ZERO;
        for (int shots : List.of(1, 1000, 5000)) {
            UUID job = client.submit(Samples.bell(shots, SEED, "")).expect(201).id();
            assertThat(total(client.get("/api/v1/wallet").expect(200).json())).isEqualByComparingTo("100");
            costs = costs.add(new BigDecimal(client.ended(job).text("actualCost")));
        }
        JsonObject after = client.get("/api/v1/wallet").expect(200).json();
        // 0.002 at least, 0.001 + 0.001, 0.001 + 0.005
        assertThat(costs).isEqualByComparingTo("0.010");
        assertThat(new BigDecimal(after.getString("spent"))).isEqualByComparingTo(costs);
        assertThat(new BigDecimal(after.getString("held"))).isEqualByComparingTo("0");
        assertThat(total(after)).isEqualByComparingTo("100");
    }

    @Test
    void a_circuit_comes_back_as_it_was_submitted() {
        UUID json = client.submit(Samples.bell(10, SEED, "")).expect(201).id();
        Answer circuit = client.get("/api/v1/jobs/" + json + "/circuit").expect(200);
        assertThat(circuit.header("Content-Type")).startsWith("application/json");
        assertThat(circuit.json().getJsonArray("gates")).hasSize(2);
        assertThat(circuit.json().getInt("num_qubits")).isEqualTo(2);

        UUID qasm = client.submit(qasm(Samples.BELL_QASM3, "")).expect(201).id();
        Answer text = client.get("/api/v1/jobs/" + qasm + "/circuit").expect(200);
        assertThat(text.header("Content-Type")).startsWith("text/plain");
        assertThat(text.body()).isEqualTo(Samples.BELL_QASM3);
    }

    @Test
    void open_qasm_2_and_3_run_like_the_same_circuit_in_json() {
        for (String program : List.of(Samples.BELL_QASM2, Samples.BELL_QASM3)) {
            Answer job =
                    client.submit(qasm(program, ", \"runMode\": \"blocking\"")).expect(201);
            assertThat(job.text("status")).isEqualTo("COMPLETED");
            assertThat(counts(result(job.text("id")))).isEqualTo(Samples.countsOfQasm(program, SHOTS, SEED));
        }
    }

    @Test
    void shots_one_by_one_are_there_for_who_asked_for_them() {
        Answer kept = client.submit(Samples.bell(200, SEED, ", \"memory\": true, \"runMode\": \"BLOCKING\""))
                .expect(201);
        JsonObject result = client.get("/api/v1/jobs/" + kept.id() + "/result?memory=true")
                .expect(200)
                .json();
        Map<String, Integer> counted = new TreeMap<>();
        result.getJsonArray("memory")
                .getValuesAs(JsonString.class)
                .forEach(shot -> counted.merge(shot.getString(), 1, Integer::sum));
        assertThat(counted).isEqualTo(counts(result));
        assertThat(result(kept.text("id")).containsKey("memory")).isFalse();

        Answer without = client.submit(Samples.bell(200, SEED, ", \"runMode\": \"BLOCKING\""))
                .expect(201);
        client.get("/api/v1/jobs/" + without.id() + "/result?memory=true").refused(409, "MEMORY_NOT_KEPT");
    }

    private JsonObject result(String job) {
        return client.get("/api/v1/jobs/" + job + "/result").expect(200).json();
    }

    private static String qasm(String program, String more) {
        return Samples.job(Json.createValue(program).toString(), SHOTS, SEED, more);
    }

    private static Map<String, Integer> counts(JsonObject result) {
        Map<String, Integer> counts = new TreeMap<>();
        for (Map.Entry<String, JsonValue> entry : result.getJsonObject("counts").entrySet()) {
            counts.put(entry.getKey(), Integer.valueOf(entry.getValue().toString()));
        }
        return counts;
    }

    private static BigDecimal total(JsonObject wallet) {
        return new BigDecimal(wallet.getString("available"))
                .add(new BigDecimal(wallet.getString("held")))
                .add(new BigDecimal(wallet.getString("spent")));
    }
}
