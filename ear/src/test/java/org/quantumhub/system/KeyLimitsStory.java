package org.quantumhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonArray;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.quantumhub.system.HubClient.Person;

/// What API keys are meant for, how often they may come, and how much a person may ask in a month.
@Story
class KeyLimitsStory {

    private static final HubClient ANYBODY = RunningHub.hub().client();
    private static final String KEYS = "/api/v1/api-keys";
    private static final String WALLET = "/api/v1/wallet";

    private final Sql sql = RunningHub.hub().sql();
    private final Person ada = ANYBODY.register();

    private Answer made(String more) {
        return ada.client().post(KEYS, "{\"name\": \"k\"" + more + "}").expect(201);
    }

    private static HubClient machine(Answer made) {
        return ANYBODY.with("X-API-Key", made.text("key"));
    }

    @Test
    void a_key_does_what_its_scopes_say_and_nothing_else() {
        HubClient reader = machine(made(", \"scopes\": [\"jobs:read\", \"wallet:read\"]"));
        reader.get("/api/v1/jobs").expect(200);
        reader.get(WALLET).expect(200);
        Answer refused = reader.submit(Samples.bell(1, 1, "")).refused(403, "SCOPE_MISSING");
        assertThat(refused.json().getString("scope")).isEqualTo("jobs:write");
        reader.get("/api/v1/backends").refused(403, "SCOPE_MISSING");
        reader.get(KEYS).refused(403, "SCOPE_MISSING");
        HubClient writer = machine(made(", \"scopes\": [\"jobs:*\"]"));
        writer.submit(Samples.bell(1, 1, "")).expect(201);
        writer.get(WALLET).refused(403, "SCOPE_MISSING");
        // no key makes itself more powerful
        HubClient clerk = machine(made(", \"scopes\": [\"api-keys:*\", \"*:read\", \"jobs:write\"]"));
        clerk.get(KEYS).expect(200);
        clerk.post(KEYS, "{\"name\": \"all\"}").refused(403, "SCOPE_MISSING");
        machine(made("")).post(KEYS, "{\"name\": \"all\"}").expect(201);
    }

    @Test
    void what_is_no_scope_or_limit_is_refused_by_name() {
        for (String wrong : new String[] {
            "\"scopes\": [\"jobs\"]", "\"scopes\": [\"jobs:read\", \"\"]", "\"scopes\": []", "\"scopes\": [null]",
        }) {
            assertThat(ada.client()
                            .post(KEYS, "{\"name\": \"k\", " + wrong + "}")
                            .refused(400, "INVALID_FIELD")
                            .text("field"))
                    .startsWith("scopes");
        }
        for (String wrong : new String[] {"10", "0/m", "10/minute", "1e9/m"}) {
            assertThat(ada.client()
                            .post(KEYS, "{\"name\": \"k\", \"rateLimit\": \"" + wrong + "\"}")
                            .refused(400, "INVALID_FIELD")
                            .text("field"))
                    .isEqualTo("rateLimit");
        }
    }

    @Test
    void a_limited_key_is_told_how_it_stands_and_when_to_come_again() {
        HubClient machine = machine(made(", \"rateLimit\": \"5/h\""));
        for (int left = 4; left >= 0; left--) {
            Answer answer = machine.get(WALLET).expect(200);
            assertThat(answer.header("RateLimit-Limit")).isEqualTo("5");
            assertThat(answer.header("RateLimit-Remaining")).isEqualTo(String.valueOf(left));
        }
        Answer refused = machine.get(WALLET).refused(429, "TOO_MANY_REQUESTS");
        assertThat(refused.header("RateLimit-Remaining")).isEqualTo("0");
        assertThat(Long.parseLong(refused.header("Retry-After"))).isBetween(1L, 720L);
        assertThat(Long.parseLong(refused.header("RateLimit-Reset"))).isBetween(1L, 3600L);
        // another key of the same person is another machine
        machine(made("")).get(WALLET).expect(200);
    }

    @Test
    void of_forty_requests_at_once_a_limited_key_gets_ten() {
        String key = made(", \"rateLimit\": \"10/d\"").text("key");
        assertThat(letIn(key, 40)).isEqualTo(10);
    }

    private static long letIn(String key, int requests) {
        HubClient machine = ANYBODY.with("X-API-Key", key);
        List<CompletableFuture<Answer>> asked = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            asked.add(machine.postSoon("/api/v1/auth/verify", ""));
        }
        return asked.stream()
                .map(CompletableFuture::join)
                .filter(answer -> answer.status() == 204)
                .count();
    }

    @Test
    void a_key_is_renamed_restricted_and_set_free_again() {
        Answer made = made("");
        String path = KEYS + "/" + made.text("id");
        Answer changed = ada.client()
                .put(path, "{\"name\": \"reader\", \"scopes\": [\"jobs:read\"], \"rateLimit\": \"100/m\"}")
                .expect(200);
        assertThat(changed.text("name")).isEqualTo("reader");
        assertThat(changed.text("rateLimit")).isEqualTo("100/m");
        assertThat(changed.body()).doesNotContain(made.text("key"));
        machine(made).get(WALLET).refused(403, "SCOPE_MISSING");
        ada.client().put(path, "{\"name\": \"free\"}").expect(200);
        machine(made).get(WALLET).expect(200);
        ANYBODY.register().client().put(path, "{\"name\": \"stolen\"}").refused(404, "NOT_FOUND");
        ada.client().put(path, "{\"name\": \"x\", \"teamId\": \"y\"}").refused(400, "UNKNOWN_FIELD");
        ada.client().delete(path).expect(204);
        ada.client().put(path, "{\"name\": \"again\"}").refused(409, "KEY_ENDED");
    }

    @Test
    void use_is_counted_by_day() {
        Answer made = made("");
        HubClient machine = machine(made);
        for (int i = 0; i < 7; i++) {
            machine.get(WALLET).expect(200);
        }
        machine.get("/api/v1/jobs").expect(200);
        String path = KEYS + "/" + made.text("id");
        JsonArray days = Await.until(
                "the use is written",
                () -> ada.client().get(path + "/usage").expect(200).json().getJsonArray("items"),
                items -> !items.isEmpty());
        assertThat(days).hasSize(1);
        assertThat(days.getJsonObject(0).getInt("requestCount")).isEqualTo(8);
        assertThat(ada.client().get(path).expect(200).text("lastUsedAt")).isNotEmpty();
        assertThat(sql.value(
                        "select request_count from api_key_usage where api_key_id = ? and endpoint = 'GET /wallet'",
                        made.id()))
                .isEqualTo("7");
        ada.client().get(path + "/usage?from=2026-01-01&to=2025-01-01").refused(400, "INVALID_PARAMETER");
        ada.client().get(path + "/usage?from=yesterday").refused(400, "INVALID_PARAMETER");
        ANYBODY.register().client().get(path + "/usage").refused(404, "NOT_FOUND");
    }

    @Test
    void of_sixty_requests_at_once_the_quota_lets_in_exactly_what_is_left() {
        sql.run("update users set api_quota_monthly = 25, api_quota_used = 0 where id = ?", ada.id());
        HubClient token = ada.client();
        List<CompletableFuture<Answer>> asked = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            asked.add(token.getSoon(WALLET));
        }
        List<Integer> answers =
                asked.stream().map(CompletableFuture::join).map(Answer::status).toList();
        assertThat(answers).containsOnly(200, 429);
        assertThat(answers.stream().filter(status -> status == 200).count()).isEqualTo(25);
        Answer refused = token.get(WALLET).refused(429, "QUOTA_EXHAUSTED");
        assertThat(refused.header("RateLimit-Limit")).isEqualTo("25");
        assertThat(refused.header("RateLimit-Remaining")).isEqualTo("0");
        assertThat(Long.parseLong(refused.header("RateLimit-Reset"))).isBetween(1L, 31L * 86_400);
        assertThat(refused.header("Retry-After")).isEqualTo(refused.header("RateLimit-Reset"));
        assertThat(sql.value("select api_quota_used from users where id = ?", ada.id()))
                .isEqualTo("25");
        // coming in and going out is never refused
        token.get("/api/v1/auth/me").expect(200);
        sql.run("update users set quota_period = '2000-01-01' where id = ?", ada.id());
        Await.until("the next month", () -> token.get(WALLET), answer -> answer.status() == 200);
    }

    @Test
    void with_several_servers_a_limit_is_kept_in_the_database() {
        Answer made = made(", \"rateLimit\": \"3/h\"");
        sql.run("insert into servers (id, name) values (gen_random_uuid(), 'another')");
        try {
            Await.until(
                    "the other server is noticed",
                    () -> {
                        sql.run("update servers set heartbeat_at = now() where name = 'another'");
                        return isKeptInDatabase();
                    },
                    kept -> kept);
            HubClient machine = machine(made);
            for (int i = 0; i < 3; i++) {
                machine.get(WALLET).expect(200);
            }
            machine.get(WALLET).refused(429, "TOO_MANY_REQUESTS");
            assertThat(sql.count("select count(*) from rate_buckets where id = ?", made.text("id") + " 3/h"))
                    .isEqualTo(1);
        } finally {
            sql.run("delete from servers where name = 'another'");
            // a limit starts anew where it moves, which another test may not see in the middle of its count
            Await.until("this server is alone again", this::isKeptInDatabase, kept -> !kept);
        }
    }

    private boolean isKeptInDatabase() {
        Answer probe = made(", \"rateLimit\": \"1000/h\"");
        machine(probe).get(WALLET).expect(200);
        return sql.count("select count(*) from rate_buckets where id = ?", probe.text("id") + " 1000/h") == 1;
    }
}
