package org.quantumhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.quantumhub.system.HubClient.Person;
import org.quantumhub.system.HubProcess.Plan;
import redis.clients.jedis.RedisClient;

/// A hub that keeps results elsewhere than in its database: a Redis remembers them, a real one, which comes and goes;
/// and large ones lie in a folder.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeptElsewhereTest {

    private static final String NAME = "kept-elsewhere-hub";
    private static final Path OBJECTS = Project.workplace("kept-elsewhere-objects");
    private static final String PASSWORD = "the-password-of-redis";
    private static final String ALLOWED = ", \"cached\": true, \"runMode\": \"BLOCKING\"";

    private final int port = Project.freePort();
    private final TestDatabase database = TestDatabase.start(Project.workplace("kept-elsewhere"));
    private final Sql sql = database.sql();
    private RedisProgram redis = RedisProgram.start(port, PASSWORD);
    private final HubProcess hub = HubProcess.start(new Plan(
            NAME,
            Project.folder(),
            database,
            Map.of(
                    "HUB_REDIS_URL",
                    "redis://127.0.0.1:" + port + "/1",
                    "HUB_REDIS_PASSWORD",
                    PASSWORD,
                    "HUB_OBJECTS_STORE",
                    "file",
                    "HUB_OBJECTS_FOLDER",
                    OBJECTS.toString(),
                    "HUB_OBJECTS_SWEEP_SECONDS",
                    "3")));
    private final Person ada = hub.client().register();
    private final HubClient client = ada.client();

    @AfterAll
    void end() {
        try (database) {
            hub.close();
            redis.close();
        }
    }

    @BeforeEach
    void redis_is_there_and_empty() {
        if (!redis.isRunning()) {
            redis = RedisProgram.start(port, PASSWORD);
        }
        redis(eye -> eye.flushAll());
    }

    private <T> T redis(Function<RedisClient, T> look) {
        try (RedisClient eye = RedisClient.create("redis://:" + PASSWORD + "@127.0.0.1:" + port + "/1")) {
            return look.apply(eye);
        }
    }

    private Set<String> keys() {
        return redis(eye -> eye.keys("*"));
    }

    private long secondsLeft(String key) {
        return redis(eye -> eye.ttl(key));
    }

    private String onlyKey() {
        Set<String> keys = keys();
        assertThat(keys).hasSize(1);
        return keys.iterator().next();
    }

    private static boolean answered(Answer submitted) {
        return submitted.expect(201).json().containsKey("cachedFrom");
    }

    private JsonObject result(UUID job, String more) {
        return client.get("/api/v1/jobs/" + job + "/result" + more).expect(200).json();
    }

    private boolean isWorking() {
        JsonObject check = hub.client().get("/health/ready").expect(200).json().getJsonArray("checks").stream()
                .map(JsonValue::asJsonObject)
                .filter(one -> one.getString("name").equals("result-cache"))
                .findFirst()
                .orElseThrow();
        assertThat(check.getString("status")).isEqualTo("UP");
        assertThat(check.getJsonObject("data").getString("by")).isEqualTo("REDIS");
        return check.getJsonObject("data").getBoolean("working");
    }

    private long told(String text) {
        String log = Project.read(Project.workplace(NAME).resolve("logs/messages.log"));
        return log.lines().filter(line -> line.contains(text)).count();
    }

    @Test
    void a_repetition_is_answered_by_redis_for_the_task_fee_and_marked() {
        String body = Samples.bell(5000, 77, ALLOWED);
        JsonObject first = client.submit(body).expect(201).json();
        assertThat(first.containsKey("cachedFrom")).isFalse();
        // the database would not take it any more
        sql.run(
                "update jobs set completed_at = completed_at - interval '2 hours' where id = ?",
                UUID.fromString(first.getString("id")));
        JsonObject second = client.submit(body).expect(201).json();
        assertThat(second.getString("status")).isEqualTo("COMPLETED");
        assertThat(second.getString("cachedFrom")).isEqualTo(first.getString("id"));
        UUID id = UUID.fromString(second.getString("id"));
        assertThat(result(id, "").getJsonObject("counts"))
                .isEqualTo(result(UUID.fromString(first.getString("id")), "").getJsonObject("counts"));
        assertThat(new BigDecimal(first.getString("actualCost"))).isEqualByComparingTo("0.006");
        assertThat(new BigDecimal(second.getString("actualCost"))).isEqualByComparingTo("0.001");
        assertThat(sql.count(
                        "select count(*) from ledger_transfers where reference = ? and kind = 'CHARGE' and amount = 0.001",
                        id))
                .isEqualTo(1);
        assertThat(client.get("/api/v1/jobs/" + id + "/explain").expect(200).text("code"))
                .isEqualTo("ANSWERED_FROM_CACHE");
        assertThat(hub.metric("hub_result_cache_asked")).isGreaterThanOrEqualTo(2);
    }

    @Test
    void an_entry_lives_an_hour_from_the_run_and_cannot_be_read_by_who_enters_redis() {
        String body = Samples.bell(400, 78, ALLOWED);
        UUID first = client.submit(body).expect(201).id();
        String key = onlyKey();
        assertThat(key).startsWith("quantum-hub:result:" + ada.team() + ":");
        assertThat(secondsLeft(key)).isBetween(3500L, 3600L);
        byte[] entry = redis(eye -> eye.get(key.getBytes(StandardCharsets.UTF_8)));
        assertThat(new String(entry, StandardCharsets.ISO_8859_1))
                .doesNotContain("counts")
                .doesNotContain(first.toString());
        redis(eye -> eye.expire(key, 1000));
        assertThat(answered(client.submit(body))).isTrue();
        assertThat(secondsLeft(key))
                .as("an answer is no run, and begins no hour")
                .isLessThanOrEqualTo(1000);
        redis(eye -> eye.del(key));
        assertThat(answered(client.submit(body))).isFalse();
    }

    @Test
    void a_team_is_answered_with_its_own_runs_alone() {
        String body = Samples.bell(400, 79, ALLOWED);
        assertThat(answered(client.submit(body))).isFalse();
        String own = onlyKey();
        Person stranger = hub.client().register();
        assertThat(answered(stranger.client().submit(body))).isFalse();
        String foreign = own.replace(ada.team().toString(), stranger.team().toString());
        assertThat(keys()).containsExactlyInAnyOrder(own, foreign);
        // whoever enters Redis puts one team's entry in another's place
        redis(eye -> eye.copy(own, foreign, true));
        assertThat(answered(stranger.client().submit(body))).isFalse();
    }

    @Test
    void what_a_lane_ran_and_what_is_too_large_for_a_row_is_found_too() {
        String waiting = Samples.bell(300, 80, ", \"cached\": true");
        UUID ran = client.submit(waiting).expect(201).id();
        assertThat(client.ended(ran).text("status")).isEqualTo("COMPLETED");
        assertThat(client.submit(waiting).expect(201).text("cachedFrom")).isEqualTo(ran.toString());
        String large = Samples.bell(100_000, 81, ", \"memory\": true" + ALLOWED);
        UUID first = client.submit(large).expect(201).id();
        UUID second = client.submit(large).expect(201).id();
        assertThat(client.get("/api/v1/jobs/" + second).expect(200).text("cachedFrom"))
                .isEqualTo(first.toString());
        assertThat(result(second, "?memory=true").getJsonArray("memory"))
                .isEqualTo(result(first, "?memory=true").getJsonArray("memory"));
    }

    private static Path object(String path, int hoursAgo) {
        Path file = OBJECTS.resolve(path);
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, "x");
            }
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(hoursAgo))));
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
        return file;
    }

    @Test
    void an_old_file_of_nobody_goes_and_every_other_stays() {
        UUID job = client.submit(Samples.bell(90_000, 83, ", \"memory\": true"))
                .expect(201)
                .id();
        client.ended(job);
        String results = "results/" + ada.team() + "/";
        Path living = object(
                sql.value("select storage_path from job_results where job_id = ? and storage_path is not null", job),
                30);
        Path young = object(results + UUID.randomUUID() + "/1-MEMORY", 23);
        Path foreign = object("results/read-me", 30);
        Path attempt = object(results + job + "/9-MEMORY", 30);
        Path gone = object(results + UUID.randomUUID() + "/1-COUNTS", 30);
        Await.until("the orphans go", () -> Files.exists(attempt) || Files.exists(gone), left -> !left);
        assertThat(living).exists();
        assertThat(young).exists();
        assertThat(foreign).exists();
        assertThat(result(job, "?memory=true").getJsonArray("memory")).hasSize(90_000);
    }

    @Test
    void without_redis_jobs_run_and_when_it_is_back_it_answers_again() {
        String body = Samples.bell(250, 82, ALLOWED);
        assertThat(answered(client.submit(body))).isFalse();
        assertThat(answered(client.submit(body))).isTrue();
        assertThat(isWorking()).isTrue();
        long warnings = told("results are not remembered");
        redis.close();
        for (int i = 0; i < 10; i++) {
            JsonObject job = client.submit(body).expect(201).json();
            assertThat(job.getString("status")).isEqualTo("COMPLETED");
            assertThat(job.containsKey("cachedFrom")).isFalse();
            assertThat(new BigDecimal(job.getString("actualCost"))).isEqualByComparingTo("0.002");
        }
        assertThat(isWorking()).isFalse();
        assertThat(told("results are not remembered")).isEqualTo(warnings + 1);

        redis = RedisProgram.start(port, "another");
        Await.until(
                "the hub tries again",
                () -> {
                    assertThat(answered(client.submit(body))).isFalse();
                    return told("it refuses the user or the password");
                },
                count -> count == 1);
        assertThat(told(PASSWORD)).isZero();
        redis.close();

        redis = RedisProgram.start(port, PASSWORD);
        Await.until("Redis answers again", () -> answered(client.submit(body)), hit -> hit);
        assertThat(isWorking()).isTrue();
        Invariants.hold(sql);
    }
}
