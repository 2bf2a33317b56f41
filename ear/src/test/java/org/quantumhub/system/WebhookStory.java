package org.quantumhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quantumhub.system.HubClient.Person;

/// A team is told of events by HTTP. The receiver is a real server, on the one address inside that the hub under test
/// may
/// reach.
@Story
class WebhookStory {

    private static final HubClient ANYBODY = RunningHub.hub().client();

    private final Sql sql = RunningHub.hub().sql();
    private final Person olga = ANYBODY.register();
    private final String path = "/api/v1/teams/" + olga.team() + "/webhooks";
    private final Queue<Received> received = new ConcurrentLinkedQueue<>();
    private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();
    private HttpServer receiver;

    /// What the receiver got.
    private record Received(String path, String id, String timestamp, String signature, String body) {

        boolean isSignedWith(String secret) {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(
                        Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
                byte[] sum = mac.doFinal((id + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8));
                return List.of(signature.split(" "))
                        .contains("v1," + Base64.getEncoder().encodeToString(sum));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @BeforeEach
    void listen() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        receiver.createContext("/", this::receive);
        receiver.start();
    }

    @AfterEach
    void stop() {
        receiver.stop(0);
    }

    private void receive(HttpExchange exchange) {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            received.add(new Received(
                    exchange.getRequestURI().getPath(),
                    exchange.getRequestHeaders().getFirst("webhook-id"),
                    exchange.getRequestHeaders().getFirst("webhook-timestamp"),
                    exchange.getRequestHeaders().getFirst("webhook-signature"),
                    body));
            Integer answer = answers.poll();
            int status = answer == null ? 204 : answer;
            if (status == 302) {
                exchange.getResponseHeaders()
                        .set(
                                "Location",
                                "http://127.0.0.1:" + receiver.getAddress().getPort() + "/inside");
            }
            exchange.sendResponseHeaders(status, -1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String url(String tail) {
        return "http://127.0.0.1:" + receiver.getAddress().getPort() + tail;
    }

    private Answer create(String url, String types) {
        return olga.client().post(path, "{\"url\": \"" + url + "\", \"eventTypes\": " + types + "}");
    }

    private Received awaitFirst(Predicate<Received> wanted) {
        Await.until("the webhook", () -> received.stream().anyMatch(wanted), found -> found);
        return received.stream().filter(wanted).findFirst().orElseThrow();
    }

    private JsonObject awaitDelivery(UUID webhook, Predicate<JsonObject> wanted) {
        return Await.until(
                        "the delivery",
                        () -> olga.client()
                                .get(path + "/" + webhook + "/deliveries?limit=1")
                                .expect(200)
                                .json(),
                        page -> !page.getJsonArray("items").isEmpty()
                                && wanted.test(page.getJsonArray("items").getJsonObject(0)))
                .getJsonArray("items")
                .getJsonObject(0);
    }

    private void hurry(UUID webhook) {
        sql.run(
                "update webhook_deliveries set next_attempt_at = now() where endpoint_id = ? and status = 'PENDING'",
                webhook);
    }

    @Test
    void the_end_of_a_job_is_told_signed_and_once() {
        Answer made =
                create(url("/hook"), "[\"job.completed\", \"job.failed\"]").expect(201);
        assertThat(made.header("Cache-Control")).contains("no-store");
        String secret = made.text("secret");
        assertThat(secret).matches("whsec_[A-Za-z0-9+/]{43}=");
        assertThat(olga.client().get(path + "/" + made.id()).expect(200).body()).doesNotContain("whsec_");
        UUID job = olga.client()
                .submit(Samples.bell(10, 1, ", \"name\": \"told\""))
                .expect(201)
                .id();
        Received hook = awaitFirst(one -> one.body().contains(job.toString()));
        assertThat(hook.isSignedWith(secret)).isTrue();
        assertThat(hook.body())
                .contains("\"job.completed\"")
                .contains("\"told\"")
                .contains("COMPLETED");
        JsonObject delivery =
                awaitDelivery(made.id(), one -> one.getString("status").equals("DELIVERED"));
        assertThat(delivery.getString("id")).isEqualTo(hook.id());
        assertThat(delivery.getInt("lastStatus")).isEqualTo(204);
        JsonObject whole = olga.client()
                .get(path + "/" + made.id() + "/deliveries/" + hook.id())
                .expect(200)
                .json();
        assertThat(whole.getJsonArray("log")).hasSize(1);
        assertThat(whole.getString("payload")).isEqualTo(hook.body());
        assertThat(sql.count("select count(*) from webhook_deliveries where endpoint_id = ?", made.id()))
                .isEqualTo(1);
    }

    @Test
    void a_receiver_that_fails_is_tried_again_under_the_same_id() {
        answers.addAll(List.of(500, 302, 200));
        UUID webhook = create(url("/hook"), "[\"*\"]").expect(201).id();
        olga.client().post(path + "/" + webhook + "/test", "").expect(200);
        awaitDelivery(webhook, one -> one.getInt("attempts") == 1);
        hurry(webhook);
        awaitDelivery(webhook, one -> one.getInt("attempts") == 2);
        hurry(webhook);
        JsonObject done = awaitDelivery(webhook, one -> one.getString("status").equals("DELIVERED"));
        assertThat(done.getInt("attempts")).isEqualTo(3);
        Set<String> ids = received.stream().map(Received::id).collect(Collectors.toSet());
        assertThat(ids).containsExactly(done.getString("id"));
        // a redirect is a failure: nobody went where it led
        assertThat(received.stream().map(Received::path)).containsOnly("/hook");
        assertThat(olga.client()
                        .get(path + "/" + webhook + "/deliveries/" + done.getString("id"))
                        .body())
                .contains("redirects are not followed");

        olga.client()
                .post(path + "/" + webhook + "/deliveries/" + done.getString("id") + "/replay", "")
                .expect(200);
        Await.until("the replay", () -> received.size(), count -> count == 4);
    }

    @Test
    void who_says_gone_is_told_nothing_more() {
        answers.add(410);
        UUID webhook = create(url("/hook"), "[\"*\"]").expect(201).id();
        olga.client().post(path + "/" + webhook + "/test", "").expect(200);
        awaitDelivery(webhook, one -> one.getString("status").equals("FAILED"));
        JsonObject off = olga.client().get(path + "/" + webhook).expect(200).json();
        assertThat(off.getBoolean("active")).isFalse();
        assertThat(off.getString("disabledReason")).contains("410");
        JsonObject on = olga.client()
                .patch(path + "/" + webhook, "{\"active\": true}")
                .expect(200)
                .json();
        assertThat(on.containsKey("disabledReason")).isFalse();
    }

    @Test
    void after_the_last_attempt_a_delivery_has_failed() {
        answers.addAll(List.of(500, 500));
        UUID webhook = create(url("/hook"), "[\"*\"]").expect(201).id();
        olga.client().post(path + "/" + webhook + "/test", "").expect(200);
        awaitDelivery(webhook, one -> one.getInt("attempts") == 1);
        sql.run("update webhook_deliveries set attempts = 8, next_attempt_at = now() where endpoint_id = ?", webhook);
        awaitDelivery(webhook, one -> one.getString("status").equals("FAILED"));
    }

    @Test
    void a_new_secret_signs_beside_the_old_one_and_both_survive_new_keys() {
        Answer made = create(url("/hook"), "[\"*\"]").expect(201);
        String first = made.text("secret");
        String second = olga.client()
                .post(path + "/" + made.id() + "/rotate-secret", "")
                .expect(200)
                .text("secret");
        assertThat(second).isNotEqualTo(first);
        Person admin = ANYBODY.register(sql, "ADMIN");
        admin.client().post("/api/v1/ops/secrets/keys/rotate-data", "").expect(200);
        admin.client().post("/api/v1/ops/secrets/keys/rotate-master", "").expect(200);
        Await.until(
                "the rotation",
                () -> sql.count("select count(*) from key_rotations where finished_at is null"),
                open -> open == 0);
        olga.client().post(path + "/" + made.id() + "/test", "").expect(200);
        Received both = awaitFirst(one -> true);
        assertThat(both.isSignedWith(first)).isTrue();
        assertThat(both.isSignedWith(second)).isTrue();
        sql.run("update webhook_endpoints set earlier_until = now() where id = ?", made.id());
        received.clear();
        olga.client().post(path + "/" + made.id() + "/test", "").expect(200);
        Received one = awaitFirst(any -> true);
        assertThat(one.isSignedWith(first)).isFalse();
        assertThat(one.isSignedWith(second)).isTrue();
        // the hub's own secrets are not the team's to see
        assertThat(olga.client()
                        .get("/api/v1/teams/" + olga.team() + "/secrets")
                        .expect(200)
                        .json()
                        .getJsonArray("items"))
                .isEmpty();
    }

    @Test
    void addresses_inside_are_refused() {
        for (String inside : Arrays.asList(
                "https://127.0.0.2/",
                "https://localhost.localdomain:8443/",
                "https://10.0.0.1/",
                "https://172.16.0.1/",
                "https://192.168.1.1/",
                "https://169.254.169.254/latest/meta-data",
                "https://100.64.0.1/",
                "https://0.0.0.0/",
                "https://[::1]/",
                "https://[::]/",
                "https://[fd00::1]/",
                "https://[fe80::1]/",
                "https://[::ffff:127.0.0.2]/",
                "https://[64:ff9b::7f00:2]/",
                "https://[2002:7f00:2::]/",
                "https://2130706434/",
                "http://93.184.216.34/",
                "https://93.184.216.34:8080/",
                "https://user:word@93.184.216.34/",
                "ftp://93.184.216.34/",
                "file:///etc/passwd",
                "//93.184.216.34/",
                "https:///path",
                "no address")) {
            create(inside, "[\"*\"]").refused(400, "INVALID_FIELD");
        }
        create("https://93.184.216.34/", "[\"*\"]").expect(201);
        create(url("/"), "[]").refused(400, "INVALID_FIELD");
        create(url("/"), "[\"Job Completed\"]").refused(400, "INVALID_FIELD");
    }

    /// The name, or the row, was fine when it was written: it is judged again when it is used.
    @Test
    void an_address_that_has_moved_inside_is_not_reached() {
        UUID webhook = create("https://93.184.216.34/", "[\"*\"]").expect(201).id();
        sql.run(
                "update webhook_endpoints set url = ? where id = ?",
                "http://127.0.0.2:" + receiver.getAddress().getPort() + "/",
                webhook);
        olga.client().post(path + "/" + webhook + "/test", "").expect(200);
        JsonObject tried = awaitDelivery(webhook, one -> one.getInt("attempts") == 1);
        assertThat(tried.getString("lastError")).contains("inside");
        assertThat(received).isEmpty();
    }

    @Test
    void a_team_has_only_so_many_webhooks() {
        for (int i = 0; i < 20; i++) {
            create(url("/" + i), "[\"*\"]").expect(201);
        }
        create(url("/more"), "[\"*\"]").refused(409, "LIMIT_REACHED");
        UUID first = UUID.fromString(olga.client()
                .get(path)
                .expect(200)
                .json()
                .getJsonArray("items")
                .getJsonObject(0)
                .getString("id"));
        olga.client().delete(path + "/" + first).expect(204);
        olga.client().get(path + "/" + first).refused(404, "NOT_FOUND");
        create(url("/more"), "[\"*\"]").expect(201);
    }

    @Test
    void another_team_hears_nothing() {
        Person other = ANYBODY.register();
        UUID webhook = create(url("/hook"), "[\"*\"]").expect(201).id();
        UUID foreign =
                other.client().submit(Samples.bell(10, 1, "")).expect(201).id();
        other.client().ended(foreign);
        UUID own = olga.client().submit(Samples.bell(10, 1, "")).expect(201).id();
        awaitFirst(one -> one.body().contains(own.toString()));
        assertThat(received).noneMatch(one -> one.body().contains(foreign.toString()));
        other.client().get(path + "/" + webhook).refused(404, "NOT_FOUND");
    }
}
