package org.quantumhub.hardware.service;

import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonStructure;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// A provider on the wire, for tests of adapters: it answers with what a function says, and keeps what it was asked.
public final class StubServer implements AutoCloseable {

    /// A request.
    public record Asked(
            String method,
            String path,
            @Nullable String query,
            @Nullable String authorization,
            String body) {

        public JsonObject json() {
            try (JsonReader reader = Json.createReader(new StringReader(body))) {
                return reader.readObject();
            }
        }
    }

    /// An answer; status 0 closes the connection without one, -1 leaves it open until the stub is closed.
    public record Reply(int status, String body) {

        public static Reply of(int status, JsonStructure json) {
            return new Reply(status, json.toString());
        }
    }

    /// What the provider does.
    @FunctionalInterface
    public interface Behaviour {
        Reply answer(Asked asked);
    }

    private final HttpServer server;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);

    /// A way to a provider that is not waited for longer than a second, with small answers only.
    public static ProviderHttp impatient() {
        return new ProviderHttp(100_000, Duration.ofSeconds(1));
    }

    public StubServer(Behaviour behaviour) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
        server.createContext("/", exchange -> {
            try (exchange) {
                Asked request = new Asked(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().getPath(),
                        exchange.getRequestURI().getQuery(),
                        exchange.getRequestHeaders().getFirst("Authorization"),
                        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                asked.add(request);
                Reply reply = behaviour.answer(request);
                if (reply.status() < 0) {
                    closing.await();
                }
                if (reply.status() > 0) {
                    byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
                    exchange.getResponseHeaders().add("x-request-id", "request-" + asked.size());
                    exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
                    exchange.getResponseBody().write(bytes);
                }
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
        });
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public List<Asked> asked() {
        return asked;
    }

    /// Credentials that lead here.
    public static ProviderCredentials credentials(Map<String, String> values) {
        return new ProviderCredentials() {
            @Override
            public Optional<String> find(String provider, String name) {
                return Optional.ofNullable(values.get(name));
            }
        };
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
    }
}
