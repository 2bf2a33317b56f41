package org.quantumhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.quantumhub.system.HubClient.Person;

/// Teams entrust the hub with their credentials.
@Story
class SecretStory {

    private static final HubClient ANYBODY = RunningHub.hub().client();

    private final Sql sql = RunningHub.hub().sql();
    private final Person olga = ANYBODY.register();
    private final String path = "/api/v1/teams/" + olga.team() + "/secrets";

    private Answer put(String name, String value) {
        return olga.client().put(path + name, "{\"value\": \"" + value + "\"}");
    }

    @Test
    void a_secret_is_written_and_never_read_back() {
        Answer made = olga.client()
                .put(path + "/ionq/api-key", "{\"value\": \"first-word\", \"description\": \"of the lab\"}")
                .expect(201);
        assertThat(made.json().getString("validationStatus")).isEqualTo("UNKNOWN");
        assertThat(made.json().getInt("revision")).isEqualTo(1);
        JsonObject again = put("/ionq/api-key", "second-word").expect(200).json();
        assertThat(again.getInt("revision")).isEqualTo(2);
        assertThat(again.getString("description")).isEqualTo("of the lab");
        assertThat(again.getString("id")).isEqualTo(made.text("id"));
        put("/aws-braket/access.key_1", "third-word").expect(201);
        for (Answer answer : List.of(
                made,
                olga.client().get(path),
                olga.client().get(path + "/ionq/api-key"),
                olga.client().patch(path + "/ionq/api-key", "{\"active\": false}"),
                olga.client().post(path + "/ionq/api-key/validate", ""))) {
            assertThat(answer.body()).doesNotContain("-word").doesNotContain("\"value\"");
        }
        JsonObject off = olga.client().get(path + "/ionq/api-key").expect(200).json();
        assertThat(off.getBoolean("active")).isFalse();
        JsonObject page = olga.client().get(path + "?limit=1").expect(200).json();
        assertThat(page.getJsonArray("items")).hasSize(1);
        assertThat(olga.client()
                        .get(path + "?limit=1&after=" + page.getString("next"))
                        .expect(200)
                        .json()
                        .getJsonArray("items"))
                .hasSize(1);
        olga.client().delete(path + "/ionq/api-key").expect(204);
        olga.client().get(path + "/ionq/api-key").refused(404, "NOT_FOUND");
        olga.client().delete(path + "/ionq/api-key").refused(404, "NOT_FOUND");
    }

    @Test
    void what_cannot_be_a_secret_is_refused_without_being_repeated() {
        String long1 = "canary".repeat(2000);
        for (String body : List.of(
                "{}",
                "{\"value\": \"\"}",
                "{\"value\": 12345678901}",
                "{\"value\": \"" + long1 + "\"}",
                "{\"value\": [\"canary\"]}")) {
            Answer answer = olga.client().put(path + "/ionq/k", body);
            answer.refused(400, "INVALID_FIELD");
            assertThat(answer.body()).doesNotContain("canary").doesNotContain("12345678901");
        }
        for (String name : List.of("/IonQ/k", "/_hub/k", "/ionq/-k", "/" + "a".repeat(51) + "/k", "/ionq/a%20b")) {
            put(name, "x").refused(404, "NOT_FOUND");
        }
    }

    @Test
    void only_owners_and_admins_of_the_team_look_after_secrets() {
        put("/ionq/api-key", "word").expect(201);
        Person stranger = ANYBODY.register();
        Person plain = ANYBODY.register();
        sql.run("insert into team_members (team_id, user_id, role) values (?, ?, 'MEMBER')", olga.team(), plain.id());
        for (String tail : List.of("", "/ionq/api-key")) {
            stranger.client().get(path + tail).refused(404, "NOT_FOUND");
            plain.client().get(path + tail).refused(403, "FORBIDDEN");
        }
        plain.client().put(path + "/ionq/api-key", "{\"value\": \"mine\"}").refused(403, "FORBIDDEN");
        plain.client().delete(path + "/ionq/api-key").refused(403, "FORBIDDEN");
        plain.client().post("/api/v1/ops/secrets/keys/rotate-master", "").refused(403, "FORBIDDEN");
    }

    /// A word that is in no other place is nowhere to be found: not in an answer, not in a table, not in a file of the
    /// home, which holds the database with its write-ahead log, the logs and the traces.
    @Test
    void a_secret_is_found_nowhere_in_clear() {
        String canary = "canary-" + UUID.randomUUID();
        List<Answer> answers = new ArrayList<>();
        answers.add(put("/ionq/canary", canary).expect(201));
        answers.add(put("/ionq/canary", canary).expect(200));
        answers.add(olga.client().put(path + "/ionq/canary", "{\"value\": \"" + canary + "\", \"x\": 1}"));
        answers.add(olga.client().put(path + "/ionq/canary", "{\"value\": \"" + canary));
        answers.add(olga.client().get(path));
        answers.add(olga.client().post("/api/v1/auth/login", "{\"login\": \"x\", \"password\": \"" + canary + "\"}"));
        assertThat(answers).noneMatch(answer -> answer.body().contains(canary));
        sql.run("checkpoint");

        // the search itself finds what is there: the description lies in the table and in the log of the database
        String known = "known-" + UUID.randomUUID();
        olga.client()
                .patch(path + "/ionq/canary", "{\"description\": \"" + known + "\"}")
                .expect(200);
        sql.run("checkpoint");
        Path home = RunningHub.hub().home();
        assertThat(FileSearch.plain(home, known)).isNotEmpty();
        assertThat(FileSearch.anyForm(home, canary)).isEmpty();
    }

    @Test
    void keys_are_renewed_while_everything_goes_on() {
        Person admin = ANYBODY.register(sql, "ADMIN");
        put("/ionq/api-key", "word").expect(201);
        String keys = "/api/v1/ops/secrets/keys";
        String key = sql.value("select key_id from team_secrets where team_id = ?", olga.team());
        String sealed = sql.value("select encrypted_value from team_secrets where team_id = ?", olga.team());

        admin.client().post(keys + "/rotate-data", "").expect(200);
        admin.client().post(keys + "/rotate-data", "").expect(200);
        awaitRotated(admin.client(), keys);
        assertThat(sql.value("select key_id from team_secrets where team_id = ?", olga.team()))
                .isNotEqualTo(key);
        assertThat(sql.value("select encrypted_value from team_secrets where team_id = ?", olga.team()))
                .isNotEqualTo(sealed);
        assertThat(sql.count("select count(*) from team_data_keys where team_id = ?", olga.team()))
                .isEqualTo(1);

        JsonObject before = admin.client().get(keys).expect(200).json();
        admin.client().post(keys + "/rotate-master", "").expect(200);
        awaitRotated(admin.client(), keys);
        JsonObject after = admin.client().get(keys).expect(200).json();
        assertThat(after.getString("currentMasterKey")).isNotEqualTo(before.getString("currentMasterKey"));
        assertThat(after.getJsonArray("masterKeys")).hasSize(1);
        assertThat(after.getJsonArray("masterKeys").getJsonObject(0).getBoolean("current"))
                .isTrue();
        // the next secret of the team goes under the key that was wrapped anew
        put("/ionq/second", "word").expect(201);
    }

    private static void awaitRotated(HubClient admin, String keys) {
        Await.until(
                "the rotation",
                () -> admin.get(keys).expect(200).json().getJsonArray("rotations"),
                rotations ->
                        rotations.stream().allMatch(one -> one.asJsonObject().containsKey("finishedAt")));
    }
}
