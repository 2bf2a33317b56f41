package org.quantumhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.quantumhub.system.HubClient.Person;

/// Results that are too large for a row, and results that are there already.
@Story
class LargeResultStory {

    private final Person chien = RunningHub.hub().client().register();
    private final HubClient client = chien.client();
    private final Sql sql = RunningHub.hub().sql();

    private JsonObject result(UUID job, String more) {
        return client.get("/api/v1/jobs/" + job + "/result" + more).expect(200).json();
    }

    @Test
    void a_large_result_lies_in_the_object_store_and_comes_back_whole() {
        UUID job = client.submit(Samples.bell(100_000, 3, ", \"memory\": true"))
                .expect(201)
                .id();
        assertThat(client.ended(job).text("status")).isEqualTo("COMPLETED");
        assertThat(sql.count("select count(*) from stored_objects where team_id = ?", chien.team()))
                .isEqualTo(1);
        assertThat(sql.count(
                        "select count(*) from job_results r join stored_objects o on o.path = r.storage_path where r.job_id = ?"
                                + " and r.result_type = 'MEMORY' and r.result_data is null and r.digest = sha256(o.content)"
                                + " and r.size_bytes = length(o.content)",
                        job))
                .isEqualTo(1);
        assertThat(result(job, "?memory=true").getJsonArray("memory")).hasSize(100_000);
        assertThat(result(job, "").getJsonObject("counts").keySet()).containsExactlyInAnyOrder("00", "11");
        RunningHub.hub()
                .client()
                .register()
                .client()
                .get("/api/v1/jobs/" + job + "/result")
                .refused(404, "NOT_FOUND");
    }

    @Test
    void a_damaged_object_is_noticed() {
        UUID job = client.submit(Samples.bell(90_000, 3, ", \"memory\": true"))
                .expect(201)
                .id();
        client.ended(job);
        sql.run(
                "delete from stored_objects where path in (select storage_path from job_results where job_id = ?)",
                job);
        sql.run(
                "insert into stored_objects (path, team_id, content) select storage_path, team_id, 'x' from job_results"
                        + " where job_id = ? and storage_path is not null",
                job);
        client.get("/api/v1/jobs/" + job + "/result?memory=true").refused(500, "INTERNAL");
        assertThat(result(job, "").getInt("shots")).isEqualTo(90_000);
    }

    private void stored(String path, String content, int hoursAgo) {
        sql.run(
                "insert into stored_objects (path, team_id, content, created_at) values (?, ?, ?::bytea, now() - make_interval(hours => ?))",
                path,
                chien.team(),
                content,
                hoursAgo);
    }

    private boolean isStored(String path) {
        return sql.count("select count(*) from stored_objects where path = ?", path) == 1;
    }

    @Test
    void an_old_object_of_nobody_goes_and_every_other_stays() {
        UUID job = client.submit(Samples.bell(80_000, 3, ", \"memory\": true"))
                .expect(201)
                .id();
        client.ended(job);
        String living =
                sql.value("select storage_path from job_results where job_id = ? and storage_path is not null", job);
        // as old as the others: only its row speaks for it
        String content = sql.value("select content::text from stored_objects where path = ?", living);
        sql.run("delete from stored_objects where path = ?", living);
        stored(living, content, 30);
        UUID waiting = client.submit(
                        Samples.bell(1, 1, ", \"runAt\": \"" + Instant.now().plusSeconds(3600) + "\""))
                .expect(201)
                .id();
        String results = "results/" + chien.team() + "/";
        String unsettled = results + waiting + "/1-MEMORY";
        String young = results + UUID.randomUUID() + "/1-MEMORY";
        String attempt = results + job + "/9-MEMORY";
        String gone = results + UUID.randomUUID() + "/1-COUNTS";
        stored(unsettled, "x", 30);
        stored(young, "x", 23);
        stored(attempt, "x", 30);
        stored(gone, "x", 30);
        Await.until("the orphans go", () -> isStored(attempt) || isStored(gone), left -> !left);
        assertThat(isStored(young)).isTrue();
        assertThat(isStored(unsettled)).isTrue();
        assertThat(result(job, "?memory=true").getJsonArray("memory")).hasSize(80_000);
        client.delete("/api/v1/jobs/" + waiting).expect(200);
    }

    @Test
    void a_result_whose_time_is_over_leaves_the_store_too() {
        UUID job = client.submit(Samples.bell(80_000, 4, ", \"memory\": true, \"retentionDays\": 2"))
                .expect(201)
                .id();
        UUID kept = client.submit(Samples.bell(80_000, 4, ", \"memory\": true, \"retentionDays\": 4"))
                .expect(201)
                .id();
        for (UUID one : new UUID[] {job, kept}) {
            client.ended(one);
            sql.run("update jobs set completed_at = completed_at - interval '3 days' where id = ?", one);
        }
        String place = "results/" + chien.team() + "/" + job + "/1-MEMORY";
        Await.until("the object goes", () -> isStored(place), left -> !left);
        client.get("/api/v1/jobs/" + job + "/result").refused(409, "NO_RESULT");
        assertThat(client.get("/api/v1/jobs/" + job).expect(200).text("status")).isEqualTo("COMPLETED");
        assertThat(result(kept, "?memory=true").getJsonArray("memory")).hasSize(80_000);
    }

    @Test
    void an_allowed_repetition_is_answered_from_the_cache_for_the_task_fee() {
        String body = Samples.bell(5000, 77, ", \"cached\": true, \"runMode\": \"BLOCKING\"");
        JsonObject first = client.submit(body).expect(201).json();
        assertThat(first.containsKey("cachedFrom")).isFalse();
        JsonObject second = client.submit(body).expect(201).json();
        assertThat(second.getString("status")).isEqualTo("COMPLETED");
        assertThat(second.getString("cachedFrom")).isEqualTo(first.getString("id"));
        UUID id = UUID.fromString(second.getString("id"));
        assertThat(result(id, "").getJsonObject("counts"))
                .isEqualTo(result(UUID.fromString(first.getString("id")), "").getJsonObject("counts"));
        // 0.001 + 5000 x 0.000001 for the run, 0.001 for the answer
        assertThat(new BigDecimal(first.getString("actualCost"))).isEqualByComparingTo("0.006");
        assertThat(new BigDecimal(second.getString("actualCost"))).isEqualByComparingTo("0.001");
        assertThat(client.get("/api/v1/jobs/" + id + "/explain").expect(200).text("code"))
                .isEqualTo("ANSWERED_FROM_CACHE");
    }

    @Test
    void only_the_very_same_run_of_the_own_team_within_the_hour_will_do() {
        String allowed = ", \"cached\": true, \"runMode\": \"BLOCKING\"";
        UUID first = client.submit(Samples.bell(1000, 5, allowed)).expect(201).id();
        for (String other : new String[] {
            Samples.bell(1001, 5, allowed),
            Samples.bell(1000, 6, allowed),
            Samples.bell(1000, 5, ", \"runMode\": \"BLOCKING\""),
            Samples.bell(1000, 5, allowed + ", \"memory\": true"),
            "{\"circuit\": " + Samples.BELL + ", \"shots\": 1000" + allowed + "}"
        }) {
            assertThat(client.submit(other).expect(201).json().containsKey("cachedFrom"))
                    .as(other)
                    .isFalse();
        }
        HubClient stranger = RunningHub.hub().client().register().client();
        assertThat(stranger.submit(Samples.bell(1000, 5, allowed))
                        .expect(201)
                        .json()
                        .containsKey("cachedFrom"))
                .isFalse();
        sql.run("update jobs set completed_at = completed_at - interval '61 minutes' where id = ?", first);
        assertThat(client.submit(Samples.bell(1000, 5, allowed))
                        .expect(201)
                        .json()
                        .containsKey("cachedFrom"))
                .isFalse();
    }
}
