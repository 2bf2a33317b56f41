package org.quantumhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.quantumhub.system.HubClient.Person;

/// What can be done with a job between its submission and its end, and what the hub says about it.
@Story
class JobActionsStory {

    private final Person lise = RunningHub.hub().client().register();
    private final HubClient client = lise.client();
    private final Sql sql = RunningHub.hub().sql();

    @AfterEach
    void nothing_is_left_waiting() {
        sql.rows("select id from jobs where team_id = ? and completed_at is null", lise.team())
                .forEach(row -> client.delete("/api/v1/jobs/" + row.getFirst()));
        sql.run("delete from team_limits");
        sql.run("update backends set status = 'ONLINE' where slug = 'hub-statevector'");
    }

    private String explained(UUID job) {
        Answer answer = client.get("/api/v1/jobs/" + job + "/explain").expect(200);
        assertThat(answer.text("message")).isNotBlank().doesNotContain("null");
        return answer.text("code");
    }

    private String status(UUID job) {
        return client.get("/api/v1/jobs/" + job).expect(200).text("status");
    }

    private UUID submit(String more) {
        return client.submit(Samples.bell(100, 9, more)).expect(201).id();
    }

    private LanesBusy lanesBusy() {
        return new LanesBusy(Teams.with(sql, lise, "10"));
    }

    @Test
    void a_paused_job_waits_until_it_is_resumed() {
        try (LanesBusy lanes = lanesBusy()) {
            UUID job = submit("");
            assertThat(client.post("/api/v1/jobs/" + job + "/pause", "")
                            .expect(200)
                            .text("subStatus"))
                    .isEqualTo("PAUSED");
            client.post("/api/v1/jobs/" + job + "/pause", "").expect(200);
            lanes.close();
            UUID later = submit("");
            assertThat(client.ended(later).text("status")).isEqualTo("COMPLETED");
            assertThat(status(job)).as("passed by").isEqualTo("QUEUED");
            assertThat(explained(job)).isEqualTo("PAUSED");
            client.post("/api/v1/jobs/" + job + "/resume", "").expect(200);
            assertThat(client.ended(job).text("status")).isEqualTo("COMPLETED");
            client.post("/api/v1/jobs/" + job + "/pause", "").refused(409, "JOB_FINISHED");
            client.post("/api/v1/jobs/" + job + "/resume", "").refused(409, "JOB_FINISHED");
        }
    }

    @Test
    void a_scheduled_job_waits_for_its_time() {
        UUID far = submit(", \"runAt\": \"" + Instant.now().plusSeconds(3600) + "\"");
        assertThat(status(far)).isEqualTo("SUBMITTED");
        assertThat(explained(far)).isEqualTo("SCHEDULED");
        UUID near = submit(
                ", \"runMode\": \"SCHEDULED\", \"runAt\": \"" + Instant.now().plusSeconds(1) + "\"");
        JsonObject ran = client.ended(near).json();
        assertThat(ran.getString("status")).isEqualTo("COMPLETED");
        assertThat(Instant.parse(ran.getString("startedAt"))).isAfterOrEqualTo(Instant.parse(ran.getString("runAt")));
        assertThat(status(far)).isEqualTo("SUBMITTED");
        assertThat(client.delete("/api/v1/jobs/" + far).expect(200).text("status"))
                .isEqualTo("CANCELLED");
        client.submit(Samples.bell(10, 1, ", \"runMode\": \"SCHEDULED\"")).refused(400, "INVALID_FIELD");
    }

    @Test
    void a_job_that_nobody_begins_in_time_costs_nothing() {
        try (LanesBusy lanes = lanesBusy()) {
            UUID job = submit(", \"expiresAt\": \"" + Instant.now().plusSeconds(3) + "\"");
            JsonObject ended = client.ended(job).json();
            assertThat(ended.getString("status")).isEqualTo("CANCELLED");
            assertThat(ended.getString("statusReason")).isEqualTo("EXPIRED");
            assertThat(new BigDecimal(ended.getString("actualCost"))).isZero();
            assertThat(explained(job)).isEqualTo("CANCELLED_EXPIRED");
        }
        client.submit(Samples.bell(10, 1, ", \"expiresAt\": \"2020-01-01T00:00:00Z\""))
                .refused(400, "INVALID_FIELD");
    }

    @Test
    void a_clone_gives_the_same_counts_unless_it_is_asked_for_others() {
        UUID job = submit(", \"tags\": [\"t\"], \"name\": \"first\"");
        client.ended(job);
        Answer again = client.post("/api/v1/jobs/" + job + "/clone", "{}").expect(201);
        assertThat(again.header("Location")).endsWith("/api/v1/jobs/" + again.id());
        assertThat(again.text("parentJobId")).isEqualTo(job.toString());
        assertThat(again.text("name")).isEqualTo("first");
        client.ended(again.id());
        assertThat(counts(again.id())).isEqualTo(counts(job));
        Answer other = client.post("/api/v1/jobs/" + job + "/clone", "{\"shots\": 7, \"seed\": 3}")
                .expect(201);
        assertThat(other.json().getInt("shots")).isEqualTo(7);
        client.ended(other.id());
        assertThat(client.get("/api/v1/jobs?parent=" + job).expect(200).json().getJsonArray("items"))
                .hasSize(2);
        client.post("/api/v1/jobs/" + UUID.randomUUID() + "/clone", "{}").refused(404, "NOT_FOUND");
    }

    private JsonObject counts(UUID job) {
        return client.get("/api/v1/jobs/" + job + "/result").expect(200).json().getJsonObject("counts");
    }

    @Test
    void a_waiting_job_moves_to_another_backend_with_its_money() {
        OtherBackend.in(sql);
        UUID moved;
        try (LanesBusy lanes = lanesBusy()) {
            UUID job = submit("");
            JsonObject other = client.post("/api/v1/jobs/" + job + "/move", "{\"backend\": \"hub-other\"}")
                    .expect(201)
                    .json();
            moved = UUID.fromString(other.getString("id"));
            assertThat(other.getString("backend")).isEqualTo("hub-other");
            assertThat(other.getString("estimatedCost")).isEqualTo("0.50000000");
            assertThat(status(job)).isEqualTo("CANCELLED");
            assertThat(explained(job)).isEqualTo("CANCELLED_MOVED");
            assertThat(new BigDecimal(client.get("/api/v1/wallet").expect(200).text("held")))
                    .isEqualByComparingTo("0.5");
            client.post("/api/v1/jobs/" + job + "/move", "{\"backend\": \"hub-other\"}")
                    .refused(409, "JOB_FINISHED");
            client.post("/api/v1/jobs/" + moved + "/move", "{\"backend\": \"nowhere\"}")
                    .refused(404, "NOT_FOUND");
            assertThat(status(moved)).isEqualTo("QUEUED");
        }
        assertThat(client.ended(moved).text("actualCost")).isEqualTo("0.50000000");
    }

    @Test
    void a_job_that_moves_takes_its_schedule_its_expiry_and_its_pause_along() {
        OtherBackend.in(sql);
        Instant later = Instant.now().plusSeconds(3600);
        UUID scheduled = submit(", \"runAt\": \"" + later + "\", \"expiresAt\": \"" + later.plusSeconds(60)
                + "\", \"notificationEmail\": \"" + lise.email() + "\"");
        JsonObject before = client.get("/api/v1/jobs/" + scheduled).expect(200).json();
        JsonObject moved = client.post("/api/v1/jobs/" + scheduled + "/move", "{\"backend\": \"hub-other\"}")
                .expect(201)
                .json();
        assertThat(moved.getString("status")).isEqualTo("SUBMITTED");
        assertThat(moved.getString("runAt")).isEqualTo(before.getString("runAt"));
        assertThat(moved.getString("expiresAt")).isEqualTo(before.getString("expiresAt"));
        assertThat(sql.value(
                        "select notification_email from jobs where id = ?", UUID.fromString(moved.getString("id"))))
                .isEqualTo(lise.email());
        try (LanesBusy lanes = lanesBusy()) {
            UUID waiting = submit("");
            client.post("/api/v1/jobs/" + waiting + "/pause", "").expect(200);
            Answer paused = client.post("/api/v1/jobs/" + waiting + "/move", "{\"backend\": \"hub-other\"}")
                    .expect(201);
            assertThat(paused.text("subStatus")).isEqualTo("PAUSED");
            lanes.close();
            client.ended(submit(""));
            assertThat(status(paused.id())).isEqualTo("QUEUED");
            client.post("/api/v1/jobs/" + paused.id() + "/resume", "").expect(200);
            assertThat(client.ended(paused.id()).text("status")).isEqualTo("COMPLETED");
        }
    }

    @Test
    void priority_decides_inside_a_team() {
        UUID normal;
        UUID urgent;
        try (LanesBusy lanes = lanesBusy()) {
            normal = submit("");
            urgent = submit(", \"priority\": 10");
            assertThat(explained(normal)).isEqualTo("BEHIND_OWN_JOBS");
            assertThat(explained(urgent)).isIn("LANES_BUSY", "BEHIND_OTHERS");
        }
        client.ended(normal);
        client.ended(urgent);
        client.submit(Samples.bell(10, 1, ", \"priority\": 101")).refused(400, "INVALID_FIELD");
    }

    @Test
    void what_keeps_a_job_waiting_is_explained() {
        try (LanesBusy lanes = lanesBusy()) {
            UUID job = submit("");
            assertThat(explained(job)).isIn("LANES_BUSY", "BEHIND_OTHERS");
            sql.run("update backends set status = 'MAINTENANCE' where slug = 'hub-statevector'");
            Await.until("the catalogue is read anew", () -> explained(job), "BACKEND_MAINTENANCE"::equals);
            sql.run("update backends set status = 'OFFLINE' where slug = 'hub-statevector'");
            Await.until("the catalogue is read anew", () -> explained(job), "BACKEND_OFFLINE"::equals);
            sql.run("update backends set status = 'ONLINE' where slug = 'hub-statevector'");
            Await.until("the catalogue is read anew", () -> explained(job), code -> !code.startsWith("BACKEND"));
            String access = "/api/v1/teams/" + lise.team() + "/device-access";
            client.put(access, "{\"listed\": true, \"backends\": []}").expect(200);
            Await.until("the list is known", () -> explained(job), "NOT_ON_LIST"::equals);
            client.put(access, "{\"listed\": false, \"backends\": []}").expect(200);
            Await.until("the list is off", () -> explained(job), code -> !code.startsWith("NOT"));
            client.delete("/api/v1/jobs/" + job).expect(200);
            assertThat(explained(job)).isEqualTo("CANCELLED_WAITING");
        }
    }

    @Test
    void what_became_of_a_job_is_explained() {
        UUID done = submit(", \"runMode\": \"BLOCKING\"");
        assertThat(explained(done)).isEqualTo("COMPLETED_WELL");
        UUID running = client.submit(Samples.job(Samples.slow(10), 1_000_000, 1, ""))
                .expect(201)
                .id();
        Await.until("the job runs", () -> explained(running), "RUNS"::equals);
        sql.run("update jobs set lease_until = lease_until where id = ?", running);
        client.delete("/api/v1/jobs/" + running).expect(200);
        client.ended(running);
        assertThat(explained(running)).isEqualTo("CANCELLED_RUNNING");
        HubClient stranger = RunningHub.hub().client().register().client();
        stranger.get("/api/v1/jobs/" + done + "/explain").refused(404, "NOT_FOUND");
    }

    @Test
    void a_team_with_a_limit_runs_no_more_at_a_time() {
        sql.run("insert into team_limits (team_id, max_running) values (?, 1)", lise.team());
        Await.until(
                "the limit is known",
                () -> client.get("/api/v1/job-limits").expect(200).json().getInt("maxRunning"),
                limit -> limit == 1);
        UUID first = client.submit(Samples.job(Samples.slow(10), 1_000_000, 1, ""))
                .expect(201)
                .id();
        Await.until("the first runs", () -> status(first), "RUNNING"::equals);
        UUID second = submit("");
        Await.until("the reason is known", () -> explained(second), "TEAM_LIMIT"::equals);
        HubClient other = RunningHub.hub().client().register().client();
        other.ended(other.submit(Samples.bell(10, 1, "")).expect(201).id());
        assertThat(status(second)).isEqualTo("QUEUED");
        client.delete("/api/v1/jobs/" + first).expect(200);
        assertThat(client.ended(second).text("status")).isEqualTo("COMPLETED");
        client.send("PUT", "/api/v1/job-limits/" + lise.team(), "application/json", "{\"maxRunning\": 5}".getBytes())
                .refused(403, "FORBIDDEN");
    }

    @Test
    void a_long_queue_of_one_team_does_not_delay_the_first_job_of_another() {
        HubClient busy = Teams.with(sql, lise, "50");
        String many = "[" + Samples.slow(8) + ("," + Samples.slow(8)).repeat(199) + "]";
        UUID bundle = busy.submit("{\"circuits\": " + many + ", \"shots\": 20000}")
                .expect(201)
                .id();
        Await.until(
                "the long queue is being worked on",
                () -> sql.count("select count(*) from jobs where parent_job_id = ? and status = 'RUNNING'", bundle),
                running -> running > 0);
        client.ended(submit(""));
        assertThat(sql.count("select count(*) from jobs where parent_job_id = ? and status = 'QUEUED'", bundle))
                .as("of the long queue, when the other's job was done")
                .isPositive();
        busy.delete("/api/v1/jobs/" + bundle).expect(200);
        busy.ended(bundle);
    }

    @Test
    void a_blocking_request_that_comes_again_waits_like_the_first() {
        HubClient keyed = client.with("Idempotency-Key", "wait");
        String slow = Samples.job(Samples.slow(8), 60_000, 1, ", \"runMode\": \"BLOCKING\"");
        CompletableFuture<Answer> first = keyed.submitSoon(slow);
        Await.until(
                "the first is on its way",
                () -> sql.count("select count(*) from jobs where team_id = ?", lise.team()),
                count -> count == 1);
        Answer second = keyed.submit(slow).expect(200);
        assertThat(second.text("status")).isEqualTo("COMPLETED");
        assertThat(first.join().expect(201).id()).isEqualTo(second.id());
    }

    @Test
    void attempts_logs_results_and_details_are_there() {
        UUID job = submit(", \"memory\": true, \"runMode\": \"BLOCKING\", \"notificationEmail\": \"a@example.org\","
                + " \"metadata\": {\"a\": 1}, \"retentionDays\": 30");
        List<JsonObject> attempts = client.get("/api/v1/jobs/" + job + "/attempts")
                .expect(200)
                .array()
                .getValuesAs(JsonObject.class);
        assertThat(attempts)
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.getString("outcome")).isEqualTo("COMPLETED"));
        assertThat(client.get("/api/v1/jobs/" + job + "/results")
                        .expect(200)
                        .array()
                        .getValuesAs(JsonObject.class))
                .extracting(result -> result.getString("type") + " " + result.getBoolean("primary"))
                .containsExactly("COUNTS true", "MEMORY false");
        JsonObject details =
                client.get("/api/v1/jobs/" + job + "/details").expect(200).json();
        assertThat(details.getString("notificationEmail")).isEqualTo("a@example.org");
        assertThat(details.getJsonObject("metadata").getInt("a")).isEqualTo(1);
        assertThat(details.getString("executionMode")).isEqualTo("DIRECT");
        assertThat(client.get("/api/v1/jobs/" + job + "/logs")
                        .expect(200)
                        .json()
                        .getJsonArray("items"))
                .isEmpty();
        sql.run(
                "insert into job_logs (team_id, job_id, attempt, stream, level, message) values (?, ?, 1, 'USER', 'INFO', 'hello'),"
                        + " (?, ?, 1, 'PLATFORM', 'WARNING', 'slow')",
                lise.team(),
                job,
                lise.team(),
                job);
        assertThat(client.get("/api/v1/jobs/" + job + "/logs?stream=user")
                        .expect(200)
                        .json()
                        .getJsonArray("items"))
                .singleElement()
                .satisfies(line ->
                        assertThat(line.asJsonObject().getString("message")).isEqualTo("hello"));
        assertThat(client.get("/api/v1/jobs/" + job + "/logs?limit=1")
                        .expect(200)
                        .json())
                .containsKey("next");
        client.get("/api/v1/jobs/" + job + "/logs?stream=x").refused(400, "INVALID_PARAMETER");
        RunningHub.hub()
                .client()
                .register()
                .client()
                .get("/api/v1/jobs/" + job + "/logs")
                .refused(404, "NOT_FOUND");
    }
}
