package org.quantumhub.system;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/// IonQ as its API of version 0.4 answers, as far as accounts and small jobs go: every question but that for the list
/// of
/// backends needs a key that it knows, and nobody is told of the jobs of another key.
final class IonqStub {

    private static final String ROOT = "/v0.4";
    private static final IonqStub STUB = new IonqStub();

    /// An order.
    record Ordered(String id, String key, String name, Instant at) {}

    private final HttpServer server;
    private final Set<String> keys = ConcurrentHashMap.newKeySet();
    private final Set<String> silentFor = ConcurrentHashMap.newKeySet();
    private final List<Ordered> orders = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> asked = new ConcurrentHashMap<>();

    private IonqStub() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
            server.createContext(ROOT, this::answer);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> server.stop(0), "stop of the IonQ stub"));
            server.start();
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    static IonqStub stub() {
        return STUB;
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + ROOT;
    }

    /// From now on this key is good.
    void knows(String key) {
        keys.add(key);
    }

    void forgets(String key) {
        keys.remove(key);
    }

    /// Who comes with this key gets no answer, as if the provider were down.
    void isDownFor(String key) {
        silentFor.add(key);
    }

    void isBackFor(String key) {
        silentFor.remove(key);
    }

    List<Ordered> orders(String key) {
        return orders.stream().filter(order -> order.key().equals(key)).toList();
    }

    /// How often somebody came with this key.
    int asked(String key) {
        return asked.getOrDefault(key, 0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String path = exchange.getRequestURI().getPath().substring(ROOT.length());
            String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            String key = authorization.startsWith("apiKey ") ? authorization.substring("apiKey ".length()) : "";
            asked.merge(key, 1, Integer::sum);
            if (silentFor.contains(key)) {
                return; // the connection is closed
            }
            if (path.equals("/backends")) {
                send(exchange, 200, "[]");
            } else if (!keys.contains(key)) {
                // some providers repeat what they were sent
                send(exchange, 401, "{\"error\": \"Unauthorized\", \"message\": \"the key " + key + " is unknown\"}");
            } else if (path.equals("/jobs") && exchange.getRequestMethod().equals("POST")) {
                order(exchange, key, body);
            } else if (path.equals("/jobs")) {
                list(exchange, key);
            } else if (path.equals("/jobs/estimate")) {
                send(exchange, 200, "{\"estimated_cost\": 1.5}");
            } else if (path.endsWith("/results/probabilities")) {
                send(exchange, 200, "{\"0\": 0.5, \"3\": 0.5}");
            } else if (path.endsWith("/cost")) {
                send(exchange, 200, "{\"estimated_cost\": {\"value\": 1.5, \"unit\": \"usd\"}}");
            } else {
                send(exchange, 200, "{\"status\": \"completed\", \"execution_duration_ms\": 20}");
            }
        }
    }

    private void order(HttpExchange exchange, String key, String body) throws IOException {
        String id = UUID.randomUUID().toString();
        orders.add(new Ordered(id, key, BraketStub.read(body).getString("name"), Instant.now()));
        send(exchange, 201, "{\"id\": \"" + id + "\", \"status\": \"submitted\"}");
    }

    private void list(HttpExchange exchange, String key) throws IOException {
        String query =
                URLDecoder.decode(String.valueOf(exchange.getRequestURI().getRawQuery()), StandardCharsets.UTF_8);
        JsonArrayBuilder jobs = Json.createArrayBuilder();
        for (Ordered order : orders(key).reversed()) {
            if (!query.contains("ids=") || query.contains(order.id())) {
                JsonObjectBuilder job = Json.createObjectBuilder()
                        .add("id", order.id())
                        .add("name", order.name())
                        .add("status", "completed")
                        .add("submitted_at", order.at().toString());
                jobs.add(job);
            }
        }
        send(exchange, 200, Json.createObjectBuilder().add("jobs", jobs).build().toString());
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
