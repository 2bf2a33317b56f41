package org.quantumhub.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quantumhub.system.HubClient.Person;

/// Accounts, looked after by their owners and by administrators.
@Story
class UsersStory {

    private static final HubClient ANYBODY = RunningHub.hub().client();
    private static final String USERS = "/api/v1/users/";

    private final Sql sql = RunningHub.hub().sql();
    private final Person ada = ANYBODY.register();

    /// Somebody who administers from the first request on.
    private Person administrator() {
        Person person = ANYBODY.register();
        sql.run("insert into user_roles (user_id, role) values (?, 'ADMIN')", person.id());
        Await.until(
                "the role is known",
                () -> person.client().get("/api/v1/users?limit=1"),
                answer -> answer.status() == 200);
        return person;
    }

    @AfterEach
    void nobody_administers() {
        sql.runPastTriggers("delete from user_roles where role = 'ADMIN'");
    }

    @Test
    void people_see_and_change_their_own_account_and_nobody_elses() {
        Person eve = ANYBODY.register();
        assertThat(ada.client().get(USERS + ada.id()).expect(200).text("email")).isEqualTo(ada.email());
        Answer changed = ada.client()
                .put(USERS + ada.id(), "{\"fullName\": \" Ada Lovelace \", \"roles\": [\"CONSUMER\", \"developer\"]}")
                .expect(200);
        assertThat(changed.text("fullName")).isEqualTo("Ada Lovelace");
        assertThat(changed.json().getJsonArray("roles").toString()).isEqualTo("[\"CONSUMER\",\"DEVELOPER\"]");
        eve.client().get(USERS + ada.id()).refused(404, "NOT_FOUND");
        eve.client().put(USERS + ada.id(), "{\"fullName\": \"Eve\"}").refused(404, "NOT_FOUND");
        eve.client().delete(USERS + ada.id()).refused(404, "NOT_FOUND");
        eve.client().get(USERS + ada.id() + "/profile").refused(404, "NOT_FOUND");
        eve.client().get(USERS + UUID.randomUUID()).refused(404, "NOT_FOUND");
        eve.client().get("/api/v1/users").refused(403, "FORBIDDEN");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"roles\": [\"CONSUMER\", \"ADMIN\"]",
                "\"roles\": [\"OPERATOR\"]",
                "\"apiQuotaMonthly\": 1000000",
                "\"active\": true"
            })
    void nobody_promotes_oneself(String more) {
        ada.client().put(USERS + ada.id(), "{" + more + "}").refused(403, "FORBIDDEN");
        JsonObject me = ada.client().get(USERS + ada.id()).expect(200).json();
        assertThat(me.getJsonArray("roles").toString()).isEqualTo("[\"CONSUMER\"]");
        assertThat(me.getInt("apiQuotaMonthly")).isEqualTo(10_000);
    }

    @Test
    void what_is_wrong_is_refused_by_name() {
        String path = USERS + ada.id();
        ada.client().put(path, "{\"roles\": []}").refused(400, "INVALID_FIELD");
        ada.client().put(path, "{\"roles\": [\"KING\"]}").refused(400, "INVALID_FIELD");
        ada.client().put(path, "{\"email\": \"no address\"}").refused(400, "INVALID_FIELD");
        ada.client().put(path, "{\"id\": \"" + UUID.randomUUID() + "\"}").refused(400, "UNKNOWN_FIELD");
        ada.client().put(path, "{\"passwordHash\": \"x\"}").refused(400, "UNKNOWN_FIELD");
    }

    @Test
    void a_new_address_takes_the_password_and_counts_once_it_is_verified() {
        String fresh = "new-" + ada.email();
        String path = USERS + ada.id();
        ada.client().put(path, "{\"email\": \"" + fresh + "\"}").refused(401, "WRONG_CREDENTIALS");
        Answer asked = ada.client()
                .put(path, "{\"email\": \"" + fresh + "\", \"password\": \"" + ada.password() + "\"}")
                .expect(200);
        assertThat(asked.text("email")).isEqualTo(ada.email());
        assertThat(asked.text("pendingEmail")).isEqualTo(fresh);
        ANYBODY.login(fresh, ada.password()).refused(401, "WRONG_CREDENTIALS");
        ANYBODY.get(Postbox.link(Postbox.await(fresh, "Confirm", 1))).expect(200);
        ANYBODY.login(fresh, ada.password()).expect(200);
        ANYBODY.login(ada.email(), ada.password()).refused(401, "WRONG_CREDENTIALS");
        assertThat(Postbox.await(ada.email(), "was changed", 1)).contains("e-mail address");
        Person eve = ANYBODY.register();
        eve.client()
                .put(USERS + eve.id(), "{\"email\": \"" + fresh + "\", \"password\": \"" + eve.password() + "\"}")
                .refused(409, "EMAIL_TAKEN");
    }

    @Test
    void an_administrator_finds_people_and_gives_roles_and_quotas() {
        Person root = administrator();
        JsonArray found = root.client()
                .get("/api/v1/users?q=" + ada.username())
                .expect(200)
                .json()
                .getJsonArray("items");
        assertThat(found).hasSize(1);
        assertThat(root.client().get("/api/v1/users?q=%25").expect(200).json().getJsonArray("items"))
                .isEmpty();
        Answer changed = root.client()
                .put(USERS + ada.id(), "{\"roles\": [\"CONSUMER\", \"OPERATOR\"], \"apiQuotaMonthly\": 77}")
                .expect(200);
        assertThat(changed.json().getInt("apiQuotaMonthly")).isEqualTo(77);
        assertThat(root.client()
                        .get("/api/v1/users?role=operator&q=" + ada.username())
                        .expect(200)
                        .json()
                        .getJsonArray("items"))
                .hasSize(1);
        assertThat(root.client()
                        .get("/api/v1/users?active=false&q=" + ada.username())
                        .expect(200)
                        .json()
                        .getJsonArray("items"))
                .isEmpty();
        String next = root.client().get("/api/v1/users?limit=1").expect(200).text("next");
        assertThat(next).isNotEmpty();
        root.client().get("/api/v1/users?limit=1&after=" + next).expect(200);
        // an administrator of accounts sees no more of teams than before
        root.client()
                .with("X-Team-Id", ada.team().toString())
                .get("/api/v1/wallet")
                .refused(403, "NOT_A_MEMBER");
    }

    @Test
    void a_closed_account_opens_nothing_until_it_is_opened_again() {
        Person root = administrator();
        HubClient machine = ada.withKey();
        machine.get("/api/v1/wallet").expect(200);
        root.client().put(USERS + ada.id(), "{\"active\": false}").expect(200);
        ada.client().get("/api/v1/auth/me").refused(401, "UNAUTHENTICATED");
        ANYBODY.login(ada.email(), ada.password()).refused(401, "WRONG_CREDENTIALS");
        Await.until("the key is refused", () -> machine.get("/api/v1/wallet"), answer -> answer.status() != 200)
                .refused(401, "UNAUTHENTICATED");
        root.client().put(USERS + ada.id(), "{\"active\": true}").expect(200);
        ANYBODY.login(ada.email(), ada.password()).expect(200);
    }

    @Test
    void everybody_sees_how_the_own_quota_stands() {
        for (int i = 0; i < 3; i++) {
            ada.client().get("/api/v1/wallet").expect(200);
        }
        JsonObject quota =
                ada.client().get(USERS + ada.id() + "/quota").expect(200).json();
        assertThat(quota.getInt("monthly")).isEqualTo(10_000);
        // this question is the fourth request
        assertThat(quota.getInt("used")).isEqualTo(4);
        assertThat(quota.getInt("remaining")).isEqualTo(9_996);
        assertThat(quota.getString("resetsAt")).endsWith("-01T00:00:00Z");
        ANYBODY.register().client().get(USERS + ada.id() + "/quota").refused(404, "NOT_FOUND");
    }

    @Test
    void the_last_administrator_stays() {
        sql.runPastTriggers("delete from user_roles where role = 'ADMIN'");
        Person root = administrator();
        root.client().put(USERS + root.id(), "{\"roles\": [\"CONSUMER\"]}").refused(409, "LAST_ADMINISTRATOR");
        root.client().put(USERS + root.id(), "{\"active\": false}").refused(409, "LAST_ADMINISTRATOR");
        root.client().delete(USERS + root.id()).refused(409, "LAST_ADMINISTRATOR");
        root.client().put(USERS + ada.id(), "{\"roles\": [\"ADMIN\"]}").expect(200);
        root.client().put(USERS + root.id(), "{\"roles\": [\"CONSUMER\"]}").expect(200);
    }

    @Test
    void a_deleted_account_keeps_its_money_records_and_nothing_that_tells_whose_it_was() {
        ada.client().submit(Samples.bell(1, 10, ", \"runMode\": \"BLOCKING\"")).expect(201);
        ada.client()
                .put(USERS + ada.id() + "/profile", "{\"bio\": \"I count\", \"contactInfo\": {\"phone\": \"+44 1\"}}")
                .expect(200);
        HubClient machine = ada.withKey();
        long money = sql.count("select count(*) from ledger_transfers where team_id = ?", ada.team());
        assertThat(money).isPositive();
        machine.delete(USERS + ada.id()).refused(403, "SESSION_NEEDED");
        ada.client().delete(USERS + ada.id()).expect(204);

        ada.client().get("/api/v1/auth/me").refused(401, "UNAUTHENTICATED");
        ANYBODY.login(ada.email(), ada.password()).refused(401, "WRONG_CREDENTIALS");
        machine.get("/api/v1/wallet").refused(401, "UNAUTHENTICATED");
        assertThat(sql.count("select count(*) from ledger_transfers where team_id = ?", ada.team()))
                .isEqualTo(money);
        StringBuilder dump = new StringBuilder();
        for (String table :
                new String[] {"users", "user_profiles", "user_sessions", "one_time_tokens", "user_identities", "teams"
                }) {
            dump.append(sql.rows("select t::text from " + table + " t"));
        }
        assertThat(dump).doesNotContain(ada.username());
        // the address is free again
        ANYBODY.post(
                        "/api/v1/auth/register",
                        "{\"username\": \"" + ada.username() + "\", \"email\": \"" + ada.email()
                                + "\", \"password\": \"a new beginning\"}")
                .expect(201);
    }

    private UUID team(Person owner, String name) {
        return owner.client()
                .post("/api/v1/teams", "{\"name\": \"" + name + "\"}")
                .expect(201)
                .id();
    }

    private void join(UUID team, Person person, String role) {
        sql.run("insert into team_members (team_id, user_id, role) values (?, ?, ?)", team, person.id(), role);
    }

    private String role(UUID team, Person person) {
        return sql.value("select role from team_members where team_id = ? and user_id = ?", team, person.id());
    }

    @Test
    void the_only_owner_of_a_team_of_several_hands_over_before_going() {
        Person bob = ANYBODY.register();
        UUID lab = team(ada, "The lab");
        UUID office = team(ada, "The office");
        team(ada, "Alone");
        join(lab, bob, "MEMBER");
        join(office, bob, "ADMIN");
        for (Answer answer : new Answer[] {
            ada.client().delete(USERS + ada.id()), administrator().client().delete(USERS + ada.id())
        }) {
            answer.refused(409, "LAST_OWNER");
            assertThat(answer.json().getJsonArray("teams").getValuesAs(JsonObject.class).stream()
                            .map(one -> one.getString("name") + " " + one.getString("id")))
                    .containsExactlyInAnyOrder("The lab " + lab, "The office " + office);
        }
        ada.client().get("/api/v1/auth/me").expect(200);

        // nor does the database let it happen, whatever stands in front of it
        assertThatThrownBy(
                        () -> sql.run("update users set is_active = false, deleted_at = now() where id = ?", ada.id()))
                .hasStackTraceContaining("would be without an owner");

        ada.client()
                .patch("/api/v1/teams/" + lab + "/members/" + bob.id(), "{\"role\": \"OWNER\"}")
                .expect(200);
        ada.client().delete("/api/v1/teams/" + office + "/members/" + bob.id()).expect(204);
        ada.client().delete(USERS + ada.id()).expect(204);
        assertThat(bob.client().get("/api/v1/teams/" + lab).expect(200).text("role"))
                .isEqualTo("OWNER");
        // of two owners one has gone: the other one is the last
        Person carl = ANYBODY.register();
        join(lab, carl, "MEMBER");
        bob.client().delete("/api/v1/teams/" + lab + "/members/" + bob.id()).refused(409, "LAST_OWNER");
        bob.client()
                .patch("/api/v1/teams/" + lab + "/members/" + bob.id(), "{\"role\": \"ADMIN\"}")
                .refused(409, "LAST_OWNER");
    }

    @Test
    void an_account_that_is_closed_hands_its_teams_over_to_who_is_there_longest() {
        Person root = administrator();
        Person early = ANYBODY.register();
        Person admin = ANYBODY.register();
        Person late = ANYBODY.register();
        UUID lab = team(ada, "The lab");
        join(lab, early, "MEMBER");
        join(lab, admin, "ADMIN");
        join(lab, late, "ADMIN");
        UUID club = team(ada, "The club");
        join(club, early, "MEMBER");
        join(club, late, "MEMBER");
        root.client().put(USERS + ada.id(), "{\"active\": false}").expect(200);
        assertThat(role(lab, admin)).isEqualTo("OWNER");
        assertThat(role(lab, late)).isEqualTo("ADMIN");
        assertThat(role(club, early)).isEqualTo("OWNER");
        assertThat(role(club, late)).isEqualTo("MEMBER");
        assertThat(sql.count(
                        "select count(*) from audit_log where entity = 'team_members' and actor = ? and team_id in (?, ?)",
                        root.id(),
                        lab,
                        club))
                .isEqualTo(2);
        // a closed owner is no owner whom one could leave the others to
        admin.client().delete("/api/v1/teams/" + lab + "/members/" + admin.id()).refused(409, "LAST_OWNER");
        assertThatThrownBy(() -> sql.run(
                        "update team_members set role = 'ADMIN' where team_id = ? and user_id = ?", lab, admin.id()))
                .hasStackTraceContaining("would be without an owner");
        // and then the account can go for good, with the name of its own team
        root.client().delete(USERS + ada.id()).expect(204);
        assertThat(sql.rows("select name, slug from teams where id = ?", ada.team())
                        .toString())
                .doesNotContain(ada.username());
    }

    @Test
    void a_profile_is_what_its_owner_tells() {
        String path = USERS + ada.id() + "/profile";
        assertThat(ada.client().get(path).expect(200).text("bio")).isEmpty();
        Answer told = ada.client()
                .put(
                        path,
                        "{\"organization\": \"Analytical Engines\", \"bio\": \"I count\", \"avatarUrl\": \"https://example.org/a.png\","
                                + " \"contactInfo\": {\"phone\": \"+44 1\"}, \"socialLinks\": {\"home\": \"https://example.org\"}}")
                .expect(200);
        assertThat(told.json().getJsonObject("contactInfo").getString("phone")).isEqualTo("+44 1");
        assertThat(ada.client().get(path).expect(200).text("organization")).isEqualTo("Analytical Engines");
        for (String wrong : new String[] {
            "{\"avatarUrl\": \"http://example.org/a.png\"}",
            "{\"avatarUrl\": \"javascript:alert(1)\"}",
            "{\"socialLinks\": {\"home\": \"javascript:alert(1)\"}}",
            "{\"contactInfo\": {\"deep\": {\"er\": 1}}}",
            "{\"contactInfo\": [1]}",
            "{\"bio\": \"" + "x".repeat(4001) + "\"}"
        }) {
            ada.client().put(path, wrong).refused(400, "INVALID_FIELD");
        }
        ada.client().put(path, "{}").expect(200);
        assertThat(ada.client().get(path).expect(200).text("organization")).isEmpty();
    }

    @Test
    void a_team_that_asks_for_a_second_factor_takes_nobody_without_one() {
        String policy = "/api/v1/teams/" + ada.team() + "/sign-in-policy";
        ada.client().put(policy, "{\"mfaRequired\": true}").refused(409, "NO_FACTOR");
        sql.run("update teams set mfa_required = true where id = ?", ada.team());
        Await.until("the policy is known", () -> ada.client().get("/api/v1/wallet"), answer -> answer.status() != 200)
                .refused(403, "TEAM_REQUIRES_SECOND_FACTOR");
        ada.client().get("/api/v1/auth/me").expect(200);
        ada.client()
                .post("/api/v1/auth/mfa", "{\"password\": \"" + ada.password() + "\"}")
                .expect(200);
        ANYBODY.register().client().put(policy, "{\"mfaRequired\": false}").refused(404, "NOT_FOUND");
        sql.run("update users set mfa_enabled = true where id = ?", ada.id());
        Await.until("the factor is known", () -> ada.client().get("/api/v1/wallet"), answer -> answer.status() == 200);
        ada.client().put(policy, "{\"mfaRequired\": false}").expect(200);
    }
}
