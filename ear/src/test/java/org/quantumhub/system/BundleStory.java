package org.quantumhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.quantumhub.system.HubClient.Person;

/// Many circuits in one job.
@Story
class BundleStory {

    private static final String ROTATION =
            "\"OPENQASM 3; include \\\"stdgates.inc\\\"; input float theta; qubit q; bit c; ry(theta) q; c = measure q;\"";

    private final Person maria = RunningHub.hub().client().register();
    private final HubClient client = maria.client();
    private final Sql sql = RunningHub.hub().sql();

    /// A test that fails leaves no lane at work for the others.
    @AfterEach
    void nothing_is_left_waiting() {
        sql.rows("select id from jobs where team_id = ? and child_index is null and completed_at is null", maria.team())
                .forEach(row -> client.delete("/api/v1/jobs/" + row.getFirst()));
    }

    private static String bells(int count, String more) {
        String circuits =
                IntStream.range(0, count).mapToObj(i -> Samples.BELL).collect(Collectors.joining(",", "[", "]"));
        return "{\"circuits\": " + circuits + ", \"shots\": 1000, \"seed\": 40" + more + "}";
    }

    private List<JsonObject> interim(UUID job) {
        List<JsonObject> all = new ArrayList<>();
        String after = "";
        while (true) {
            JsonObject page = client.get("/api/v1/jobs/" + job + "/interim-results?limit=200" + after)
                    .expect(200)
                    .json();
            all.addAll(page.getJsonArray("items").getValuesAs(JsonObject.class));
            if (!page.containsKey("next")) {
                return all;
            }
            after = "&after=" + page.getInt("next");
        }
    }

    @Test
    void each_circuit_runs_with_its_own_seed_and_is_charged_by_itself() {
        JsonObject job = client.submit(bells(3, ", \"runMode\": \"BLOCKING\", \"name\": \"three\""))
                .expect(201)
                .json();
        assertThat(job.getString("status")).isEqualTo("COMPLETED");
        assertThat(job.getInt("childCount")).isEqualTo(3);
        UUID id = UUID.fromString(job.getString("id"));
        List<JsonObject> parts = interim(id);
        assertThat(parts).hasSize(3);
        for (int i = 0; i < 3; i++) {
            assertThat(parts.get(i).getInt("index")).isEqualTo(i);
            assertThat(counts(parts.get(i))).isEqualTo(Samples.counts(Samples.BELL, 1000, 40 + i));
        }
        // three times 0.001 + 1000 x 0.000001
        assertThat(new BigDecimal(client.get("/api/v1/wallet").expect(200).text("spent")))
                .isEqualByComparingTo("0.006");
        JsonObject summary =
                client.get("/api/v1/jobs/" + id + "/result").expect(200).json();
        assertThat(summary.getInt("completed")).isEqualTo(3);
        assertThat(client.get("/api/v1/jobs").expect(200).json().getJsonArray("items"))
                .hasSize(1);
        assertThat(client.get("/api/v1/jobs?parent=" + id).expect(200).json().getJsonArray("items"))
                .hasSize(3);
        client.get("/api/v1/jobs/" + id + "/circuit").refused(409, "NOT_FOR_BUNDLES");
    }

    @Test
    void a_sweep_runs_one_circuit_with_many_parameters() {
        String sets = IntStream.rangeClosed(0, 4)
                .mapToObj(i -> "{\"theta\": " + i * Math.PI / 4 + "}")
                .collect(Collectors.joining(",", "[", "]"));
        UUID job = client.submit("{\"circuit\": " + ROTATION + ", \"shots\": 4000, \"seed\": 5, \"parameterSets\": "
                        + sets + ", \"runMode\": \"BLOCKING\"}")
                .expect(201)
                .id();
        List<JsonObject> parts = interim(job);
        assertThat(parts).hasSize(5);
        for (int i = 0; i < 5; i++) {
            double expected = Math.pow(Math.sin(i * Math.PI / 8), 2);
            double found = counts(parts.get(i)).getOrDefault("1", 0) / 4000.0;
            // five standard deviations of a binomial with at most 1/2 sqrt(1/4000)
            assertThat(found).isCloseTo(expected, org.assertj.core.api.Assertions.within(0.04));
        }
    }

    @Test
    void inputs_of_one_circuit_are_given_with_it() {
        JsonObject job = client.submit("{\"circuit\": " + ROTATION + ", \"shots\": 50, \"parameters\": {\"theta\": "
                        + Math.PI + "}, \"runMode\": \"BLOCKING\"}")
                .expect(201)
                .json();
        assertThat(job.getString("status")).isEqualTo("COMPLETED");
        JsonObject result = client.get("/api/v1/jobs/" + job.getString("id") + "/result")
                .expect(200)
                .json();
        assertThat(result.getJsonObject("counts").getInt("1")).isEqualTo(50);
        client.submit("{\"circuit\": " + ROTATION + ", \"parameters\": {\"phi\": 1}}")
                .refused(400, "INVALID_FIELD");
        client.submit("{\"circuit\": " + ROTATION + ", \"parameters\": {\"theta\": \"x\"}}")
                .refused(400, "INVALID_FIELD");
        client.submit("{\"circuit\": " + ROTATION + "}").refused(400, "INVALID_CIRCUIT");
        client.submit("{\"circuit\": " + Samples.BELL + ", \"parameters\": {\"a\": 1}}")
                .refused(400, "INVALID_FIELD");
    }

    /// As clients do that are made from the document about the API.
    @Test
    void what_is_null_is_not_there() {
        client.submit("{\"circuit\": " + Samples.BELL + ", \"circuits\": null, \"parameterSets\": null}")
                .expect(201);
    }

    @Test
    void one_refused_circuit_refuses_them_all_and_leaves_no_trace() {
        Traces before = Traces.of(sql, maria.team());
        Answer refused = client.submit("{\"circuits\": [" + Samples.BELL + ", \"OPENQASM 3; frob;\"]}")
                .refused(400, "INVALID_CIRCUIT");
        assertThat(refused.json().getInt("circuit")).isEqualTo(1);
        client.submit("{\"circuits\": []}").refused(400, "INVALID_FIELD");
        client.submit("{\"circuits\": [" + Samples.BELL + "], \"circuit\": " + Samples.BELL + "}")
                .refused(400, "INVALID_FIELD");
        client.submit("{\"circuit\": " + Samples.BELL + ", \"parameterSets\": [1]}")
                .refused(400, "INVALID_FIELD");
        client.submit(bells(5001, "")).refused(400, "INVALID_FIELD");
        HubClient poor = Teams.with(sql, maria, "0.005");
        poor.submit(bells(3, "")).refused(402, "INSUFFICIENT_FUNDS");
        assertThat(Traces.of(sql, maria.team())).isEqualTo(before);
    }

    @Test
    void five_thousand_circuits_are_one_job() {
        HubClient keyed = client.with("Idempotency-Key", "many");
        UUID job = keyed.submit(bells(5000, "")).expect(201).id();
        assertThat(keyed.submit(bells(5000, "")).expect(200).id()).isEqualTo(job);
        keyed.submit(bells(4999, "")).refused(409, "IDEMPOTENCY_KEY_REUSED");
        Await.until(
                "some results while others run, or all",
                () -> sql.count("select count(*) from jobs where parent_job_id = ? and status = 'COMPLETED'", job),
                done -> done > 0);
        assertThat(client.ended(job).text("status")).isEqualTo("COMPLETED");
        List<JsonObject> parts = interim(job);
        assertThat(parts).hasSize(5000).allMatch(part -> part.containsKey("result"));
        assertThat(new BigDecimal(client.get("/api/v1/wallet").expect(200).text("spent")))
                .isEqualByComparingTo("10");
        assertThat(sql.count("select count(distinct lease_owner) from jobs where parent_job_id = ?", job))
                .isPositive();
    }

    @Test
    void a_cancelled_bundle_charges_nothing_that_did_not_run() {
        try (LanesBusy lanes = new LanesBusy(Teams.with(sql, maria, "10"))) {
            UUID job = client.submit(bells(4, "")).expect(201).id();
            assertThat(new BigDecimal(client.get("/api/v1/wallet").expect(200).text("held")))
                    .isEqualByComparingTo("0.008");
            assertThat(client.get("/api/v1/jobs/" + job + "/explain")
                            .expect(200)
                            .text("code"))
                    .isEqualTo("WAITING_CHILDREN");
            assertThat(client.delete("/api/v1/jobs/" + job).expect(200).text("status"))
                    .isEqualTo("CANCELLED");
            assertThat(new BigDecimal(client.get("/api/v1/wallet").expect(200).text("available")))
                    .isEqualByComparingTo("100");
            assertThat(sql.count("select count(*) from jobs where parent_job_id = ? and status = 'CANCELLED'", job))
                    .isEqualTo(4);
            assertThat(sql.count(
                            "select count(*) from ledger_transfers t join jobs j on j.id = t.reference"
                                    + " where j.parent_job_id = ? and t.kind = 'CHARGE'",
                            job))
                    .isZero();
            client.delete("/api/v1/jobs/" + job).expect(200);
        }
    }

    @Test
    void a_bundle_that_is_cancelled_while_it_runs_is_certain_only_when_its_last_child_has_stopped() {
        String circuits = "[" + Samples.slow(10) + "," + Samples.slow(10) + "," + Samples.slow(10) + "]";
        UUID job = client.submit("{\"circuits\": " + circuits + ", \"shots\": 1000000}")
                .expect(201)
                .id();
        Await.until(
                "it runs", () -> client.get("/api/v1/jobs/" + job).expect(200).text("status"), "RUNNING"::equals);
        client.delete("/api/v1/jobs/" + job).expect(200);
        assertThat(client.ended(job).text("status")).isEqualTo("CANCELLED");
        assertThat(sql.count("select count(*) from jobs where parent_job_id = ? and completed_at is null", job))
                .isZero();
        assertThat(new BigDecimal(client.get("/api/v1/wallet").expect(200).text("available")))
                .isEqualByComparingTo("100");
    }

    @Test
    void a_clone_of_a_bundle_gives_the_same_counts_and_names_what_it_repeats() {
        String sets = "[{\"theta\": 0.5}, {\"theta\": 1.5}]";
        UUID sweep = client.submit("{\"circuit\": " + ROTATION + ", \"shots\": 500, \"seed\": 7, \"parameterSets\": "
                        + sets + ", \"name\": \"sweep\", \"runMode\": \"BLOCKING\"}")
                .expect(201)
                .id();
        String place = "/api/v1/jobs/" + sweep + "/clone";
        HubClient keyed = client.with("Idempotency-Key", "again");
        Answer again = keyed.post(place, "{}").expect(201);
        assertThat(keyed.post(place, "{}").expect(200).id()).isEqualTo(again.id());
        assertThat(again.text("parentJobId")).isEqualTo(sweep.toString());
        assertThat(again.text("name")).isEqualTo("sweep");
        assertThat(again.json().getInt("childCount")).isEqualTo(2);
        assertThat(client.ended(again.id()).text("status")).isEqualTo("COMPLETED");
        assertThat(interim(again.id()))
                .map(BundleStory::counts)
                .isEqualTo(interim(sweep).stream().map(BundleStory::counts).toList());
        UUID other = client.post(place, "{\"shots\": 20, \"seed\": 1, \"name\": \"other\"}")
                .expect(201)
                .id();
        assertThat(client.ended(other).text("name")).isEqualTo("other");
        assertThat(interim(other))
                .allSatisfy(part -> assertThat(counts(part).values().stream()
                                .mapToInt(Integer::intValue)
                                .sum())
                        .isEqualTo(20));
        assertThat(client.ended(sweep).json().getInt("childCount"))
                .as("untouched")
                .isEqualTo(2);
        assertThat(interim(sweep)).hasSize(2);
        HubClient stranger = RunningHub.hub().client().register().client();
        stranger.post(place, "{}").refused(404, "NOT_FOUND");
        client.post(place, "{\"backend\": \"nowhere\"}").refused(404, "NOT_FOUND");
    }

    @Test
    void a_waiting_bundle_moves_as_a_whole_with_its_money() {
        OtherBackend.in(sql);
        UUID moved;
        try (LanesBusy lanes = new LanesBusy(Teams.with(sql, maria, "10"))) {
            UUID job = client.submit(bells(3, "")).expect(201).id();
            String place = "/api/v1/jobs/" + job + "/move";
            UUID child = UUID.fromString(sql.value("select id::text from jobs where parent_job_id = ? limit 1", job));
            client.post("/api/v1/jobs/" + child + "/move", "{\"backend\": \"hub-other\"}")
                    .refused(409, "NOT_FOR_BUNDLES");
            client.post(place, "{\"backend\": \"nowhere\"}").refused(404, "NOT_FOUND");
            JsonObject other = client.post(place, "{\"backend\": \"hub-other\"}")
                    .expect(201)
                    .json();
            moved = UUID.fromString(other.getString("id"));
            assertThat(other.getString("backend")).isEqualTo("hub-other");
            assertThat(other.getInt("childCount")).isEqualTo(3);
            assertThat(client.get("/api/v1/jobs/" + job).expect(200).text("status"))
                    .isEqualTo("CANCELLED");
            assertThat(client.get("/api/v1/jobs/" + job + "/explain")
                            .expect(200)
                            .text("code"))
                    .isEqualTo("CANCELLED_MOVED");
            assertThat(sql.count("select count(*) from jobs where parent_job_id = ? and status = 'CANCELLED'", job))
                    .isEqualTo(3);
            assertThat(new BigDecimal(client.get("/api/v1/wallet").expect(200).text("held")))
                    .isEqualByComparingTo("1.5");
            client.post(place, "{\"backend\": \"hub-other\"}").refused(409, "JOB_FINISHED");
        }
        assertThat(client.ended(moved).text("status")).isEqualTo("COMPLETED");
        List<JsonObject> parts = interim(moved);
        for (int i = 0; i < 3; i++) {
            assertThat(counts(parts.get(i))).isEqualTo(Samples.counts(Samples.BELL, 1000, 40 + i));
        }
        assertThat(new BigDecimal(client.get("/api/v1/wallet").expect(200).text("spent")))
                .isEqualByComparingTo("1.5");
    }

    @Test
    void a_bundle_of_which_something_has_begun_stays_where_it_is_whole() {
        OtherBackend.in(sql);
        String circuits = "[" + Samples.slow(18) + "," + Samples.slow(18) + "," + Samples.slow(18) + "]";
        UUID job = client.submit("{\"circuits\": " + circuits + ", \"shots\": 1000}")
                .expect(201)
                .id();
        Await.until(
                "one runs",
                () -> sql.count("select count(*) from jobs where parent_job_id = ? and status = 'RUNNING'", job),
                running -> running > 0);
        String held = client.get("/api/v1/wallet").expect(200).text("held");
        client.post("/api/v1/jobs/" + job + "/move", "{\"backend\": \"hub-other\"}")
                .refused(409, "JOB_STARTED");
        assertThat(sql.count("select count(*) from jobs where parent_job_id = ? and status = 'CANCELLED'", job))
                .isZero();
        assertThat(client.get("/api/v1/wallet").expect(200).text("held")).isEqualTo(held);
        client.delete("/api/v1/jobs/" + job).expect(200);
        client.ended(job);
    }

    @Test
    void a_paused_bundle_waits_with_all_of_its_circuits_until_it_is_resumed() {
        try (LanesBusy lanes = new LanesBusy(Teams.with(sql, maria, "10"))) {
            UUID job = client.submit(bells(3, "")).expect(201).id();
            String place = "/api/v1/jobs/" + job;
            assertThat(client.post(place + "/pause", "").expect(200).text("subStatus"))
                    .isEqualTo("PAUSED");
            client.post(place + "/pause", "").expect(200);
            assertThat(client.get(place + "/explain").expect(200).text("code")).isEqualTo("PAUSED");
            lanes.close();
            client.ended(client.submit(Samples.bell(10, 1, "")).expect(201).id());
            assertThat(sql.count("select count(*) from jobs where parent_job_id = ? and sub_status = 'PAUSED'", job))
                    .as("passed by")
                    .isEqualTo(3);
            client.post(place + "/resume", "").expect(200);
            assertThat(client.ended(job).text("status")).isEqualTo("COMPLETED");
            client.post(place + "/pause", "").refused(409, "JOB_FINISHED");
            client.post(place + "/resume", "").refused(409, "JOB_FINISHED");
            client.delete(place).refused(409, "JOB_FINISHED");
        }
    }

    @Test
    void what_runs_of_a_paused_bundle_runs_to_its_end_and_the_rest_can_be_cancelled() {
        String circuits =
                "[" + Samples.slow(8) + "," + Samples.slow(8) + "," + Samples.slow(8) + "," + Samples.slow(8) + "]";
        UUID job = client.submit("{\"circuits\": " + circuits + ", \"shots\": 100000}")
                .expect(201)
                .id();
        String place = "/api/v1/jobs/" + job;
        Await.until(
                "one runs",
                () -> sql.count("select count(*) from jobs where parent_job_id = ? and started_at is not null", job),
                begun -> begun > 0);
        client.post(place + "/pause", "").expect(200);
        long waiting = sql.count("select count(*) from jobs where parent_job_id = ? and sub_status = 'PAUSED'", job);
        Await.until(
                "what runs has ended",
                () -> sql.count("select count(*) from jobs where parent_job_id = ? and completed_at is not null", job),
                ended -> ended == 4 - waiting);
        assertThat(waiting).isPositive();
        assertThat(client.get(place).expect(200).text("status")).isEqualTo("RUNNING");
        client.delete(place).expect(200);
        assertThat(client.ended(job).text("status")).isEqualTo("CANCELLED");
        assertThat(sql.count("select count(*) from jobs where parent_job_id = ? and status = 'CANCELLED'", job))
                .isEqualTo(waiting);
        assertThat(sql.count(
                        "select count(*) from ledger_transfers t join jobs j on j.id = t.reference"
                                + " where j.parent_job_id = ? and t.kind = 'CHARGE'",
                        job))
                .isEqualTo(4 - waiting);
    }

    private static Map<String, Integer> counts(JsonObject part) {
        Map<String, Integer> counts = new TreeMap<>();
        part.getJsonObject("result")
                .getJsonObject("counts")
                .forEach((bits, count) -> counts.put(bits, Integer.valueOf(count.toString())));
        return counts;
    }
}
