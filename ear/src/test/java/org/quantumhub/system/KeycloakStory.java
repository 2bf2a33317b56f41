package org.quantumhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.quantumhub.system.Company.Employee;

/// Sign-in by Keycloak, in the runs that ask for it: everything that holds for any provider, and what only a real one
/// can say.
@Story
@Tag("keycloak")
class KeycloakStory extends SignInByCompany {

    private final Keycloak keycloak = Keycloak.keycloak();

    private static Employee imported(String name) {
        return new Employee("imported." + name, "imported." + name + "@company.example");
    }

    @Test
    void somebody_of_the_imported_realm_comes_in_with_what_their_groups_and_roles_mean() {
        Answer signedIn = signIn(imported("engineer")).expect(200);
        assertThat(roles(signedIn)).isEqualTo("[\"CONSUMER\",\"DEVELOPER\",\"OPERATOR\",\"AUDITOR\"]");
        assertThat(signedIn.json().getJsonObject("user").getString("username")).isEqualTo("imported.engineer");
        Answer guest = signIn(imported("guest")).expect(200);
        assertThat(roles(guest)).isEqualTo("[\"CONSUMER\"]");
        assertThat(ANYBODY.bearer(guest.text("accessToken"))
                        .get("/api/v1/auth/me")
                        .json()
                        .getBoolean("emailVerified"))
                .isFalse();
    }

    @Test
    void a_wrong_password_gets_the_form_again_and_the_right_one_the_way_back() {
        company.employs(grace);
        Browser browser = new Browser();
        URI door = door(browser);
        HttpResponse<String> wrong = keycloak.enter(browser, door, grace.username(), "a wrong one");
        assertThat(wrong.statusCode()).isEqualTo(200);
        assertThat(wrong.headers().firstValue("Location")).isEmpty();
        assertThat(wrong.body()).contains("Invalid username or password");
        assertThat(accounts(grace)).isZero();
        Answer.of(browser.get(company.signIn(browser, door, grace))).expect(200);
    }

    @Test
    void somebody_who_is_disabled_there_does_not_come_in() {
        Browser stranger = new Browser();
        HttpResponse<String> leaver = keycloak.enter(stranger, door(stranger), "imported.leaver", Employee.PASSWORD);
        assertThat(leaver.headers().firstValue("Location")).isEmpty();
        assertThat(leaver.body()).contains("Account is disabled");
        assertThat(accounts(imported("leaver"))).isZero();

        // nor somebody whose browser is signed in there already
        company.employs(grace);
        Browser browser = new Browser();
        signIn(browser, grace).expect(200);
        keycloak.disable(grace);
        HttpResponse<String> disabled = browser.get(door(browser));
        assertThat(disabled.headers().firstValue("Location").orElse("")).doesNotContain("code=");
    }

    @Test
    void a_browser_that_is_signed_in_there_is_not_asked_again() {
        company.employs(grace);
        Browser browser = new Browser();
        Answer first = signIn(browser, grace).expect(200);
        ANYBODY.bearer(first.text("accessToken"))
                .send("POST", "/api/v1/auth/logout")
                .expect(204);
        URI back = Browser.next(browser.get(door(browser)));
        Answer again = Answer.of(browser.get(back)).expect(200);
        assertThat(user(again).getString("id")).isEqualTo(user(first).getString("id"));
        assertThat(again.text("sessionId")).isNotEqualTo(first.text("sessionId"));
    }

    @Test
    void keycloak_insists_on_the_proof_of_who_began_it() {
        Browser browser = new Browser();
        URI door = URI.create(door(browser).toString().replaceAll("&code_challenge(_method)?=[^&]*", ""));
        URI back = Browser.next(browser.get(door));
        assertThat(back.getQuery()).contains("error=invalid_request").contains("code_challenge_method");
        Answer.of(browser.get(back)).refused(403, "SIGN_IN_REFUSED");
    }

    @Test
    void a_code_for_another_service_signs_nobody_in() {
        company.employs(grace);
        Browser browser = new Browser();
        URI door = URI.create(
                door(browser).toString().replace("client_id=" + Company.CLIENT, "client_id=another-service"));
        URI back = company.signIn(browser, door, grace);
        assertThat(back.getQuery()).contains("code=");
        Answer.of(browser.get(back)).refused(403, "SIGN_IN_REFUSED");
        assertThat(accounts(grace)).isZero();
    }

    @Test
    void a_code_of_another_company_signs_nobody_in() {
        Browser browser = new Browser();
        URI door =
                URI.create(door(browser).toString().replace(company.issuer(), keycloak.issuer(Keycloak.OTHER_REALM)));
        Employee engineer = new Employee("imported.engineer", "imported.engineer@another-company.example");
        URI back = company.signIn(browser, door, engineer);
        assertThat(back.getQuery()).contains("code=").contains("iss=" + keycloak.issuer(Keycloak.OTHER_REALM));
        String cookie = browser.cookie(COOKIE);
        Answer.of(browser.get(back)).refused(403, "SIGN_IN_REFUSED");
        // without its name, and under ours, it is no better
        String nameless = back.toString().replaceFirst("&iss=[^&]*", "");
        HubClient same = ANYBODY.with("Cookie", COOKIE + "=" + cookie);
        String hub = RunningHub.hub().uri().toString();
        same.get(nameless.substring(hub.length())).refused(403, "SIGN_IN_REFUSED");
        same.get((nameless + "&iss=" + Browser.encoded(company.issuer())).substring(hub.length()))
                .refused(403, "SIGN_IN_REFUSED");
        assertThat(accounts(engineer)).isZero();
    }

    @Test
    void new_keys_there_are_known_here_at_once() {
        company.employs(grace);
        signIn(grace).expect(200);
        String before = keycloak.signingKey();
        keycloak.rotateKeys();
        assertThat(keycloak.signingKey()).isNotEqualTo(before);
        signIn(grace).expect(200);
    }
}
