package org.quantumhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.quantumhub.shared.Ids;
import org.quantumhub.system.HubClient.Person;

/// People make teams, ask others in, and look after who may do what.
@Story
class TeamStory {

    private static final HubClient ANYBODY = RunningHub.hub().client();

    private final Sql sql = RunningHub.hub().sql();
    private final Person olga = ANYBODY.register();
    private final UUID team = olga.client()
            .post("/api/v1/teams", "{\"name\": \"Étude & Söhne\"}")
            .expect(201)
            .id();
    private final String path = "/api/v1/teams/" + team;

    /// Somebody in the team, by a real invitation.
    private Person member(String role) {
        Person person = ANYBODY.register();
        accept(person, invitation(person.email(), role, "7 days")).expect(200);
        return person;
    }

    /// An invitation whose token is known: those that the hub sends are known to the mail alone.
    private String invitation(String email, String role, String life) {
        String token = sha256(Ids.next().toString());
        sql.run(
                "insert into team_invitations (id, team_id, email, role, token_hash, invited_by, expires_at)"
                        + " values (?, ?, ?, ?, decode(?, 'hex'), ?, now() + ?::interval)",
                Ids.next(),
                team,
                email,
                role,
                sha256(token),
                olga.id(),
                life);
        return token;
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return java.util.HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Answer accept(Person person, String token) {
        return person.client().post("/api/v1/invitations/" + token + "/accept", "");
    }

    private Answer invite(HubClient client, String email, String role) {
        return client.post(path + "/invitations", "{\"email\": \"" + email + "\", \"role\": \"" + role + "\"}");
    }

    private Answer change(HubClient client, Person member, String json) {
        return client.patch(path + "/members/" + member.id(), json);
    }

    @Test
    void a_team_is_made_renamed_and_chosen() {
        JsonObject made = olga.client().get(path).expect(200).json();
        assertThat(made.getString("name")).isEqualTo("Étude & Söhne");
        assertThat(made.getString("slug")).startsWith("etude-sohne-");
        assertThat(made.getString("role")).isEqualTo("OWNER");
        assertThat(made.getBoolean("personal")).isFalse();
        JsonObject renamed = olga.client()
                .patch(path, "{\"name\": \" Die Söhne \", \"billingAddress\": \"Am Weg 1\"}")
                .expect(200)
                .json();
        assertThat(renamed.getString("name")).isEqualTo("Die Söhne");
        assertThat(renamed.getString("billingAddress")).isEqualTo("Am Weg 1");
        assertThat(renamed.getString("slug")).isEqualTo(made.getString("slug"));
        olga.client().patch(path, "{\"name\": \"  \"}").refused(400, "INVALID_FIELD");
        olga.client().patch(path, "{\"slug\": \"mine\"}").refused(400, "UNKNOWN_FIELD");

        assertThat(wallet(olga.client())).isEqualTo("100.00000000");
        olga.client().put(path + "/default", "").expect(204);
        // a team beside the first comes without a gift, else everybody would print money
        assertThat(wallet(olga.client())).isEqualTo("0.00000000");
        List<String> mine = olga.client().get("/api/v1/teams").expect(200).json().getJsonArray("items").stream()
                .map(item -> item.asJsonObject().getString("id"))
                .toList();
        assertThat(mine).containsExactly(olga.team().toString(), team.toString());
        JsonObject first =
                olga.client().get("/api/v1/teams?limit=1").expect(200).json();
        assertThat(first.getJsonArray("items")).hasSize(1);
        JsonObject second = olga.client()
                .get("/api/v1/teams?limit=1&after=" + first.getString("next"))
                .expect(200)
                .json();
        assertThat(second.getJsonArray("items").getJsonObject(0).getString("id"))
                .isEqualTo(team.toString());
        assertThat(second.containsKey("next")).isFalse();
    }

    private static String wallet(HubClient client) {
        return client.get("/api/v1/wallet").expect(200).text("available");
    }

    @Test
    void nobody_owns_more_teams_than_one_may() {
        Person eager = ANYBODY.register();
        for (int i = 1; i < 20; i++) {
            eager.client().post("/api/v1/teams", "{\"name\": \"t\"}").expect(201);
        }
        eager.client().post("/api/v1/teams", "{\"name\": \"t\"}").refused(409, "LIMIT_REACHED");
    }

    @Test
    void an_invitation_lets_in_the_one_it_was_sent_to_once() {
        Person guest = ANYBODY.register();
        Person thief = ANYBODY.register();
        String token = invitation(guest.email(), "ADMIN", "7 days");
        accept(thief, token).refused(403, "INVITATION_FOR_ANOTHER");
        thief.client().get("/api/v1/invitations/" + token).refused(403, "INVITATION_FOR_ANOTHER");
        JsonObject shown =
                guest.client().get("/api/v1/invitations/" + token).expect(200).json();
        assertThat(shown.getString("teamName")).isEqualTo("Étude & Söhne");
        assertThat(shown.getString("status")).isEqualTo("PENDING");
        guest.client().get(path).refused(404, "NOT_FOUND");
        assertThat(accept(guest, token).expect(200).text("role")).isEqualTo("ADMIN");
        assertThat(guest.client().get(path).expect(200).text("role")).isEqualTo("ADMIN");
        accept(guest, token).refused(409, "INVITATION_CLOSED");
        accept(guest, sha256("nothing")).refused(404, "NOT_FOUND");
        accept(guest, "nothing").refused(404, "NOT_FOUND");
    }

    /// The token out of the newest invitation in somebody's mails, which are the only place where it is.
    private static String mailed(String email, int count) {
        String mail = Postbox.await(email, "asked to join", count);
        Matcher token =
                Pattern.compile("/api/v1/invitations/([0-9a-f]{64})/accept").matcher(mail);
        assertThat(token.find()).as(mail).isTrue();
        return token.group(1);
    }

    @Test
    void an_invitation_goes_by_mail_and_nothing_but_its_hash_stays_here() {
        Person guest = ANYBODY.register();
        Person thief = ANYBODY.register();
        Answer sent = invite(olga.client(), guest.email(), "MEMBER").expect(201);
        assertThat(sent.json().containsKey("token")).isFalse();
        String token = mailed(guest.email(), 1);
        assertThat(sent.body()).doesNotContain(token);
        assertThat(olga.client().get(path + "/invitations").expect(200).body()).doesNotContain(token);
        assertThat(sql.value(
                        "select encode(token_hash, 'hex') from team_invitations where team_id = ? and email = ?",
                        team,
                        guest.email()))
                .isEqualTo(sha256(token));
        assertNowhere(token);

        // whoever finds the mail is not whom it was sent to
        accept(thief, token).refused(403, "INVITATION_FOR_ANOTHER");
        ANYBODY.post("/api/v1/invitations/" + token + "/accept", "").refused(401, "UNAUTHENTICATED");
        assertThat(accept(guest, token).expect(200).text("role")).isEqualTo("MEMBER");
        accept(guest, token).refused(409, "INVITATION_CLOSED");
        accept(thief, token).refused(403, "INVITATION_FOR_ANOTHER");
        assertNowhere(token);
    }

    /// No table holds the token, in no column.
    private void assertNowhere(String token) {
        List<String> tables = sql
                .rows("select table_name from information_schema.columns where table_schema = 'hub' and table_name in"
                        + " ('team_invitations', 'mails', 'audit_log', 'feed_entries', 'notifications', 'one_time_tokens')"
                        + " group by table_name")
                .stream()
                .map(row -> String.valueOf(row.getFirst()))
                .toList();
        assertThat(tables).hasSize(6);
        String hex = java.util.HexFormat.of().formatHex(token.getBytes(StandardCharsets.UTF_8));
        for (String table : tables) {
            assertThat(sql.count(
                            "select count(*) from " + table + " t where t::text like ? or t::text like ?",
                            "%" + token + "%",
                            "%" + hex + "%"))
                    .as(table)
                    .isZero();
        }
    }

    @Test
    void a_mailed_invitation_that_is_over_taken_back_or_replaced_lets_nobody_in() {
        Person late = ANYBODY.register();
        invite(olga.client(), late.email(), "MEMBER").expect(201);
        String expired = mailed(late.email(), 1);
        assertThat(sql.value(
                        "select round(extract(epoch from expires_at - created_at) / 3600)::text from team_invitations"
                                + " where team_id = ? and email = ?",
                        team,
                        late.email()))
                .isEqualTo("168");
        sql.runPastTriggers(
                "update team_invitations set expires_at = now() - interval '1 second'"
                        + " where team_id = ? and email = ?",
                team,
                late.email());
        accept(late, expired).refused(409, "INVITATION_CLOSED");

        Person unwanted = ANYBODY.register();
        UUID first =
                invite(olga.client(), unwanted.email(), "MEMBER").expect(201).id();
        String revoked = mailed(unwanted.email(), 1);
        olga.client().delete(path + "/invitations/" + first).expect(204);
        accept(unwanted, revoked).refused(409, "INVITATION_CLOSED");

        invite(olga.client(), unwanted.email(), "ADMIN").expect(201);
        String replaced = mailed(unwanted.email(), 2);
        invite(olga.client(), unwanted.email(), "MEMBER").expect(201);
        String last = mailed(unwanted.email(), 3);
        accept(unwanted, replaced).refused(409, "INVITATION_CLOSED");
        assertThat(accept(unwanted, last).expect(200).text("role")).isEqualTo("MEMBER");
        late.client().get(path).refused(404, "NOT_FOUND");
    }

    @Test
    void an_invitation_that_is_over_or_taken_back_lets_nobody_in() {
        Person late = ANYBODY.register();
        accept(late, invitation(late.email(), "MEMBER", "-1 second")).refused(409, "INVITATION_CLOSED");
        Person unwanted = ANYBODY.register();
        String token = invitation(unwanted.email(), "MEMBER", "1 day");
        // asked again: the earlier token is worth nothing
        UUID second =
                invite(olga.client(), unwanted.email(), "ADMIN").expect(201).id();
        accept(unwanted, token).refused(409, "INVITATION_CLOSED");
        olga.client().delete(path + "/invitations/" + second).expect(204);
        olga.client().delete(path + "/invitations/" + second).expect(204);
        List<JsonObject> all = olga.client()
                .get(path + "/invitations")
                .expect(200)
                .json()
                .getJsonArray("items")
                .getValuesAs(JsonObject.class);
        assertThat(all.stream().map(item -> item.getString("status")))
                .containsExactlyInAnyOrder("REVOKED", "REVOKED", "EXPIRED");
        assertThat(all.toString()).doesNotContainIgnoringCase("token").doesNotContain(token);
    }

    @Test
    void ten_invitations_a_minute_go_out_and_no_more() {
        for (int i = 0; i < 10; i++) {
            invite(olga.client(), "guest-" + i + "@example.org", "MEMBER").expect(201);
        }
        Answer refused = invite(olga.client(), "guest-10@example.org", "MEMBER");
        refused.refused(429, "TOO_MANY_REQUESTS");
        assertThat(refused.header("Retry-After")).isEqualTo("60");
        assertThat(sql.rows("select i::text from team_invitations i where team_id = ?", team)
                        .toString())
                .contains("guest-9")
                .doesNotContain("guest-10");
        // the team's limit, whoever of it asks
        Person admin = ANYBODY.register();
        sql.run("insert into team_members (team_id, user_id, role) values (?, ?, 'ADMIN')", team, admin.id());
        invite(admin.client(), "guest-11@example.org", "MEMBER").refused(429, "TOO_MANY_REQUESTS");
        // and a minute later it goes on
        sql.runPastTriggers(
                "update team_invitations set created_at = created_at - interval '61 seconds'" + " where team_id = ?",
                team);
        invite(admin.client(), "guest-12@example.org", "MEMBER").expect(201);
    }

    @Test
    void invitations_are_checked() {
        invite(olga.client(), "no address", "MEMBER").refused(400, "INVALID_FIELD");
        invite(olga.client(), "a@example.org", "OWNER").refused(400, "INVALID_FIELD");
        invite(olga.client(), "a@example.org", "KING").refused(400, "INVALID_FIELD");
        invite(olga.client(), olga.email().toUpperCase(Locale.ROOT), "MEMBER").refused(409, "ALREADY_MEMBER");
    }

    @Test
    void roles_in_a_team_decide_what_one_may_do() {
        Person admin = member("ADMIN");
        Person plain = member("MEMBER");
        for (Answer answer : new Answer[] {
            plain.client().patch(path, "{\"name\": \"mine\"}"),
            invite(plain.client(), "a@example.org", "MEMBER"),
            plain.client().get(path + "/invitations"),
            change(plain.client(), plain, "{\"role\": \"ADMIN\"}"),
            plain.client().delete(path + "/members/" + admin.id()),
            change(admin.client(), olga, "{\"role\": \"MEMBER\"}"),
            change(admin.client(), admin, "{\"role\": \"OWNER\"}"),
            admin.client().delete(path + "/members/" + olga.id())
        }) {
            answer.refused(403, "FORBIDDEN");
        }
        change(admin.client(), plain, "{\"spendingLimit\": \"12.5\"}").expect(200);
        assertThat(plain.client().get(path + "/members/" + plain.id()).text("spendingLimit"))
                .isEqualTo("12.50000000");
        JsonObject free = change(olga.client(), plain, "{\"spendingLimit\": \"unlimited\"}")
                .expect(200)
                .json();
        assertThat(free.containsKey("spendingLimit")).isFalse();
        for (String amount : new String[] {"-1", "1e5", "NaN", "", "1.123456789", "99999999999"}) {
            change(olga.client(), plain, "{\"spendingLimit\": \"" + amount + "\"}")
                    .refused(400, "INVALID_FIELD");
        }
        change(olga.client(), plain, "{\"role\": \"ADMIN\"}").expect(200);
        assertThat(sql.rows(
                        "select before ->> 'role', after ->> 'role' from audit_log where entity = 'team_members'"
                                + " and team_id = ? and actor = ? and action = 'UPDATE' and jsonb_exists(after, 'role') order by id",
                        team,
                        olga.id()))
                .containsExactly(List.of("MEMBER", "ADMIN"));
        assertThat(plain.client().get(path).text("role")).isEqualTo("ADMIN");
        List<String> names = olga.client().get(path + "/members").expect(200).json().getJsonArray("items").stream()
                .map(item -> item.asJsonObject().getString("username"))
                .toList();
        assertThat(names).containsExactlyInAnyOrder(olga.username(), admin.username(), plain.username());
    }

    @Test
    void a_team_always_has_an_owner() {
        Person heir = member("MEMBER");
        olga.client().delete(path + "/members/" + olga.id()).refused(409, "LAST_OWNER");
        change(olga.client(), olga, "{\"role\": \"ADMIN\"}").refused(409, "LAST_OWNER");
        change(olga.client(), heir, "{\"role\": \"OWNER\"}").expect(200);
        olga.client().delete(path + "/members/" + olga.id()).expect(204);
        olga.client().get(path).refused(404, "NOT_FOUND");
        heir.client().delete(path + "/members/" + heir.id()).refused(409, "LAST_OWNER");
    }

    @Test
    void who_is_out_is_out_with_everything() {
        Person plain = member("MEMBER");
        plain.client().put(path + "/default", "").expect(204);
        String key = plain.client()
                .with("X-Team-Id", team.toString())
                .post("/api/v1/api-keys", "{\"name\": \"k\"}")
                .expect(201)
                .text("key");
        HubClient machine = ANYBODY.with("X-API-Key", key);
        machine.get(path).expect(200);
        olga.client().delete(path + "/members/" + plain.id()).expect(204);
        plain.client().get(path).refused(404, "NOT_FOUND");
        Await.until(
                "the key of who has left opens nothing",
                () -> machine.get("/api/v1/wallet").status(),
                status -> status == 401);
        // and the person acts for the team that is left
        JsonObject me = plain.client().get("/api/v1/teams").expect(200).json();
        assertThat(me.getJsonArray("items").getJsonObject(0).getString("id"))
                .isEqualTo(plain.team().toString());
        plain.client().get("/api/v1/wallet").expect(200);
    }

    @Test
    void a_key_of_one_team_does_nothing_in_another() {
        HubClient machine = olga.withKey();
        machine.get("/api/v1/teams/" + olga.team()).expect(200);
        machine.get(path).refused(404, "NOT_FOUND");
    }

    @Test
    void a_team_of_others_looks_like_one_that_is_not_there() {
        Person stranger = ANYBODY.register();
        String nowhere = "/api/v1/teams/" + UUID.randomUUID();
        for (String tail : new String[] {"", "/members", "/members/" + olga.id(), "/invitations", "/device-access"}) {
            Answer foreign = stranger.client().get(path + tail).refused(404, "NOT_FOUND");
            Answer missing = stranger.client().get(nowhere + tail).refused(404, "NOT_FOUND");
            assertThat(foreign.text("detail")).isEqualTo(missing.text("detail"));
            stranger.client().get("/api/v1/teams/x" + tail).refused(404, "NOT_FOUND");
            ANYBODY.get(path + tail).refused(401, "UNAUTHENTICATED");
        }
    }

    @Test
    void a_suspended_team_reads_only_and_what_runs_is_brought_to_its_end() {
        Person operator = ANYBODY.register(sql, "OPERATOR");
        String ops = "/api/v1/ops/teams/" + olga.team();
        olga.client().post(ops + "/suspend", "{\"reason\": \"x\"}").refused(403, "FORBIDDEN");
        UUID job = olga.client().submit(Samples.bell(100, 3, "")).expect(201).id();
        operator.client()
                .post(ops + "/suspend", "{\"reason\": \"unpaid bill\"}")
                .expect(200);
        String own = "/api/v1/teams/" + olga.team();
        assertThat(olga.client().get(own).expect(200).text("suspendedReason")).isEqualTo("unpaid bill");
        for (Answer answer : new Answer[] {
            olga.client().submit(Samples.bell(1, 1, "")),
            olga.client().patch(own, "{\"name\": \"x\"}"),
            olga.client().put(own + "/device-access", "{\"listed\": false, \"backends\": []}"),
            olga.client().post(own + "/invitations", "{\"email\": \"a@example.org\", \"role\": \"MEMBER\"}"),
            olga.client().delete(own + "/members/" + olga.id())
        }) {
            answer.refused(403, "TEAM_SUSPENDED");
        }
        assertThat(olga.client().ended(job).text("status")).isEqualTo("COMPLETED");
        JsonObject listed = operator.client()
                .get("/api/v1/ops/teams?suspended=true&q=" + olga.username())
                .expect(200)
                .json();
        assertThat(listed.getJsonArray("items")).hasSize(1);
        operator.client().post(ops + "/resume", "").expect(200);
        olga.client().submit(Samples.bell(1, 1, "")).expect(201);
        // another of the person's teams was never touched
        olga.client().get(path).expect(200);
        operator.client()
                .post("/api/v1/ops/teams/" + UUID.randomUUID() + "/resume", "")
                .refused(404, "NOT_FOUND");
    }

    @Test
    void a_team_uses_only_the_backends_on_its_list() {
        String access = "/api/v1/teams/" + olga.team() + "/device-access";
        JsonObject open = olga.client().get(access).expect(200).json();
        assertThat(open.getBoolean("listed")).isFalse();
        olga.client()
                .put(access, "{\"listed\": true, \"backends\": [\"nothing-such\"]}")
                .refused(400, "INVALID_FIELD");
        olga.client().put(access, "{\"listed\": true, \"backends\": []}").expect(200);
        Answer refused = olga.client().submit(Samples.bell(1, 1, "")).refused(403, "BACKEND_NOT_ALLOWED");
        assertThat(refused.text("backend")).isEqualTo("hub-statevector");
        olga.client()
                .put(access, "{\"listed\": true, \"backends\": [\"hub-statevector\"]}")
                .expect(200);
        olga.client().submit(Samples.bell(1, 1, "")).expect(201);
        assertThat(olga.client()
                        .get(access)
                        .expect(200)
                        .json()
                        .getJsonArray("backends")
                        .getValuesAs(JsonString::getString))
                .containsExactly("hub-statevector");
    }
}
