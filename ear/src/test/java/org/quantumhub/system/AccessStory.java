package org.quantumhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.annotation.security.PermitAll;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.junit.jupiter.api.Test;
import org.quantumhub.system.HubClient.Person;

/// Who gets in where, and who does not.
@Story
class AccessStory {

    private static final HubClient ANYBODY = RunningHub.hub().client();

    private final Person alan = ANYBODY.register();
    private final Sql sql = RunningHub.hub().sql();

    /// Operations that are open to everybody, by the annotations of the classes.
    private static Set<String> openOperations() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("org.quantumhub").stream()
                        .flatMap(type -> type.getMethods().stream())
                        .filter(ArchitectureTest::isResourceMethod)
                        .filter(method -> method.isAnnotatedWith(PermitAll.class))
                        .map(AccessStory::operationId)
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String operationId(JavaMethod method) {
        return method.getAnnotationOfType(Operation.class).operationId();
    }

    @Test
    void every_resource_but_the_open_ones_asks_who_comes() {
        Set<String> open = openOperations();
        assertThat(open)
                .containsExactly(
                        "",
                        "askPasswordReset",
                        "login",
                        "oidcCallback",
                        "oidcLogin",
                        "receiveStripeEvent",
                        "refreshToken",
                        "register",
                        "resetPassword",
                        "resetPasswordPage",
                        "signingKeys",
                        "verifyEmail");
        JsonObject paths =
                ANYBODY.get("/openapi?format=json").expect(200).json().getJsonObject("paths");
        int[] asked = {0};
        paths.forEach((path, item) -> item.asJsonObject().forEach((method, operation) -> {
            if (Set.of("get", "post", "put", "patch", "delete").contains(method)
                    && !open.contains(operation.asJsonObject().getString("operationId"))) {
                String address = path.replaceAll("\\{[^}]+}", UUID.randomUUID().toString());
                ask(method.toUpperCase(Locale.ROOT), address, contentType(operation.asJsonObject()));
                asked[0]++;
            }
        }));
        assertThat(asked[0]).isGreaterThan(12);
    }

    /// What a door reads: JSON, unless it says otherwise.
    private static String contentType(JsonObject operation) {
        JsonObject content = operation.containsKey("requestBody")
                ? operation.getJsonObject("requestBody").getJsonObject("content")
                : JsonObject.EMPTY_JSON_OBJECT;
        return content == null || content.isEmpty() || content.containsKey("application/json")
                ? "application/json"
                : content.keySet().iterator().next();
    }

    private static void ask(String method, String address, String contentType) {
        if (Set.of("GET", "DELETE").contains(method)) {
            ANYBODY.send(method, address).refused(401, "UNAUTHENTICATED");
        } else {
            ANYBODY.send(method, address, contentType, new byte[] {'{', '}'}).refused(401, "UNAUTHENTICATED");
        }
    }

    @Test
    void who_only_audits_submits_nothing() {
        UUID job = alan.client().submit(Samples.bell(1, 1, "")).expect(201).id();
        Person auditor = ANYBODY.register();
        sql.run("delete from user_roles where user_id = ?", auditor.id());
        sql.run("insert into user_roles (user_id, role) values (?, 'AUDITOR')", auditor.id());
        auditor.client().submit(Samples.bell(1, 1, "")).refused(403, "FORBIDDEN");
        auditor.client().delete("/api/v1/jobs/" + job).refused(403, "FORBIDDEN");
        auditor.client().get("/api/v1/jobs").expect(200);
        assertThat(Traces.of(sql, auditor.team()).jobs()).isZero();
    }

    @Test
    void a_foreign_job_looks_like_one_that_does_not_exist() {
        UUID foreign = ANYBODY.register()
                .client()
                .submit(Samples.bell(1, 1, ""))
                .expect(201)
                .id();
        for (String more : new String[] {"", "?wait=1", "/result", "/events", "/circuit", "/result?memory=true"}) {
            Answer theirs = alan.client().get("/api/v1/jobs/" + foreign + more).refused(404, "NOT_FOUND");
            Answer nobodys = alan.client()
                    .get("/api/v1/jobs/" + UUID.randomUUID() + more)
                    .refused(404, "NOT_FOUND");
            assertThat(withoutIds(theirs)).isEqualTo(withoutIds(nobodys));
        }
        Answer theirs = alan.client().delete("/api/v1/jobs/" + foreign).refused(404, "NOT_FOUND");
        Answer nobodys =
                alan.client().delete("/api/v1/jobs/" + UUID.randomUUID()).refused(404, "NOT_FOUND");
        assertThat(withoutIds(theirs)).isEqualTo(withoutIds(nobodys));
    }

    private static String withoutIds(Answer answer) {
        return answer.body().replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "id");
    }

    @Test
    void a_foreign_api_key_looks_like_one_that_does_not_exist() {
        String path = "/api/v1/api-keys/";
        String foreign = ANYBODY.register()
                .client()
                .post("/api/v1/api-keys", "{\"name\": \"hers\"}")
                .expect(201)
                .text("id");
        alan.client().get(path + foreign).refused(404, "NOT_FOUND");
        alan.client().delete(path + foreign).refused(404, "NOT_FOUND");
        alan.client().get(path + UUID.randomUUID()).refused(404, "NOT_FOUND");
    }

    @Test
    void lists_show_only_ones_own() {
        UUID job = alan.client()
                .submit(Samples.bell(1, 1, ", \"tags\": [\"shared-word\"]"))
                .expect(201)
                .id();
        HubClient other = ANYBODY.register().client();
        for (String path : new String[] {"/api/v1/jobs", "/api/v1/jobs?tag=shared-word", "/api/v1/api-keys"}) {
            assertThat(other.get(path).expect(200).json().getJsonArray("items")).isEmpty();
        }
        assertThat(other.get("/api/v1/jobs?after=" + new UUID(-1, -1))
                        .expect(200)
                        .body())
                .doesNotContain(job.toString());
    }

    @Test
    void nobody_acts_for_a_team_of_others() {
        Person other = ANYBODY.register();
        HubClient forged = alan.client().with("X-Team-Id", other.team().toString());
        forged.get("/api/v1/jobs").refused(403, "NOT_A_MEMBER");
        forged.submit(Samples.bell(1, 1, "")).refused(403, "NOT_A_MEMBER");
        alan.client()
                .with("X-Team-Id", UUID.randomUUID().toString())
                .get("/api/v1/jobs")
                .refused(403, "NOT_A_MEMBER");
        alan.withKey()
                .with("X-Team-Id", other.team().toString())
                .get("/api/v1/jobs")
                .refused(403, "NOT_A_MEMBER");
        alan.client().with("X-Team-Id", "ours").get("/api/v1/jobs").refused(400, "INVALID_PARAMETER");
        assertThat(Traces.of(sql, other.team()).jobs()).isZero();
    }

    @Test
    void a_revoked_key_opens_nothing_any_more() {
        HubClient machine = alan.withKey();
        machine.get("/api/v1/wallet").expect(200);
        String key = alan.client()
                .get("/api/v1/api-keys")
                .expect(200)
                .json()
                .getJsonArray("items")
                .getJsonObject(0)
                .getString("id");
        alan.client().delete("/api/v1/api-keys/" + key).expect(204);
        Await.until("the key is refused", () -> machine.get("/api/v1/wallet"), answer -> answer.status() != 200)
                .refused(401, "UNAUTHENTICATED");
        assertThat(alan.client().get("/api/v1/api-keys/" + key).expect(200).text("status"))
                .isEqualTo("REVOKED");
    }

    @Test
    void a_key_that_has_ended_opens_nothing() {
        HubClient machine = alan.withKey();
        sql.run("update user_api_keys set expire_at = now() - interval '1 second' where user_id = ?", alan.id());
        machine.get("/api/v1/wallet").refused(401, "UNAUTHENTICATED");
    }

    @Test
    void a_key_that_was_typed_wrongly_opens_nothing() {
        HubClient machine = alan.withKey();
        String key = machine.headers().getOrDefault("X-API-Key", "");
        String other = key.endsWith("A") ? "B" : "A";
        for (String wrong : new String[] {
            key.substring(0, key.length() - 1) + other,
            key.substring(0, 15),
            "qh_",
            "x",
            key + key,
            key.toLowerCase(Locale.ROOT)
        }) {
            ANYBODY.with("X-API-Key", wrong).get("/api/v1/wallet").refused(401, "UNAUTHENTICATED");
        }
        // a wrong key is not made good by a right token
        alan.client().with("X-API-Key", "qh_wrong").get("/api/v1/wallet").refused(401, "UNAUTHENTICATED");
    }

    @Test
    void the_value_of_a_key_is_shown_once_and_stored_nowhere() {
        Answer made =
                alan.client().post("/api/v1/api-keys", "{\"name\": \"once\"}").expect(201);
        String key = made.text("key");
        assertThat(made.header("Cache-Control")).contains("no-store");
        assertThat(alan.client().get("/api/v1/api-keys").expect(200).body()).doesNotContain(key);
        assertThat(alan.client()
                        .get("/api/v1/api-keys/" + made.id())
                        .expect(200)
                        .body())
                .doesNotContain(key);
        assertThat(sql.rows("select k::text from user_api_keys k where id = ?", made.id())
                        .toString())
                .doesNotContain(key.substring(20));
        String log = Project.read(RunningHub.hub().home().resolve("logs/messages.log"));
        assertThat(log).doesNotContain(key).doesNotContain(alan.password());
    }

    @Test
    void a_suspended_team_reads_and_changes_nothing() {
        Person closed = ANYBODY.register();
        sql.run("update teams set suspended_at = now() where id = ?", closed.team());
        Traces before = Traces.of(sql, closed.team());
        closed.client().get("/api/v1/jobs").expect(200);
        closed.client().get("/api/v1/wallet").expect(200);
        closed.client().submit(Samples.bell(1, 1, "")).refused(403, "TEAM_SUSPENDED");
        closed.client().delete("/api/v1/jobs/" + UUID.randomUUID()).refused(403, "TEAM_SUSPENDED");
        closed.client().post("/api/v1/api-keys", "{\"name\": \"k\"}").refused(403, "TEAM_SUSPENDED");
        assertThat(Traces.of(sql, closed.team())).isEqualTo(before);
    }

    @Test
    void unknown_names_and_wrong_passwords_get_the_same_answer() {
        Answer unknown = ANYBODY.login("nobody-" + UUID.randomUUID() + "@example.org", "wrong password");
        Answer wrong = ANYBODY.login(alan.email(), "wrong password");
        unknown.refused(401, "WRONG_CREDENTIALS");
        wrong.refused(401, "WRONG_CREDENTIALS");
        assertThat(withoutIds(unknown)).isEqualTo(withoutIds(wrong));
    }

    /// A page of another origin reads no answer, and no answer sets a cookie that signs somebody in.
    @Test
    void no_other_site_is_let_in() {
        HubClient page = RunningHub.hub().client().with("Origin", "https://evil.example");
        for (Answer answer : List.of(
                page.send("OPTIONS", "/api/v1/jobs"),
                page.get("/api/v1/backends"),
                page.post("/api/v1/auth/login", "{\"login\": \"x\", \"password\": \"y\"}"))) {
            assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
            assertThat(answer.header("Access-Control-Allow-Credentials")).isEmpty();
            assertThat(answer.header("Set-Cookie")).isEmpty();
        }
    }

    /// What is open to everybody tells neither what the hub is made of nor what it keeps to itself.
    @Test
    void health_metrics_and_the_contract_tell_no_secrets() {
        HubClient anybody = RunningHub.hub().client();
        for (String path : List.of("/health", "/health/ready", "/health/live", "/metrics", "/openapi")) {
            String body = anybody.get(path).body();
            assertThat(body)
                    .as(path)
                    .isNotEmpty()
                    .doesNotContain(RunningHub.SEAL_KEY)
                    .doesNotContain(RunningHub.hub().keyStorePassword())
                    .doesNotContain(StripeStub.API_KEY)
                    .doesNotContain(StripeStub.WEBHOOK_SECRET)
                    .doesNotContainIgnoringCase("open liberty")
                    .doesNotContain("jdbc:");
        }
        assertThat(anybody.get("/health").body())
                .doesNotContain("hub_app")
                .doesNotContain(System.getProperty("java.version"))
                .doesNotContainIgnoringCase("version");
    }
}
