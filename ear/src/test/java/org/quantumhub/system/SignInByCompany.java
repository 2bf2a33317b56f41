package org.quantumhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.quantumhub.shared.Ids;
import org.quantumhub.system.Company.Employee;
import org.quantumhub.system.HubClient.Person;

/// Sign-in by the company's identity provider, walked as a browser walks it: what holds whichever provider it is.
abstract class SignInByCompany {

    static final HubClient ANYBODY = RunningHub.hub().client();
    static final String COOKIE = "hub-oidc";
    private static final String LOGIN = "/api/v1/auth/oidc/login";
    private static final String CALLBACK = "/api/v1/auth/oidc/callback";

    final Sql sql = RunningHub.hub().sql();
    final Company company = Company.company();
    final Employee grace = somebody("grace");

    static Employee somebody(String name) {
        String username = name + "-" + UUID.randomUUID();
        return new Employee(username, username + "@company.example");
    }

    /// The hub's door: where it sends a browser that wants to sign in.
    static URI door(Browser browser) {
        HttpResponse<String> start = browser.get(URI.create(RunningHub.hub().uri() + LOGIN));
        Answer.of(start).expect(303);
        assertThat(start.headers().firstValue("Set-Cookie").orElse(""))
                .contains("HttpOnly")
                .contains("SameSite=Lax")
                .contains("Path=/api/v1/auth/oidc");
        URI door = Browser.next(start);
        assertThat(door.toString())
                .startsWith(Company.company().issuer())
                .contains("code_challenge_method=S256")
                .contains("nonce=");
        return door;
    }

    /// Where the provider sends the browser back to.
    URI back(Browser browser, Employee employee) {
        URI back = company.signIn(browser, door(browser), employee);
        assertThat(back.toString()).startsWith(RunningHub.hub().uri() + CALLBACK + "?");
        return back;
    }

    Answer signIn(Browser browser, Employee employee) {
        return Answer.of(browser.get(back(browser, employee)));
    }

    Answer signIn(Employee employee) {
        return signIn(new Browser(), employee);
    }

    static JsonObject user(Answer signedIn) {
        return signedIn.expect(200).json().getJsonObject("user");
    }

    static String roles(Answer signedIn) {
        return user(signedIn).getJsonArray("roles").toString();
    }

    long accounts(Employee employee) {
        return sql.count(
                "select count(*) from user_identities i join users u on u.id = i.user_id where u.email = ?",
                employee.email());
    }

    /// Another browser, with this cookie of the hub.
    private static Answer callback(String cookie, URI back) {
        return ANYBODY.with("Cookie", COOKIE + "=" + cookie)
                .get(back.toString().substring(RunningHub.hub().uri().toString().length()));
    }

    private static URI changed(URI back, String pattern, String by) {
        String text = back.toString().replaceFirst(pattern, by);
        assertThat(text).isNotEqualTo(back.toString());
        return URI.create(text);
    }

    @Test
    void the_first_visit_makes_an_account_and_the_next_finds_it() {
        company.employs(grace);
        Answer first = signIn(grace).expect(200);
        HubClient client = ANYBODY.bearer(first.text("accessToken"));
        Answer me = client.get("/api/v1/auth/me").expect(200);
        assertThat(me.text("email")).isEqualTo(grace.email());
        assertThat(me.json().getBoolean("emailVerified")).isTrue();
        client.get("/api/v1/wallet").expect(200); // with a team and a wallet like everybody
        assertThat(client.get("/api/v1/auth/sessions")
                        .expect(200)
                        .json()
                        .getJsonArray("items")
                        .getJsonObject(0)
                        .getString("method"))
                .isEqualTo("ENTERPRISE");
        ANYBODY.refresh(first.text("refreshToken")).expect(200);

        Employee renamed = grace.at("renamed-" + grace.email());
        company.employs(renamed);
        assertThat(user(signIn(renamed)).getString("id")).isEqualTo(me.text("id"));
        // nobody signs in to it with a password, neither an empty one nor the company's
        ANYBODY.login(grace.email(), "").refused(401, "WRONG_CREDENTIALS");
        ANYBODY.login(grace.email(), "-").refused(401, "WRONG_CREDENTIALS");
        ANYBODY.login(grace.email(), Employee.PASSWORD).refused(401, "WRONG_CREDENTIALS");
    }

    @Test
    void groups_and_roles_are_roles_and_places_in_teams_as_long_as_they_last() {
        UUID team = Ids.next();
        sql.run("delete from team_members where team_id in (select id from teams where slug = ?)", Company.TEAM);
        sql.run("delete from teams where slug = ?", Company.TEAM);
        sql.run("insert into teams (id, name, slug) values (?, 'Lab', ?)", team, Company.TEAM);
        company.employs(grace.in("hub-operators", "lab", "chess club"));
        Answer first = signIn(grace);
        UUID user = UUID.fromString(user(first).getString("id"));
        assertThat(roles(first)).isEqualTo("[\"CONSUMER\",\"OPERATOR\",\"AUDITOR\"]");
        HubClient inTeam = ANYBODY.bearer(first.text("accessToken")).with("X-Team-Id", team.toString());
        inTeam.get("/api/v1/jobs").expect(200);
        assertThat(sql.value("select role from team_members where team_id = ? and user_id = ?", team, user))
                .isEqualTo("MEMBER");

        sql.run("insert into user_roles (user_id, role) values (?, 'BILLING_MANAGER')", user);
        company.employs(grace.as("hub-developers", "cook"));
        // what stands for no group is given by hand and stays
        assertThat(roles(signIn(grace))).isEqualTo("[\"CONSUMER\",\"DEVELOPER\",\"BILLING_MANAGER\"]");
        assertThat(sql.count("select count(*) from team_members where team_id = ? and user_id = ?", team, user))
                .isZero();
    }

    @Test
    void somebody_whose_groups_mean_nothing_here_is_a_consumer_with_a_team_of_their_own() {
        company.employs(grace.in("chess club").as("cook"));
        Answer signedIn = signIn(grace);
        assertThat(roles(signedIn)).isEqualTo("[\"CONSUMER\"]");
        assertThat(sql.count(
                        "select count(*) from team_members where user_id = ?",
                        UUID.fromString(user(signedIn).getString("id"))))
                .isEqualTo(1);
        HubClient client = ANYBODY.bearer(signedIn.text("accessToken"));
        client.get("/api/v1/users").refused(403, "FORBIDDEN");
    }

    @Test
    void an_account_of_the_same_address_is_not_taken_over() {
        Person ada = ANYBODY.register();
        company.employs(grace.at(ada.email()));
        signIn(grace).refused(409, "EMAIL_TAKEN");
        assertThat(sql.count("select count(*) from user_identities where user_id = ?", ada.id()))
                .isZero();
    }

    @Test
    void a_sign_in_that_another_browser_began_is_refused() {
        company.employs(grace);
        Browser browser = new Browser();
        URI mine = back(browser, grace);
        Browser other = new Browser();
        door(other);
        Answer.of(new Browser().get(mine)).refused(403, "SIGN_IN_REFUSED");
        Answer.of(other.get(mine)).refused(403, "SIGN_IN_REFUSED");
        callback("AAAA", mine).refused(403, "SIGN_IN_REFUSED");
        String cookie = browser.cookie(COOKIE);
        callback(cookie, changed(mine, "state=[^&]+", "state=forged")).refused(403, "SIGN_IN_REFUSED");
        callback(cookie, changed(mine, "code=[^&]+", "code=forged")).refused(403, "SIGN_IN_REFUSED");
        assertThat(accounts(grace)).isZero();
        Answer.of(browser.get(mine)).expect(200);
    }

    @Test
    void a_code_is_good_once() {
        company.employs(grace);
        Browser browser = new Browser();
        URI back = back(browser, grace);
        String cookie = browser.cookie(COOKIE);
        Answer.of(browser.get(back)).expect(200);
        assertThat(browser.cookie(COOKIE)).isEmpty();
        callback(cookie, back).refused(403, "SIGN_IN_REFUSED");
    }

    @Test
    void what_comes_in_the_name_of_another_provider_is_refused_before_its_code_is_shown_to_anybody() {
        company.employs(grace);
        Browser browser = new Browser();
        URI back = back(browser, grace);
        String honest = back.toString().replaceFirst("&iss=[^&]*", "");
        String cookie = browser.cookie(COOKIE);
        callback(cookie, URI.create(honest + "&iss=https%3A%2F%2Fmallory.example"))
                .refused(403, "SIGN_IN_REFUSED");
        // the code is still good: nobody has seen it
        callback(cookie, URI.create(honest + "&iss=" + Browser.encoded(company.issuer())))
                .expect(200);
    }

    @Test
    void a_refusal_that_the_provider_sends_back_signs_nobody_in() {
        company.employs(grace);
        Browser browser = new Browser();
        URI back = back(browser, grace);
        URI refusal = changed(back, "code=[^&]+", "error=access_denied");
        callback(browser.cookie(COOKIE), refusal).refused(403, "SIGN_IN_REFUSED");
        assertThat(accounts(grace)).isZero();
    }

    @Test
    void tokens_of_the_provider_open_nothing_here() {
        company.employs(grace.in("hub-operators"));
        signIn(grace).expect(200);
        String foreign = company.tokenForAnotherService(grace);
        assertThat(foreign).startsWith("eyJ");
        ANYBODY.bearer(foreign).get("/api/v1/auth/me").refused(401, "UNAUTHENTICATED");
        // Keycloak's are longer than any of ours
        assertThat(ANYBODY.refresh(foreign).saysNothingOfItsInside().status()).isIn(400, 401);
    }

    @Test
    void somebody_who_logs_out_is_out_and_may_come_again() {
        company.employs(grace);
        Answer first = signIn(grace).expect(200);
        HubClient client = ANYBODY.bearer(first.text("accessToken"));
        client.send("POST", "/api/v1/auth/logout").expect(204);
        client.get("/api/v1/auth/me").refused(401, "UNAUTHENTICATED");
        ANYBODY.refresh(first.text("refreshToken")).refused(401, "SESSION_ENDED");
        Answer again = signIn(grace).expect(200);
        ANYBODY.bearer(again.text("accessToken")).get("/api/v1/auth/me").expect(200);
        assertThat(again.text("sessionId")).isNotEqualTo(first.text("sessionId"));
    }

    @Test
    void an_account_that_is_closed_here_stays_closed_whatever_the_provider_says() {
        company.employs(grace);
        Answer first = signIn(grace).expect(200);
        Staff.with("ADMIN")
                .put("/api/v1/users/" + user(first).getString("id"), "{\"active\": false}")
                .expect(200);
        HubClient client = ANYBODY.bearer(first.text("accessToken"));
        Await.until("the account is closed", () -> client.get("/api/v1/auth/me"), answer -> answer.status() != 200)
                .refused(401, "UNAUTHENTICATED");
        ANYBODY.refresh(first.text("refreshToken")).refused(401, "SESSION_ENDED");
        signIn(grace).refused(401, "WRONG_CREDENTIALS");
    }

    @Test
    void no_code_token_or_secret_of_a_sign_in_stands_in_any_log() {
        company.employs(grace);
        Browser browser = new Browser();
        URI back = back(browser, grace);
        String cookie = browser.cookie(COOKIE);
        Answer signedIn = Answer.of(browser.get(back)).expect(200);
        // what goes wrong is what is logged most
        callback(cookie, back).refused(403, "SIGN_IN_REFUSED");
        callback(cookie, changed(back, "state=[^&]+", "state=forged")).refused(403, "SIGN_IN_REFUSED");
        String foreign = company.tokenForAnotherService(grace);
        ANYBODY.bearer(foreign).get("/api/v1/auth/me").refused(401, "UNAUTHENTICATED");
        String refreshToken = signedIn.text("refreshToken");
        ANYBODY.refresh(refreshToken).expect(200);
        Answer last = ANYBODY.refresh(refreshToken).refused(401, "SESSION_ENDED");

        String logs = Await.until(
                "all requests are logged", RunningHub.hub()::logs, text -> text.contains(last.header("X-Request-Id")));
        assertThat(logs).contains("GET " + CALLBACK).contains("GET " + LOGIN);
        String code = back.getRawQuery().replaceFirst("^(?:.*&)?code=([^&]+).*$", "$1");
        assertThat(code).hasSizeGreaterThan(10);
        String basic = Base64.getEncoder()
                .encodeToString(
                        (Company.CLIENT + ":" + Browser.encoded(Company.SECRET)).getBytes(StandardCharsets.US_ASCII));
        Map<String, String> secrets = new TreeMap<>(Map.of(
                "the code", code,
                "the cookie", cookie,
                "the access token", signedIn.text("accessToken"),
                "the refresh token", refreshToken,
                "a token for another service", foreign,
                "the secret of the client", Company.SECRET,
                "the same, encoded", Browser.encoded(Company.SECRET),
                "the same, as a header", basic));
        // ID tokens never leave the hub, so that they are known by their shape only
        Matcher token = Pattern.compile("eyJ[\\w-]{10,}\\.eyJ[\\w-]{10,}").matcher(logs);
        if (token.find()) {
            secrets.put("a token", token.group());
        }
        assertThat(secrets.values()).allSatisfy(secret -> assertThat(secret).isNotBlank());
        secrets.values().removeIf(secret -> !logs.contains(secret));
        assertThat(secrets).as("what stands in a log").isEmpty();
    }
}
