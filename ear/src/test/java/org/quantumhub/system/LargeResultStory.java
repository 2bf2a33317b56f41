package org.quantumhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.math.BigDecimal;
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
