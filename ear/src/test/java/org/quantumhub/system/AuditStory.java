package org.quantumhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.quantumhub.system.HubClient.Person;

/// Whoever changes something leaves a trace.
@Story
class AuditStory {

    private static final HubClient ANYBODY = RunningHub.hub().client();

    private final Sql sql = RunningHub.hub().sql();
    private final Person olga = ANYBODY.register();
    private final Person auditor = ANYBODY.register(sql, "AUDITOR");
    private final UUID team = olga.client()
            .post("/api/v1/teams", "{\"name\": \"=1+1\"}")
            .expect(201)
            .id();
    private final String path = "/api/v1/teams/" + team;

    private static List<JsonObject> items(Answer answer) {
        return answer.expect(200).json().getJsonArray("items").getValuesAs(JsonObject.class);
    }

    @Test
    void a_change_is_found_with_who_did_it_from_where_and_in_which_request() {
        olga.client()
                .with("X-Request-Id", "rename-42")
                .patch(path, "{\"name\": \"Second\"}")
                .expect(200);
        JsonObject entry = items(olga.client().get(path + "/audit?entity=teams&action=update"))
                .getFirst();
        assertThat(entry.getString("actor")).isEqualTo(olga.id().toString());
        assertThat(entry.getString("address")).isEqualTo("127.0.0.1");
        assertThat(entry.getString("requestId")).isEqualTo("rename-42");
        assertThat(entry.getString("via")).isEqualTo("hub_app");
        assertThat(entry.getJsonObject("before").getString("name")).isEqualTo("=1+1");
        assertThat(entry.getJsonObject("after").getString("name")).isEqualTo("Second");
        assertThat(items(auditor.client().get("/api/v1/audit?actor=" + olga.id() + "&entity=teams&team=" + team)))
                .hasSize(2);
    }

    @Test
    void only_auditors_see_all_and_only_admins_that_of_the_team() {
        Person stranger = ANYBODY.register();
        Person plain = ANYBODY.register();
        sql.run("insert into team_members (team_id, user_id, role) values (?, ?, 'MEMBER')", team, plain.id());
        for (String tail : List.of("", "/export")) {
            stranger.client().get(path + "/audit" + tail).refused(404, "NOT_FOUND");
            plain.client().get(path + "/audit" + tail).refused(403, "FORBIDDEN");
            auditor.client().get(path + "/audit" + tail).refused(404, "NOT_FOUND");
            olga.client().get("/api/v1/audit" + tail).refused(403, "FORBIDDEN");
        }
        olga.client().get("/api/v1/audit/verification").refused(403, "FORBIDDEN");
        assertThat(items(auditor.client().get("/api/v1/audit?entityId=" + team)))
                .isNotEmpty();
    }

    @Test
    void the_record_is_read_page_by_page_and_by_time() {
        for (int i = 0; i < 5; i++) {
            olga.client().patch(path, "{\"name\": \"n" + i + "\"}").expect(200);
        }
        JsonObject first =
                olga.client().get(path + "/audit?limit=3").expect(200).json();
        JsonObject second = olga.client()
                .get(path + "/audit?limit=3&after=" + first.getString("next"))
                .expect(200)
                .json();
        long last =
                first.getJsonArray("items").getJsonObject(2).getJsonNumber("id").longValue();
        assertThat(second.getJsonArray("items")
                        .getJsonObject(0)
                        .getJsonNumber("id")
                        .longValue())
                .isLessThan(last);
        assertThat(items(olga.client().get(path + "/audit?from=2999-01-01T00:00:00Z")))
                .isEmpty();
        olga.client().get(path + "/audit?from=yesterday").refused(400, "INVALID_PARAMETER");
        olga.client().get(path + "/audit?action=BURN").refused(400, "INVALID_PARAMETER");
        olga.client().get(path + "/audit?after=x").refused(400, "INVALID_PARAMETER");
    }

    @Test
    void the_export_is_a_table_without_formulas() {
        Answer csv = olga.client().get(path + "/audit/export").expect(200);
        assertThat(csv.header("Content-Type")).startsWith("text/csv");
        assertThat(csv.header("Content-Disposition")).contains("attachment");
        List<String> lines = csv.body().lines().toList();
        assertThat(lines.getFirst()).startsWith("id,occurredAt,teamId,actor");
        assertThat(lines.size() - 1)
                .isEqualTo(items(olga.client().get(path + "/audit")).size());
        assertThat(lines.subList(1, lines.size())).allMatch(line -> line.contains(team.toString()));
        assertThat(auditor.client()
                        .get("/api/v1/audit/export?limit=2&entity=teams")
                        .expect(200)
                        .body()
                        .lines())
                .hasSize(3);
    }

    @Test
    void the_chain_is_made_behind_the_writers_and_is_intact() {
        long newest = sql.count("select max(id) from audit_log");
        JsonObject verification = Await.until(
                "the sealing",
                () -> auditor.client()
                        .get("/api/v1/audit/verification")
                        .expect(200)
                        .json(),
                found -> sql.count("select coalesce(max(last_id), 0) from audit_seals") >= newest);
        assertThat(verification.getBoolean("intact")).isTrue();
        assertThat(verification.getJsonArray("faults")).isEmpty();
        assertThat(verification.getString("head")).matches("[0-9a-f]{64}");
    }

    @Test
    void the_use_of_the_door_by_others_leaves_no_trace_of_secrets() {
        String canary = "canary-" + UUID.randomUUID();
        olga.client()
                .put("/api/v1/teams/" + team + "/secrets/ionq/key", "{\"value\": \"" + canary + "\"}")
                .expect(201);
        String entries = olga.client().get(path + "/audit?entity=team_secrets").body();
        assertThat(entries).contains("\"encrypted_value\":\"***\"").doesNotContain(canary);
    }
}
