package org.quantumhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.quantumhub.shared.Ids;
import org.quantumhub.system.HubProcess.Plan;

/// A hub that lets nobody register without an invitation.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InviteOnlyTest {

    private static final String PASSWORD = "correct horse battery";

    private final TestDatabase database = TestDatabase.start(Project.workplace("invited-database"));
    private final Sql sql = database.sql();
    private final HubProcess hub = HubProcess.begin(new Plan(
            "invited",
            Project.folder(),
            database,
            Map.of("HUB_TEAM_INVITE_ONLY", "true", "HUB_ADMIN_PASSWORD", PASSWORD)));

    @AfterAll
    void end() {
        try (database) {
            hub.close();
        }
    }

    private Answer register(String name, String invitation) {
        JsonObjectBuilder body = Json.createObjectBuilder()
                .add("username", name)
                .add("email", name + "@example.org")
                .add("password", PASSWORD);
        if (!invitation.isEmpty()) {
            body.add("invitationCode", invitation);
        }
        return hub.client().post("/api/v1/auth/register", body.build().toString());
    }

    @Test
    void nobody_comes_in_uninvited_and_exactly_as_many_as_invited() throws Exception {
        JsonObject token = hub.awaitReady()
                .client()
                .login("admin@localhost", PASSWORD)
                .expect(200)
                .json();
        HubClient admin = hub.client().bearer(token.getString("accessToken"));

        register("uninvited", "").refused(403, "INVITATION_REQUIRED");
        register("guessing", "QH-0000-0000-0000-0000").refused(403, "INVITATION_REQUIRED");
        register("guessing", "open sesame").refused(403, "INVITATION_REQUIRED");
        assertThat(sql.count("select count(*) from users where username in ('uninvited', 'guessing')"))
                .isZero();

        Answer made = admin.post("/api/v1/invitation-codes", "{\"maxUses\": 3, \"note\": \"spring\"}")
                .expect(201);
        String code = made.text("code");
        assertThat(code).matches("QH(-[0-9A-Z]{4}){4}");
        assertThat(sql.rows("select c::text from invitation_codes c").toString())
                .doesNotContain(code.substring(8));
        List<Future<Integer>> coming = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
            for (int i = 0; i < 12; i++) {
                String name = "guest" + i;
                coming.add(threads.submit(() ->
                        register(name, code.toLowerCase(java.util.Locale.ROOT)).status()));
            }
        }
        int let = 0;
        for (Future<Integer> one : coming) {
            let += one.get() == 201 ? 1 : 0;
        }
        assertThat(let).isEqualTo(3);
        assertThat(sql.count("select count(*) from users where username like 'guest%'"))
                .isEqualTo(3);
        JsonObject listed = admin.get("/api/v1/invitation-codes")
                .expect(200)
                .json()
                .getJsonArray("items")
                .getJsonObject(0);
        assertThat(listed.getInt("remainingUses")).isZero();
        assertThat(listed.toString()).doesNotContain(code);

        String second = admin.post("/api/v1/invitation-codes", "{\"maxUses\": 1}")
                .expect(201)
                .text("code");
        String id = admin.get("/api/v1/invitation-codes?limit=1")
                .json()
                .getJsonArray("items")
                .getJsonObject(0)
                .getString("id");
        admin.delete("/api/v1/invitation-codes/" + id).expect(204);
        register("late", second).refused(403, "INVITATION_REQUIRED");

        an_invitation_into_a_team_opens_the_door_for_its_address();
    }

    private void an_invitation_into_a_team_opens_the_door_for_its_address() throws Exception {
        String text = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256")
                        .digest(Ids.next().toString().getBytes(StandardCharsets.UTF_8)));
        sql.run(
                "insert into team_invitations (id, team_id, email, role, token_hash, invited_by, expires_at)"
                        + " select ?, default_team_id, 'invited@example.org', 'MEMBER', sha256(?::text::bytea), id,"
                        + " now() + interval '1 day' from users where username = 'admin'",
                Ids.next(),
                text);
        register("somebody", text).refused(403, "INVITATION_REQUIRED");
        register("invited", text).expect(201);
    }
}
