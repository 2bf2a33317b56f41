package org.quantumhub.system;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Answers as Stripe documents it: checkout sessions in the shape of its API, one for an idempotency key, and events
/// with the
/// signature of a webhook.
final class StripeStub {

    static final String API_KEY = "sk_test_of_the_stories";
    static final String WEBHOOK_SECRET = "whsec_of_the_stories";

    private static final StripeStub STUB = new StripeStub(Project.freePort());

    /// What it was asked.
    record Asked(String authorization, String idempotencyKey, Map<String, String> form) {}

    private final int port;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final Map<String, JsonObject> sessions = new ConcurrentHashMap<>();
    private final AtomicInteger refusals = new AtomicInteger();

    private StripeStub(int port) {
        this.port = port;
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            server.createContext("/v1/checkout/sessions", this::answer);
            Thread end = new Thread(() -> server.stop(0), "stop of the Stripe stub");
            Runtime.getRuntime().addShutdownHook(end);
            server.start();
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    static StripeStub stub() {
        return STUB;
    }

    String base() {
        return "http://127.0.0.1:" + port;
    }

    List<Asked> asked() {
        return asked;
    }

    /// The next requests are refused as Stripe refuses what it cannot take.
    void refuse(int requests) {
        refusals.set(requests);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, String> form = form(body);
        String key = String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
        asked.add(new Asked(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")), key, form));
        JsonObject answer;
        int status = 200;
        if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            status = 400;
            answer = Json.createObjectBuilder()
                    .add(
                            "error",
                            Json.createObjectBuilder()
                                    .add("code", "amount_too_small")
                                    .add("doc_url", "https://stripe.com/docs/error-codes/amount-too-small")
                                    .add(
                                            "message",
                                            "The Checkout Session's total amount due must add up to at least $0.50 usd")
                                    .add("type", "invalid_request_error"))
                    .build();
        } else {
            answer = sessions.computeIfAbsent(key, any -> session(form, sessions.size() + 1));
        }
        byte[] bytes = answer.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.getResponseHeaders().add("Request-Id", "req_story");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new TreeMap<>();
        for (String pair : body.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            form.put(
                    URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                    parts.length == 2 ? URLDecoder.decode(parts[1], StandardCharsets.UTF_8) : "");
        }
        return form;
    }

    private static JsonObject session(Map<String, String> form, int number) {
        long amount = Long.parseLong(form.getOrDefault("line_items[0][price_data][unit_amount]", "0"));
        JsonObjectBuilder metadata = Json.createObjectBuilder();
        form.forEach((name, value) -> {
            if (name.startsWith("metadata[")) {
                metadata.add(name.substring(9, name.length() - 1), value);
            }
        });
        String id = "cs_test_" + number + "_" + Long.toString(System.nanoTime(), 36);
        return Json.createObjectBuilder()
                .add("id", id)
                .add("object", "checkout.session")
                .add("amount_subtotal", amount)
                .add("amount_total", amount)
                .add("client_reference_id", form.getOrDefault("client_reference_id", ""))
                .add("created", 1_795_000_000L)
                .add("currency", form.getOrDefault("line_items[0][price_data][currency]", ""))
                .addNull("customer_details")
                .add("livemode", false)
                .add("metadata", metadata)
                .add("mode", form.getOrDefault("mode", ""))
                .addNull("payment_intent")
                .add("payment_status", "unpaid")
                .add("status", "open")
                .add("success_url", form.getOrDefault("success_url", ""))
                .add("url", "https://checkout.stripe.com/c/pay/" + id)
                .build();
    }

    /// The session that was opened last.
    JsonObject lastSession() {
        return Objects.requireNonNull(sessions.get(asked.getLast().idempotencyKey()));
    }

    /// The event that tells a session has been paid.
    static String paid(JsonObject session, String paymentIntent, long created) {
        JsonObject done = Json.createObjectBuilder(session)
                .add("payment_intent", paymentIntent)
                .add("payment_status", "paid")
                .add("status", "complete")
                .add(
                        "customer_details",
                        Json.createObjectBuilder()
                                .add("email", "jenny@example.org")
                                .add("name", "Jenny Rosen"))
                .build();
        return Json.createObjectBuilder()
                .add("id", "evt_" + paymentIntent)
                .add("object", "event")
                .add("api_version", "2026-07-29.dahlia")
                .add("created", created)
                .add("data", Json.createObjectBuilder().add("object", done))
                .add("livemode", false)
                .add("pending_webhooks", 1)
                .add("request", Json.createObjectBuilder().addNull("id").addNull("idempotency_key"))
                .add("type", "checkout.session.completed")
                .build()
                .toString();
    }

    /// The header `Stripe-Signature` of a payload.
    static String signature(String payload, long time, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] signed = mac.doFinal((time + "." + payload).getBytes(StandardCharsets.UTF_8));
            return "t=" + time + ",v1=" + HexFormat.of().formatHex(signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
