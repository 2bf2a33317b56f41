package org.quantumhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.quantumhub.system.HubProcess.Plan;

/// A server that dies without a word in the middle of its work.
class CrashTest {

    private static final int JOBS = 50;
    // each shot of this circuit takes some 25 microseconds: a tenth of a second for a job
    private static final String CIRCUIT = Samples.slow(10);
    private static final int SHOTS = 4000;

    @Test
    void every_accepted_job_is_done_once_and_charged_once_although_the_server_was_killed() {
        try (TestDatabase database = TestDatabase.start(Project.workplace("faults"))) {
            Sql sql = database.sql();
            Plan plan = new Plan("crash", Project.folder(), database, Map.of("HUB_EXECUTION_LANES", "1"));
            Map<UUID, Long> seeds = new LinkedHashMap<>();
            HubClient client;
            try (HubProcess hub = HubProcess.start(plan)) {
                client = hub.client().register().withKey();
                for (long seed = 1; seed <= JOBS; seed++) {
                    seeds.put(
                            client.submit(Samples.job(CIRCUIT, SHOTS, seed, ""))
                                    .expect(201)
                                    .id(),
                            seed);
                }
                Await.until(
                        "some jobs are done",
                        Duration.ofSeconds(60),
                        () -> sql.count("select count(*) from jobs where status = 'COMPLETED'"),
                        done -> done >= 8);
                hub.killServer();
            }
            long unfinished = sql.count("select count(*) from jobs where completed_at is null");
            assertThat(unfinished).as("killed in the middle").isGreaterThan(JOBS / 5);

            try (HubProcess again = HubProcess.start(plan)) {
                Invariants.hold(sql);
                assertThat(sql.rows("select status, count(*) from jobs group by status"))
                        .containsExactly(java.util.List.of("COMPLETED", String.valueOf(JOBS)));
                HubClient returned = new HubClient(again.client().hub(), client.headers());
                seeds.forEach((job, seed) -> assertDoneOnce(sql, returned, job, seed));
            }
        }
    }

    private static void assertDoneOnce(Sql sql, HubClient client, UUID job, long seed) {
        assertThat(sql.count("select count(*) from ledger_transfers where reference = ? and kind = 'CHARGE'", job))
                .isEqualTo(1);
        assertThat(sql.count("select count(*) from job_results where job_id = ? and result_type = 'COUNTS'", job))
                .isEqualTo(1);
        JsonObject result =
                client.get("/api/v1/jobs/" + job + "/result").expect(200).json();
        Map<String, Integer> counts = new TreeMap<>();
        result.getJsonObject("counts").forEach((bits, count) -> counts.put(bits, Integer.valueOf(count.toString())));
        assertThat(counts)
                .as("as if nothing had happened, seed " + seed)
                .isEqualTo(Samples.countsOfQasm(program(), SHOTS, seed));
    }

    private static String program() {
        try (jakarta.json.JsonReader reader = Json.createReader(new java.io.StringReader("[" + CIRCUIT + "]"))) {
            return reader.readArray().getString(0);
        }
    }
}
