package org.quantumhub.system;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/// A client of the hub's API, with the headers it sends each time.
record HubClient(URI hub, Map<String, String> headers) {

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(90))
            .build();
    private static final AtomicInteger PEOPLE = new AtomicInteger();
    private static final String PASSWORD = "correct horse battery";

    /// Somebody with an account, signed in.
    record Person(String username, String email, String password, UUID id, UUID team, HubClient client) {

        /// The same person coming with an API key.
        HubClient withKey() {
            String key = client.post("/api/v1/api-keys", "{\"name\": \"for a test\"}")
                    .expect(201)
                    .text("key");
            return new HubClient(client.hub, Map.of()).with("X-API-Key", key);
        }
    }

    HubClient(URI hub) {
        this(hub, Map.of());
    }

    HubClient with(String header, String value) {
        Map<String, String> all = new TreeMap<>(headers);
        all.put(header, value);
        return new HubClient(hub, Map.copyOf(all));
    }

    HubClient bearer(String token) {
        return new HubClient(hub).with("Authorization", "Bearer " + token);
    }

    /// Makes an account with a name of its own and signs it in.
    Person register() {
        String name = "person-" + PEOPLE.incrementAndGet() + "-" + Long.toString(System.nanoTime(), 36);
        String email = name + "@example.org";
        JsonObject registration = Json.createObjectBuilder()
                .add("username", name)
                .add("email", email)
                .add("password", PASSWORD)
                .build();
        post("/api/v1/auth/register", registration.toString()).expect(201);
        JsonObject token = login(email, PASSWORD).expect(200).json();
        JsonObject user = token.getJsonObject("user");
        return new Person(
                name,
                email,
                PASSWORD,
                UUID.fromString(user.getString("id")),
                UUID.fromString(user.getString("defaultTeamId")),
                bearer(token.getString("accessToken")));
    }

    /// Somebody with an account and these platform roles besides CONSUMER.
    Person register(Sql sql, String... roles) {
        Person person = register();
        for (String role : roles) {
            sql.run("insert into user_roles (user_id, role) values (?, ?)", person.id(), role);
        }
        return person;
    }

    Answer login(String login, String password) {
        JsonObject body = Json.createObjectBuilder()
                .add("login", login)
                .add("password", password)
                .build();
        return post("/api/v1/auth/login", body.toString());
    }

    Answer submit(String job) {
        return post("/api/v1/jobs", job);
    }

    CompletableFuture<Answer> submitSoon(String job) {
        return HTTP.sendAsync(request("/api/v1/jobs", "POST", job), BodyHandlers.ofString())
                .thenApply(Answer::of);
    }

    /// The job when it has ended.
    Answer ended(UUID job) {
        return Await.until(
                "the end of job " + job,
                () -> get("/api/v1/jobs/" + job + "?wait=10").expect(200),
                answer -> answer.text("completedAt").length() > 0);
    }

    Answer get(String path) {
        return send(request(path).GET());
    }

    /// What is no text.
    byte[] bytes(String path) {
        try {
            return HTTP.send(request(path).GET().build(), BodyHandlers.ofByteArray())
                    .body();
        } catch (IOException failure) {
            throw new UncheckedIOException("GET " + path, failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    Answer delete(String path) {
        return send(request(path).DELETE());
    }

    Answer post(String path, String json) {
        return send(request(path, "POST", json));
    }

    Answer put(String path, String json) {
        return send(request(path, "PUT", json));
    }

    /// Signs in, as a client of the API sees it.
    Answer login(String login, String password, String code) {
        return post(
                "/api/v1/auth/login",
                Json.createObjectBuilder()
                        .add("login", login)
                        .add("password", password)
                        .add("code", code)
                        .build()
                        .toString());
    }

    Answer refresh(String refreshToken) {
        return post(
                "/api/v1/auth/refresh",
                Json.createObjectBuilder()
                        .add("refreshToken", refreshToken)
                        .build()
                        .toString());
    }

    CompletableFuture<Answer> getSoon(String path) {
        return HTTP.sendAsync(request(path).GET().build(), BodyHandlers.ofString())
                .thenApply(Answer::of);
    }

    CompletableFuture<Answer> postSoon(String path, String json) {
        return HTTP.sendAsync(request(path, "POST", json), BodyHandlers.ofString())
                .thenApply(Answer::of);
    }

    Answer patch(String path, String json) {
        return send(request(path, "PATCH", json));
    }

    Answer send(String method, String path) {
        return send(request(path).method(method, BodyPublishers.noBody()));
    }

    Answer send(String method, String path, String contentType, byte[] body) {
        BodyPublisher publisher = BodyPublishers.ofByteArray(body);
        return send(request(path).header("Content-Type", contentType).method(method, publisher));
    }

    private HttpRequest request(String path, String method, String json) {
        return request(path)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(json))
                .build();
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(hub + path)).timeout(Await.PATIENCE);
        headers.forEach(request::header);
        return request;
    }

    private static Answer send(HttpRequest.Builder request) {
        return send(request.build());
    }

    private static Answer send(HttpRequest request) {
        try {
            return Answer.of(HTTP.send(request, BodyHandlers.ofString()));
        } catch (IOException failure) {
            throw new UncheckedIOException(request.method() + " " + request.uri(), failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
