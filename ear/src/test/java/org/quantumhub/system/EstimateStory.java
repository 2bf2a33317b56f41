package org.quantumhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.quantumhub.system.HubClient.Person;

/// What a job would cost, before it is one.
@Story
class EstimateStory {

    private final Person emmy = RunningHub.hub().client().register();
    private final Sql sql = RunningHub.hub().sql();

    private JsonObject estimate(HubClient client, String body) {
        return client.post("/api/v1/jobs/estimate", body).expect(200).json();
    }

    @Test
    void an_estimate_tells_cost_time_and_size_and_leaves_no_trace() {
        Traces before = Traces.of(sql, emmy.team());
        JsonObject estimate = estimate(emmy.client(), Samples.bell(2000, 1, ""));
        assertThat(estimate.getBoolean("accepted")).isTrue();
        assertThat(estimate.getJsonObject("cost").getString("expected")).isEqualTo("0.00300000");
        assertThat(estimate.getJsonObject("cost").getString("low")).isEqualTo("0.00300000");
        assertThat(estimate.getJsonObject("basis").getString("perShot")).isEqualTo("0.00000100");
        JsonObject seconds = estimate.getJsonObject("seconds");
        double low = seconds.getJsonNumber("low").doubleValue();
        double expected = seconds.getJsonNumber("expected").doubleValue();
        assertThat(low).isPositive().isLessThan(expected);
        assertThat(expected).isLessThan(seconds.getJsonNumber("high").doubleValue());
        assertThat(estimate.getJsonObject("size").getInt("qubits")).isEqualTo(2);
        assertThat(estimate.getJsonObject("queue").getInt("lanes")).isPositive();
        assertThat(estimate.getJsonArray("assumptions")).isNotEmpty();
        assertThat(Traces.of(sql, emmy.team())).isEqualTo(before);
    }

    @Test
    void a_dry_run_answers_what_the_submission_would_cost_and_submits_nothing() {
        Traces before = Traces.of(sql, emmy.team());
        JsonObject dry = emmy.client()
                .with("Idempotency-Key", "dry")
                .post("/api/v1/jobs?dryRun=true", Samples.bell(2000, 1, ", \"runMode\": \"BLOCKING\""))
                .expect(200)
                .json();
        assertThat(Traces.of(sql, emmy.team())).isEqualTo(before);
        String cost = emmy.client()
                .with("Idempotency-Key", "dry")
                .submit(Samples.bell(2000, 1, ", \"runMode\": \"BLOCKING\""))
                .expect(201)
                .text("actualCost");
        assertThat(dry.getJsonObject("cost").getString("expected")).isEqualTo(cost);
    }

    @Test
    void a_list_is_estimated_together_and_each_refusal_has_its_place() {
        String circuits = "[" + Samples.BELL
                + ", \"OPENQASM 3; qubit[2] q; frob q;\", \"OPENQASM 3; qubit[31] q; x q;\", " + Samples.BELL + "]";
        JsonObject estimate = estimate(emmy.client(), "{\"circuits\": " + circuits + ", \"shots\": 1000}");
        assertThat(estimate.getBoolean("accepted")).isFalse();
        assertThat(estimate.getInt("circuits")).isEqualTo(4);
        assertThat(estimate.getJsonArray("exceeds").getValuesAs(JsonObject.class))
                .extracting(refusal -> refusal.getInt("circuit") + " " + refusal.getString("code"))
                .containsExactly("1 INVALID_CIRCUIT", "2 CIRCUIT_TOO_LARGE");
        String many = IntStream.range(0, 50).mapToObj(i -> Samples.BELL).collect(Collectors.joining(",", "[", "]"));
        JsonObject fifty = estimate(emmy.client(), "{\"circuits\": " + many + ", \"shots\": 1000}");
        assertThat(fifty.getJsonObject("cost").getString("expected")).isEqualTo("0.10000000");
    }

    @Test
    void what_the_wallet_or_the_backend_would_refuse_is_told() {
        HubClient poor = Teams.with(sql, emmy, "0.001");
        assertThat(estimate(poor, Samples.bell(10, 1, ""))
                        .getJsonArray("exceeds")
                        .getJsonObject(0)
                        .getString("code"))
                .isEqualTo("INSUFFICIENT_FUNDS");
        JsonObject shots = estimate(emmy.client(), Samples.bell(1_000_001, 1, ""));
        assertThat(shots.getJsonArray("exceeds").getJsonObject(0).getString("detail"))
                .contains("1000000");
        emmy.client()
                .post("/api/v1/jobs/estimate", "{\"circuit\": \"OPENQASM 3; frob;\"}")
                .refused(400, "INVALID_CIRCUIT");
        emmy.client()
                .post("/api/v1/jobs/estimate", Samples.bell(10, 1, ", \"backend\": \"nowhere\""))
                .refused(404, "NOT_FOUND");
    }

    @Test
    void every_start_of_a_server_measures_its_engine() {
        Await.until(
                "the calibration",
                () -> sql.count("select count(*) from engine_calibrations where factor > 0 and spread >= 1"),
                count -> count > 0);
    }
}
