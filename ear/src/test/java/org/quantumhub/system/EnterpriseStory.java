package org.quantumhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.quantumhub.shared.Ids;
import org.quantumhub.system.HubClient.Person;

/// Sign-in by the company's identity provider, walked as a browser walks it.
@Story
class EnterpriseStory {

    private static final HubClient ANYBODY = RunningHub.hub().client();
    private static final String LOGIN = "/api/v1/auth/oidc/login";
    private static final HttpClient BROWSER =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

    private final Sql sql = RunningHub.hub().sql();
    private final String subject = UUID.randomUUID().toString();
    private final String email = "grace-" + subject + "@company.example";

    private static HttpResponse<String> visit(String address) {
        try {
            return BROWSER.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /// What a browser has when it comes back from the provider.
    private record Back(String callback, String cookie) {}

    private static Back back() {
        Answer start = ANYBODY.get(LOGIN).expect(303);
        String cookie = start.header("Set-Cookie");
        assertThat(cookie).contains("HttpOnly").contains("SameSite=Lax").contains("Path=/api/v1/auth/oidc");
        String address = start.header("Location");
        assertThat(address)
                .startsWith(Company.issuer())
                .contains("code_challenge_method=S256")
                .contains("nonce=");
        String callback = visit(address).headers().firstValue("Location").orElseThrow();
        assertThat(callback).startsWith(RunningHub.hub().uri() + "/api/v1/auth/oidc/callback?");
        return new Back(
                callback.substring(RunningHub.hub().uri().toString().length()),
                cookie.substring(0, cookie.indexOf(';')));
    }

    private static Answer signIn() {
        Back back = back();
        return ANYBODY.with("Cookie", back.cookie()).get(back.callback());
    }

    @Test
    void the_first_visit_makes_an_account_and_the_next_finds_it() {
        Company.expects(subject, email, true, List.of());
        Answer first = signIn().expect(200);
        HubClient grace = ANYBODY.bearer(first.text("accessToken"));
        Answer me = grace.get("/api/v1/auth/me").expect(200);
        assertThat(me.text("email")).isEqualTo(email);
        assertThat(me.json().getBoolean("emailVerified")).isTrue();
        grace.get("/api/v1/wallet").expect(200); // with a team and a wallet like everybody
        assertThat(grace.get("/api/v1/auth/sessions")
                        .expect(200)
                        .json()
                        .getJsonArray("items")
                        .getJsonObject(0)
                        .getString("method"))
                .isEqualTo("ENTERPRISE");
        ANYBODY.refresh(first.text("refreshToken")).expect(200);

        Company.expects(subject, "renamed-" + email, true, List.of());
        Answer again = signIn().expect(200);
        assertThat(again.json().getJsonObject("user").getString("id")).isEqualTo(me.text("id"));
        // nobody signs in to it with a password, not even an empty one
        ANYBODY.login(email, "").refused(401, "WRONG_CREDENTIALS");
        ANYBODY.login(email, "-").refused(401, "WRONG_CREDENTIALS");
    }

    @Test
    void groups_are_roles_and_places_in_teams_as_long_as_they_last() {
        UUID team = Ids.next();
        sql.run("delete from team_members where team_id in (select id from teams where slug = ?)", Company.TEAM);
        sql.run("delete from teams where slug = ?", Company.TEAM);
        sql.run("insert into teams (id, name, slug) values (?, 'Lab', ?)", team, Company.TEAM);
        Company.expects(subject, email, true, List.of("hub-operators", "lab", "chess club"));
        Answer first = signIn().expect(200);
        UUID user = UUID.fromString(first.json().getJsonObject("user").getString("id"));
        assertThat(first.json().getJsonObject("user").getJsonArray("roles").toString())
                .isEqualTo("[\"CONSUMER\",\"OPERATOR\",\"AUDITOR\"]");
        HubClient inTeam = ANYBODY.bearer(first.text("accessToken")).with("X-Team-Id", team.toString());
        inTeam.get("/api/v1/jobs").expect(200);
        assertThat(sql.value("select role from team_members where team_id = ? and user_id = ?", team, user))
                .isEqualTo("MEMBER");

        sql.run("insert into user_roles (user_id, role) values (?, 'BILLING_MANAGER')", user);
        Company.expects(subject, email, true, List.of("hub-developers"));
        Answer second = signIn().expect(200);
        // what stands for no group is given by hand and stays
        assertThat(second.json().getJsonObject("user").getJsonArray("roles").toString())
                .isEqualTo("[\"CONSUMER\",\"DEVELOPER\",\"BILLING_MANAGER\"]");
        assertThat(sql.count("select count(*) from team_members where team_id = ? and user_id = ?", team, user))
                .isZero();
    }

    @Test
    void an_account_of_the_same_address_is_not_taken_over() {
        Person ada = ANYBODY.register();
        Company.expects(subject, ada.email(), true, List.of());
        signIn().refused(409, "EMAIL_TAKEN");
        assertThat(sql.count("select count(*) from user_identities where user_id = ?", ada.id()))
                .isZero();
    }

    @Test
    void a_sign_in_that_another_browser_began_is_refused() {
        Company.expects(subject, email, true, List.of());
        Back mine = back();
        ANYBODY.get(mine.callback()).refused(403, "SIGN_IN_REFUSED");
        Back other = back();
        ANYBODY.with("Cookie", other.cookie()).get(mine.callback()).refused(403, "SIGN_IN_REFUSED");
        ANYBODY.with("Cookie", "hub-oidc=AAAA").get(mine.callback()).refused(403, "SIGN_IN_REFUSED");
        ANYBODY.with("Cookie", mine.cookie())
                .get(mine.callback().replaceAll("state=[^&]+", "state=forged"))
                .refused(403, "SIGN_IN_REFUSED");
        ANYBODY.with("Cookie", mine.cookie())
                .get(mine.callback().replaceAll("code=[^&]+", "code=forged"))
                .refused(403, "SIGN_IN_REFUSED");
        Company.expects(subject, email, true, List.of()); // the forged code used the other answer up
        assertThat(sql.count("select count(*) from user_identities where subject = ?", subject))
                .isZero();
        ANYBODY.with("Cookie", mine.cookie()).get(mine.callback()).expect(200);
    }

    @Test
    void a_token_that_is_old_or_for_another_service_signs_nobody_in() {
        Map<String, Object> claims = Map.of("email", email, "email_verified", true);
        Company.expects(subject, claims, -600);
        signIn().refused(403, "SIGN_IN_REFUSED");
        Company.expects(
                subject, Map.of("email", email, "email_verified", true, "aud", List.of("another-service")), 300);
        signIn().refused(403, "SIGN_IN_REFUSED");
        Company.expects(subject, Map.of("email", email, "email_verified", true, "nonce", "another"), 300);
        signIn().refused(403, "SIGN_IN_REFUSED");
        Company.expects(subject, Map.of("name", "without an address"), 300);
        signIn().refused(403, "SIGN_IN_REFUSED");
        assertThat(sql.count("select count(*) from user_identities where subject = ?", subject))
                .isZero();
    }
}
