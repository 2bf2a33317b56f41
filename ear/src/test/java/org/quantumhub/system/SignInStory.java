package org.quantumhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.quantumhub.system.HubClient.Person;

/// How people come in, go on, and go out.
@Story
class SignInStory {

    private static final HubClient ANYBODY = RunningHub.hub().client();
    private static final String ME = "/api/v1/auth/me";
    private static final String SESSIONS = "/api/v1/auth/sessions";

    private final Sql sql = RunningHub.hub().sql();

    private static HubClient signedIn(Answer login) {
        return ANYBODY.bearer(login.expect(200).text("accessToken"));
    }

    @Test
    void a_mail_brings_the_link_that_verifies_the_address_once() {
        Person ada = ANYBODY.register();
        assertThat(ada.client().get(ME).expect(200).json().getBoolean("emailVerified"))
                .isFalse();
        String link = Postbox.link(Postbox.await(ada.email(), "Confirm", 1));
        assertThat(link).startsWith("/api/v1/auth/verify/");
        Answer verified = ANYBODY.get(link).expect(200);
        assertThat(verified.id()).isEqualTo(ada.id());
        assertThat(verified.json().getBoolean("emailVerified")).isTrue();
        ANYBODY.get(link).refused(400, "INVALID_LINK");
        ANYBODY.get(link + "x").refused(400, "INVALID_LINK");
        assertThat(ada.client().get(ME).expect(200).json().getBoolean("emailVerified"))
                .isTrue();
    }

    @Test
    void a_browser_that_opens_the_link_gets_a_page_and_a_newer_link_replaces_the_older() {
        Person ada = ANYBODY.register();
        String first = Postbox.link(Postbox.await(ada.email(), "Confirm", 1));
        ada.client().send("POST", "/api/v1/auth/verify").expect(204);
        String second = Postbox.link(Postbox.await(ada.email(), "Confirm", 2));
        ANYBODY.get(first).refused(400, "INVALID_LINK");
        Answer page = ANYBODY.with("Accept", "text/html,application/xhtml+xml").get(second);
        assertThat(page.expect(200).header("Content-Type")).startsWith("text/html");
        assertThat(page.body()).contains("is confirmed");
        assertThat(page.header("Content-Security-Policy")).contains("default-src 'none'");
    }

    @Test
    void a_refresh_token_is_good_once_and_its_second_use_ends_the_session() {
        Person ada = ANYBODY.register();
        Answer login = ANYBODY.login(ada.email(), ada.password());
        String first = login.expect(200).text("refreshToken");
        assertThat(login.header("Cache-Control")).contains("no-store");
        Answer next = ANYBODY.refresh(first).expect(200);
        assertThat(next.text("refreshToken")).isNotEqualTo(first);
        assertThat(next.text("sessionId")).isEqualTo(login.text("sessionId"));
        HubClient client = signedIn(next);
        client.get(ME).expect(200);

        ANYBODY.refresh(first).refused(401, "SESSION_ENDED");
        client.get(ME).refused(401, "UNAUTHENTICATED");
        signedIn(login).get(ME).refused(401, "UNAUTHENTICATED");
        ANYBODY.refresh(next.text("refreshToken")).refused(401, "SESSION_ENDED");
        assertThat(sql.value(
                        "select end_reason from user_sessions where id = ?", UUID.fromString(login.text("sessionId"))))
                .isEqualTo("REUSED");
        ada.client().get(ME).expect(200); // another session of the same person goes on
        assertThat(Postbox.await(ada.email(), "was changed", 1)).contains("refresh token was used twice");
    }

    @Test
    void of_many_refreshes_at_the_same_moment_one_gets_through() {
        Person ada = ANYBODY.register();
        String token = ANYBODY.login(ada.email(), ada.password()).expect(200).text("refreshToken");
        String body =
                Json.createObjectBuilder().add("refreshToken", token).build().toString();
        List<CompletableFuture<Answer>> asked = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            asked.add(ANYBODY.postSoon("/api/v1/auth/refresh", body));
        }
        List<Integer> answers =
                asked.stream().map(CompletableFuture::join).map(Answer::status).toList();
        assertThat(answers).containsOnly(200, 401).containsOnlyOnce(200);
    }

    @Test
    void a_refresh_token_that_somebody_made_up_ends_nothing() {
        Person ada = ANYBODY.register();
        Answer login = ANYBODY.login(ada.email(), ada.password()).expect(200);
        String real = login.text("refreshToken");
        String forged = real.substring(0, real.length() - 4) + (real.endsWith("AAAA") ? "BBBB" : "AAAA");
        for (String wrong :
                new String[] {forged, "", "qr_", "qr_!!!", real.substring(3), real + real, "x".repeat(500)}) {
            ANYBODY.refresh(wrong).refused(401, "SESSION_ENDED");
        }
        ANYBODY.refresh(real).expect(200);
    }

    @Test
    void signing_out_ends_this_session_or_all_of_them() {
        Person ada = ANYBODY.register();
        Answer laptop = ANYBODY.login(ada.email(), ada.password()).expect(200);
        Answer phone = ANYBODY.login(ada.username(), ada.password()).expect(200);
        signedIn(laptop).send("POST", "/api/v1/auth/logout").expect(204);
        signedIn(laptop).get(ME).refused(401, "UNAUTHENTICATED");
        ANYBODY.refresh(laptop.text("refreshToken")).refused(401, "SESSION_ENDED");
        signedIn(phone).get(ME).expect(200);

        ada.client().send("POST", "/api/v1/auth/logout?all=true").expect(204);
        ada.client().get(ME).refused(401, "UNAUTHENTICATED");
        signedIn(phone).get(ME).refused(401, "UNAUTHENTICATED");
        ANYBODY.refresh(phone.text("refreshToken")).refused(401, "SESSION_ENDED");
    }

    @Test
    void sessions_are_listed_with_address_and_agent_and_revoked_by_their_owner_only() {
        Person ada = ANYBODY.register();
        Answer phone = ANYBODY.with("User-Agent", "a phone\tof the future")
                .with("X-Forwarded-For", "203.0.113.7")
                .login(ada.email(), ada.password())
                .expect(200);
        JsonArray items = ada.client().get(SESSIONS).expect(200).json().getJsonArray("items");
        assertThat(items).hasSize(2);
        JsonObject newest = items.getJsonObject(0);
        assertThat(newest.getString("id")).isEqualTo(phone.text("sessionId"));
        assertThat(newest.getString("ipAddress")).isEqualTo("203.0.113.7");
        assertThat(newest.getString("userAgent")).isEqualTo("a phone of the future");
        assertThat(newest.getString("method")).isEqualTo("PASSWORD");
        assertThat(newest.getBoolean("current")).isFalse();
        assertThat(items.getJsonObject(1).getBoolean("current")).isTrue();

        Person eve = ANYBODY.register();
        eve.client().delete(SESSIONS + "/" + phone.text("sessionId")).refused(404, "NOT_FOUND");
        signedIn(phone).get(ME).expect(200);
        ada.client().delete(SESSIONS + "/" + phone.text("sessionId")).expect(204);
        signedIn(phone).get(ME).refused(401, "UNAUTHENTICATED");
        assertThat(ada.client().get(SESSIONS + "?limit=1").expect(200).json().getJsonArray("items"))
                .hasSize(1);
    }

    @Test
    void a_forgotten_password_is_replaced_in_two_steps_and_all_sessions_end() {
        Person ada = ANYBODY.register();
        ANYBODY.post("/api/v1/auth/reset-password", "{\"login\": \"" + ada.email() + "\"}")
                .expect(204);
        String link = Postbox.link(Postbox.await(ada.email(), "Choose a new password", 1));
        ANYBODY.post(link, "{\"password\": \"short\"}").refused(400, "INVALID_FIELD");
        ANYBODY.post(link + "x", "{\"password\": \"another good one\"}").refused(400, "INVALID_LINK");
        ANYBODY.post(link, "{\"password\": \"another good one\"}").expect(204);
        ANYBODY.post(link, "{\"password\": \"and a third one\"}").refused(400, "INVALID_LINK");
        ada.client().get(ME).refused(401, "UNAUTHENTICATED");
        ANYBODY.login(ada.email(), ada.password()).refused(401, "WRONG_CREDENTIALS");
        HubClient back = signedIn(ANYBODY.login(ada.email(), "another good one"));
        // who opened the link reads the mails of the address
        assertThat(back.get(ME).expect(200).json().getBoolean("emailVerified")).isTrue();
        Postbox.await(ada.email(), "was changed", 1);
    }

    @Test
    void the_link_leads_a_browser_to_a_form() {
        Person ada = ANYBODY.register();
        ANYBODY.post("/api/v1/auth/reset-password", "{\"login\": \"" + ada.username() + "\"}")
                .expect(204);
        String link = Postbox.link(Postbox.await(ada.email(), "Choose a new password", 1));
        Answer page = ANYBODY.with("Accept", "text/html").get(link).expect(200);
        assertThat(page.body()).contains("<form method=\"post\">");
        byte[] form = "password=typed+into+a+form".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        Answer done = ANYBODY.with("Accept", "text/html")
                .send("POST", link, "application/x-www-form-urlencoded", form)
                .expect(200);
        assertThat(done.body()).contains("was changed");
        signedIn(ANYBODY.login(ada.email(), "typed into a form"));
    }

    @Test
    void nobody_learns_from_a_reset_who_has_an_account() {
        Person ada = ANYBODY.register();
        Answer known = ANYBODY.post("/api/v1/auth/reset-password", "{\"login\": \"" + ada.email() + "\"}");
        Answer unknown =
                ANYBODY.post("/api/v1/auth/reset-password", "{\"login\": \"nobody-" + UUID.randomUUID() + "\"}");
        assertThat(unknown.expect(204).body()).isEqualTo(known.expect(204).body());
    }

    @Test
    void a_new_password_takes_the_old_one_and_ends_the_other_sessions() {
        Person ada = ANYBODY.register();
        Answer phone = ANYBODY.login(ada.email(), ada.password()).expect(200);
        String path = "/api/v1/auth/password";
        ada.client()
                .post(path, "{\"oldPassword\": \"not mine at all\", \"newPassword\": \"a whole new one\"}")
                .refused(401, "WRONG_CREDENTIALS");
        ada.client()
                .post(path, "{\"oldPassword\": \"" + ada.password() + "\", \"newPassword\": \"a whole new one\"}")
                .expect(204);
        ada.client().get(ME).expect(200);
        signedIn(phone).get(ME).refused(401, "UNAUTHENTICATED");
        ANYBODY.login(ada.email(), ada.password()).refused(401, "WRONG_CREDENTIALS");
        signedIn(ANYBODY.login(ada.email(), "a whole new one"));
    }

    @Test
    void every_character_of_a_long_password_counts() {
        Person ada = ANYBODY.register();
        String longOne = "ü".repeat(60) + "x";
        ada.client()
                .post(
                        "/api/v1/auth/password",
                        "{\"oldPassword\": \"" + ada.password() + "\", \"newPassword\": \"" + longOne + "\"}")
                .expect(204);
        ANYBODY.login(ada.email(), "ü".repeat(60) + "y").refused(401, "WRONG_CREDENTIALS");
        ANYBODY.login(ada.email(), "ü".repeat(60)).refused(401, "WRONG_CREDENTIALS");
        signedIn(ANYBODY.login(ada.email(), longOne));
    }

    @Test
    void an_api_key_changes_nothing_about_how_the_account_is_entered() {
        Person ada = ANYBODY.register();
        HubClient machine = ada.withKey();
        machine.get(SESSIONS).refused(403, "SESSION_NEEDED");
        machine.send("POST", "/api/v1/auth/logout?all=true").refused(403, "SESSION_NEEDED");
        machine.post(
                        "/api/v1/auth/password",
                        "{\"oldPassword\": \"" + ada.password() + "\", \"newPassword\": \"from a machine\"}")
                .refused(403, "SESSION_NEEDED");
        machine.post("/api/v1/auth/mfa", "{\"password\": \"" + ada.password() + "\"}")
                .refused(403, "SESSION_NEEDED");
        ada.client().get(ME).expect(200);
    }

    @Test
    void nothing_that_opens_a_door_can_be_read_from_the_database_or_the_log() {
        Person ada = ANYBODY.register();
        Answer login = ANYBODY.login(ada.email(), ada.password()).expect(200);
        ANYBODY.post("/api/v1/auth/reset-password", "{\"login\": \"" + ada.email() + "\"}")
                .expect(204);
        String verify = Postbox.link(Postbox.await(ada.email(), "Confirm", 1));
        String reset = Postbox.link(Postbox.await(ada.email(), "Choose a new password", 1));
        String refresh = login.text("refreshToken");
        String access = login.text("accessToken");
        List<String> secrets = List.of(
                verify.substring(verify.lastIndexOf('/') + 1),
                reset.substring(reset.lastIndexOf('/') + 1),
                refresh,
                refresh.substring(20, 60),
                access.substring(access.lastIndexOf('.') + 1),
                ada.password());
        StringBuilder dump = new StringBuilder();
        for (String table : List.of("users", "user_sessions", "one_time_tokens", "mails", "sign_in_throttles")) {
            dump.append(sql.rows("select t::text from " + table + " t"));
        }
        String log = Project.read(RunningHub.hub().home().resolve("logs/messages.log"));
        for (String secret : secrets) {
            assertThat(dump).doesNotContain(secret);
            assertThat(log).doesNotContain(secret);
        }
    }
}
