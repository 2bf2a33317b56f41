package org.quantumhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quantumhub.system.HubClient.Person;

/// A team brings its own account with a provider. The hub has none with this one.
@Story
class OwnAccountStory {

    private static final HubClient ANYBODY = RunningHub.hub().client();
    private static final IonqStub IONQ = IonqStub.stub();

    private final Sql sql = RunningHub.hub().sql();
    private final Person olga = ANYBODY.register();
    private final String path = "/api/v1/teams/" + olga.team() + "/secrets/ionq/api-key";
    private final String good = "good-" + UUID.randomUUID();
    private final String bad = "bad-" + UUID.randomUUID();

    @BeforeEach
    void thereIsAKey() {
        IONQ.knows(good);
        sql.run("update users set email_verified_at = now() where id = ?", olga.id());
    }

    private void store(String key) {
        assertThat(olga.client().put(path, "{\"value\": \"" + key + "\"}").status())
                .isIn(200, 201);
    }

    private JsonObject secret() {
        return olga.client().get(path).expect(200).json();
    }

    private JsonObject becomes(String status) {
        return Await.until(
                "the secret is " + status,
                this::secret,
                secret -> secret.getString("validationStatus").equals(status));
    }

    private Answer submit() {
        return olga.client()
                .submit("{\"backend\": \"ionq-cloud-forte-1\", \"shots\": 100, \"circuit\": " + Samples.BELL + "}");
    }

    private List<JsonObject> told() {
        return olga
                .client()
                .get("/api/v1/notifications")
                .expect(200)
                .json()
                .getJsonArray("items")
                .getValuesAs(JsonObject.class)
                .stream()
                .filter(one -> one.getString("topic").equals("secret.invalid"))
                .toList();
    }

    @Test
    void a_good_key_is_found_good_and_jobs_are_ordered_with_it() {
        submit().refused(409, "BACKEND_UNAVAILABLE");
        store(good);
        JsonObject valid = becomes("VALID");
        assertThat(valid.getString("lastVerdict")).isEqualTo("VALID");
        assertThat(valid.containsKey("validationError")).isFalse();
        // the next trial is tomorrow, and trying it out was no use of it
        assertThat(java.time.Instant.parse(valid.getString("nextValidationAt")))
                .isAfter(java.time.Instant.now().plus(Duration.ofHours(20)));
        assertThat(valid.containsKey("lastUsedAt")).isFalse();

        UUID job = submit().expect(201).id();
        JsonObject ended = olga.client().ended(job).json();
        assertThat(ended.getString("status")).as("%s", ended).isEqualTo("COMPLETED");
        // 0.30 and 100 shots at 0.08 were set aside; IonQ's bill goes to the team
        assertThat(ended.getString("actualCost")).isEqualTo("0.00000000");
        assertThat(olga.client().get("/api/v1/wallet").expect(200).text("available"))
                .isEqualTo("100.00000000");
        assertThat(IONQ.orders(good)).hasSize(1);
        assertThat(secret().containsKey("lastUsedAt")).isTrue();
        // every use is on record, and the record tells nothing of the secret
        var uses = sql.rows(
                "select via, coalesce(after ->> 'last_used_at', '-'), audit_log::text from audit_log"
                        + " where entity = 'team_secrets' and team_id = ? and action = 'UPDATE' and jsonb_exists(after, 'last_used_at')",
                olga.team());
        assertThat(uses).isNotEmpty().allSatisfy(use -> {
            assertThat(use.getFirst()).isEqualTo("hub_worker");
            assertThat(use.getLast()).doesNotContain(good);
        });
        // others have no part in it
        ANYBODY.register()
                .client()
                .submit("{\"backend\": \"ionq-cloud-forte-1\", \"shots\": 100, \"circuit\": " + Samples.BELL + "}")
                .refused(409, "BACKEND_UNAVAILABLE");
        assertThat(told()).isEmpty();
    }

    @Test
    void a_refused_key_is_told_of_once_and_holds_jobs_back() {
        store(bad);
        JsonObject invalid = becomes("INVALID");
        assertThat(invalid.getString("validationError"))
                .isEqualTo("IonQ refuses them: Unauthorized, the key *** is unknown");
        Await.until("olga is told", this::told, told -> told.size() == 1);
        assertThat(told().getFirst().getString("type")).isEqualTo("SECURITY");
        assertThat(told().getFirst().getString("message"))
                .contains("ionq", "Unauthorized")
                .doesNotContain(bad);
        assertThat(Postbox.await(olga.email(), "Credentials refused", 1))
                .contains("ionq")
                .doesNotContain(bad);

        UUID job = submit().expect(201).id();
        Answer explained = olga.client().get("/api/v1/jobs/" + job + "/explain").expect(200);
        assertThat(explained.text("code")).isEqualTo("SECRET_INVALID");
        assertThat(explained.text("message")).contains("Unauthorized");
        // asked again it is the same verdict, which is no news
        int before = IONQ.asked(bad);
        olga.client().post(path + "/validate", "").expect(200);
        becomes("INVALID");
        assertThat(IONQ.asked(bad)).isGreaterThan(before);
        assertThat(IONQ.orders(bad)).isEmpty();

        store(good);
        becomes("VALID");
        assertThat(olga.client().ended(job).text("status")).isEqualTo("COMPLETED");
        assertThat(IONQ.orders(good)).hasSize(1);
        assertThat(told()).hasSize(1);
        assertThat(Postbox.mails(olga.email(), "Credentials refused")).hasSize(1);
    }

    @Test
    void while_the_provider_is_down_the_last_verdict_stays_and_it_is_asked_again_and_again() {
        store(good);
        becomes("VALID");
        IONQ.isDownFor(good);
        olga.client().post(path + "/validate", "").expect(200);
        JsonObject down = becomes("ERROR");
        assertThat(down.getString("validationError")).startsWith("IonQ could not be asked: ");
        assertThat(down.getString("lastVerdict")).isEqualTo("VALID");
        int before = IONQ.asked(good);
        Await.until("it is asked again", () -> IONQ.asked(good), asked -> asked > before + 1);
        Await.until(
                "the failures are counted",
                () -> sql.count("select max(validation_failures) from team_secrets where team_id = ?", olga.team()),
                failures -> failures > 1);
        IONQ.isBackFor(good);
        assertThat(becomes("VALID").containsKey("validationError")).isFalse();
        assertThat(told()).isEmpty();
    }

    @Test
    void a_key_that_goes_bad_while_it_is_used_is_noticed_at_once() {
        store(good);
        becomes("VALID");
        IONQ.forgets(good);
        UUID job = submit().expect(201).id();
        Answer ended = olga.client().ended(job);
        assertThat(ended.text("status")).isEqualTo("FAILED");
        assertThat(ended.text("errorMessage")).contains("Unauthorized").doesNotContain(good);
        assertThat(olga.client()
                        .get("/api/v1/jobs/" + job + "/events")
                        .expect(200)
                        .body())
                .contains("Unauthorized")
                .doesNotContain(good);
        assertThat(ended.text("actualCost")).isEqualTo("0.00000000");
        becomes("INVALID");
        Await.until("olga is told", this::told, told -> told.size() == 1);
    }

    @Test
    void plain_members_hear_nothing_of_secrets_and_whoever_mutes_the_topic_does_not_either() {
        Person plain = ANYBODY.register();
        sql.run("insert into team_members (team_id, user_id, role) values (?, ?, 'MEMBER')", olga.team(), plain.id());
        Person admin = ANYBODY.register();
        sql.run("insert into team_members (team_id, user_id, role) values (?, ?, 'ADMIN')", olga.team(), admin.id());
        sql.run("update users set email_verified_at = now() where id = ?", admin.id());
        admin.client()
                .put("/api/v1/notifications/preferences/secret.invalid", "{\"byMail\": false}")
                .expect(200);
        olga.client()
                .put("/api/v1/notifications/preferences/secret.invalid", "{\"muted\": true}")
                .expect(200);
        olga.client()
                .put("/api/v1/notifications/preferences/job.failed", "{\"byMail\": true}")
                .refused(400, "INVALID_FIELD");
        store(bad);
        Await.until(
                "the admin is told",
                () -> admin.client().get("/api/v1/notifications").expect(200).body(),
                body -> body.contains("secret.invalid"));
        // all are told in one transaction
        assertThat(told()).isEmpty();
        assertThat(plain.client().get("/api/v1/notifications").expect(200).body())
                .doesNotContain("secret.invalid");
        assertThat(sql.count(
                        "select count(*) from mails where user_id in (?, ?, ?) and template = 'NOTICE'",
                        olga.id(),
                        plain.id(),
                        admin.id()))
                .isZero();
    }

    @Test
    void a_key_whose_name_the_provider_does_not_have_is_named_as_such() {
        String other = "/api/v1/teams/" + olga.team() + "/secrets/ionq/apikey";
        olga.client().put(other, "{\"value\": \"x\"}").expect(201);
        JsonObject unknown = Await.until(
                "the name is looked at",
                () -> olga.client().get(other).expect(200).json(),
                secret -> secret.containsKey("validationError"));
        assertThat(unknown.getString("validationStatus")).isEqualTo("UNKNOWN");
        assertThat(unknown.getString("validationError")).contains("api-key");
    }
}
