package org.quantumhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.quantumhub.aws.KmsStub;
import org.quantumhub.aws.KmsStub.Call;
import org.quantumhub.aws.KmsStub.State;
import org.quantumhub.system.HubClient.Person;
import org.quantumhub.system.HubProcess.Plan;

/// The master key moves from the file of the home into AWS KMS, there to another key, and back, while secrets are used.
/// A secret is used when a webhook is signed with it: its receiver checks the signature. The key service is a stub that
/// speaks the protocol of KMS and checks every request.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(6)
class KeyServiceTest {

    private static final String KEYS = "/api/v1/ops/secrets/keys";
    private static final String ALL = "select distinct master_key_id from team_data_keys";

    private final Path place = Project.workplace("key-service");
    private final TestDatabase database = TestDatabase.start(place);
    private final Sql sql = database.sql();
    private final KmsStub kms = new KmsStub();
    private final String first = kms.newKey("eu-central-1");
    private final String second = kms.newKey("us-west-2");
    private final Queue<Signed> received = new ConcurrentLinkedQueue<>();
    private HttpServer receiver;
    private HubProcess staying;
    private HubProcess moving;

    /// What arrived at the receiver.
    private record Signed(String id, long seconds, String signature, String body) {}

    @BeforeAll
    void begin() throws IOException {
        Files.deleteIfExists(place.resolve("master-keys.p12"));
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        receiver.createContext("/", this::receive);
        receiver.start();
        staying = HubProcess.begin(plan("key-service-staying", ""));
        moving = HubProcess.begin(plan("key-service-moving", first));
        staying.awaitReady();
        moving.awaitReady();
    }

    @AfterAll
    void end() {
        try (database;
                kms) {
            staying.close();
            moving.close();
            receiver.stop(0);
        }
        assertThat(kms.wrongRequests()).isEmpty();
    }

    private Plan plan(String name, String kmsKey) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("HUB_SECRETS_KEYSTORE", place.resolve("master-keys.p12").toString());
        settings.put("HUB_KEYSTORE_PASSWORD", "one word for all servers");
        settings.put("HUB_SECRETS_KMS_ENDPOINT", kms.endpoint().toString());
        settings.put("AWS_ACCESS_KEY_ID", KmsStub.ACCESS_KEY);
        settings.put("AWS_SECRET_ACCESS_KEY", KmsStub.SECRET_KEY);
        settings.put("HUB_WEBHOOKS_ALLOWED_INSIDE", "127.0.0.1");
        if (!kmsKey.isEmpty()) {
            settings.put("HUB_SECRETS_KMS_KEY", kmsKey);
        }
        return new Plan(name, Project.folder(), database, settings);
    }

    private void restart(String kmsKey) {
        moving.close();
        moving = HubProcess.start(plan("key-service-moving", kmsKey));
    }

    private void receive(HttpExchange exchange) {
        try (exchange) {
            received.add(new Signed(
                    exchange.getRequestHeaders().getFirst("webhook-id"),
                    Long.parseLong(exchange.getRequestHeaders().getFirst("webhook-timestamp")),
                    exchange.getRequestHeaders().getFirst("webhook-signature"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            exchange.sendResponseHeaders(204, -1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HubClient at(HubProcess server, HubClient client) {
        return new HubClient(server.client().hub(), client.headers());
    }

    /// Whatever server sends it: the secret opens, and is the one that was given out.
    private void awaitSigned(String secret) {
        Await.until("the webhook", received::size, count -> count == 1);
        Signed one = received.remove();
        try {
            assertThat(one.signature()).isEqualTo(new Webhook(secret).sign(one.id(), one.seconds(), one.body()));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private JsonObject awaitRotated(HubClient admin) {
        return Await.until(
                "the rotation",
                () -> admin.get(KEYS).expect(200).json(),
                keys -> keys.getJsonArray("rotations").stream()
                        .allMatch(one -> one.asJsonObject().containsKey("finishedAt")));
    }

    /// How many data keys a rotation finds lost.
    private int failed(HubClient admin, String rotation) {
        admin.post(KEYS + "/" + rotation, "").expect(200);
        return awaitRotated(admin).getJsonArray("rotations").getJsonObject(0).getInt("failed");
    }

    private Set<String> masterKeys() {
        return sql.rows(ALL).stream().map(row -> String.valueOf(row.getFirst())).collect(Collectors.toSet());
    }

    private static String health(HubProcess server) {
        return server.client().get("/health/ready").expect(200).json().getJsonArray("checks").stream()
                .map(JsonValue::asJsonObject)
                .filter(check -> check.getString("name").equals("secrets"))
                .map(check -> check.getJsonObject("data").getString("masterKey") + ": "
                        + check.getJsonObject("data").getString("problem", ""))
                .findFirst()
                .orElse("none");
    }

    @Test
    void secrets_move_into_the_key_service_and_out_again_without_a_pause() {
        String canary = "canary-" + UUID.randomUUID();
        Person owner = staying.client().register();
        Person other = staying.client().register();
        // keys outlive the restarts, tokens might not
        HubClient olga = owner.withKey();
        HubClient bob = other.withKey();
        HubClient admin = staying.client().register(sql, "ADMIN").withKey();
        String secrets = "/api/v1/teams/" + owner.team() + "/secrets/ionq/";
        String webhooks = "/api/v1/teams/" + owner.team() + "/webhooks";
        String value = "{\"value\": \"" + canary + "\"}";

        // under the file
        at(staying, olga).put(secrets + "api-key", value).expect(201);
        Answer made = at(staying, olga)
                .post(
                        webhooks,
                        "{\"url\": \"http://127.0.0.1:" + receiver.getAddress().getPort()
                                + "/\", \"eventTypes\": [\"*\"]}")
                .expect(201);
        String test = webhooks + "/" + made.id() + "/test";
        at(staying, olga).post(test, "").expect(200);
        awaitSigned(made.text("secret"));
        assertThat(masterKeys()).allMatch(id -> id.startsWith("file:"));

        // into the key service, asked of the server that is set to it, while another keeps the earlier setting
        HubClient mover = at(moving, admin);
        mover.post(KEYS + "/rotate-master", "").expect(200);
        JsonObject keys = awaitRotated(mover);
        assertThat(keys.getString("currentMasterKey")).isEqualTo("aws-kms://" + first);
        assertThat(keys.getJsonArray("rotations").getJsonObject(0).getString("masterKeys"))
                .isEqualTo("aws-kms://" + first);
        assertThat(masterKeys()).containsExactly("aws-kms://" + first);
        assertThat(kms.calls())
                .contains(new Call(
                        "Encrypt",
                        first,
                        Map.of(
                                "team",
                                owner.team().toString(),
                                "data-key",
                                sql.value("select id from team_data_keys where team_id = ?", owner.team()))));
        at(moving, olga).post(test, "").expect(200);
        awaitSigned(made.text("secret"));
        // the server with the earlier setting opens what the other one wrapped
        String ofBob = "/api/v1/teams/" + other.team() + "/secrets/ionq/";
        at(moving, bob).put(ofBob + "first", value).expect(201);
        at(staying, bob).put(ofBob + "second", value).expect(201);
        assertThat(masterKeys()).containsExactly("aws-kms://" + first);

        // new data keys, under the key service too
        String before = sql.value("select id from team_data_keys where team_id = ?", owner.team());
        mover.post(KEYS + "/rotate-data", "").expect(200);
        awaitRotated(mover);
        assertThat(sql.value("select id from team_data_keys where team_id = ?", owner.team()))
                .isNotEqualTo(before);
        assertThat(masterKeys()).containsExactly("aws-kms://" + first);
        at(moving, olga).post(test, "").expect(200);
        awaitSigned(made.text("secret"));

        // a start while the key service is down, set to another key already
        staying.close();
        kms.down();
        restart(second);
        mover = at(moving, admin);
        Await.until(
                "the server knows",
                () -> health(moving),
                seen -> seen.equals("OUT_OF_REACH: AWS KMS cannot be reached"));
        assertThat(mover.get(KEYS).expect(200).text("problem")).isEqualTo("AWS KMS cannot be reached");
        assertThat(at(moving, olga)
                        .put(secrets + "other", value)
                        .refused(503, "SECRETS_UNAVAILABLE")
                        .text("detail"))
                .isEqualTo("Secrets can be neither written nor used at the moment: AWS KMS cannot be reached.");
        at(moving, olga).get(secrets + "api-key").expect(200);
        at(moving, olga).post(test, "").expect(200);
        mover.post(KEYS + "/rotate-master", "").expect(200);
        Await.until(
                "the rotation is tried",
                () -> log("key-service-moving"),
                text -> text.contains("new keys wait") && text.contains("webhook not sent"));
        assertThat(sql.count("select count(*) from key_rotations where finished_at is null"))
                .isEqualTo(1);
        assertThat(received).isEmpty();

        // everything that waited goes on by itself
        kms.up();
        sql.run("update webhook_deliveries set next_attempt_at = now() where status = 'PENDING'");
        awaitRotated(mover);
        assertThat(masterKeys()).containsExactly("aws-kms://" + second);
        awaitSigned(made.text("secret"));
        at(moving, olga).put(secrets + "other", value).expect(201);
        Await.until("the server knows", () -> health(moving), seen -> seen.equals("USABLE: "));
        String told = log("key-service-moving");
        assertThat(told.split("until it is mended", -1)).as("told once").hasSize(2);
        assertThat(told).contains("secrets can be written and used again");

        // a key that is switched off
        kms.set(second, State.DISABLED);
        Person eve = moving.client().register();
        assertThat(eve.client()
                        .put("/api/v1/teams/" + eve.team() + "/secrets/ionq/key", value)
                        .refused(503, "SECRETS_UNAVAILABLE")
                        .text("detail"))
                .endsWith(": the master key is disabled in AWS KMS.");
        kms.set(second, State.ENABLED);
        HubClient lost = eve.withKey();
        String ofEve = "/api/v1/teams/" + eve.team() + "/secrets/ionq/key";
        lost.put(ofEve, value).expect(201);

        // back to the file; one data key has been spoilt meanwhile, which holds up nobody else
        sql.run("update team_data_keys set wrapped_key = 'spoilt'::bytea where team_id = ?", eve.team());
        restart("");
        mover = at(moving, admin);
        at(moving, lost).put(ofEve, value).refused(503, "UNAVAILABLE");
        assertThat(failed(mover, "rotate-master")).isEqualTo(1);
        assertThat(masterKeys()).hasSize(2).contains("aws-kms://" + second);
        assertThat(failed(mover, "rotate-data")).isEqualTo(1);
        at(moving, lost).put(ofEve, value).expect(200);
        assertThat(failed(mover, "rotate-data")).isZero();
        assertThat(masterKeys()).hasSize(1).allMatch(id -> id.startsWith("file:"));

        // which then does without the service
        kms.down();
        at(moving, olga).post(test, "").expect(200);
        awaitSigned(made.text("secret"));
        at(moving, olga).put(secrets + "third", value).expect(201);
        nowhere_in_clear(canary, made.text("secret"), first);
    }

    /// Neither the secrets, nor what would open them.
    private void nowhere_in_clear(String canary, String signing, String known) {
        sql.run("checkpoint");
        for (Path folder :
                List.of(place, Project.workplace("key-service-staying"), Project.workplace("key-service-moving"))) {
            for (String word : List.of(canary, signing.substring("whsec_".length()), KmsStub.SECRET_KEY)) {
                assertThat(FileSearch.anyForm(folder, word)).isEmpty();
            }
        }
        // the search finds what is there
        assertThat(FileSearch.plain(place, known)).isNotEmpty();
    }

    private static String log(String server) {
        return Project.read(Project.workplace(server).resolve("logs/messages.log"));
    }
}
