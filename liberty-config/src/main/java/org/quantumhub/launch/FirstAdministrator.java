package org.quantumhub.launch;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The administrator that the server makes when its database holds none, and the API key made for it.
///
/// The password is generated at the first start of a home and kept among the secrets until it has been shown once,
/// so that a start that fails half-way shows it the next time.
final class FirstAdministrator {
    private static final String SECRET = "administrator";
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Settings settings;
    private final Secrets secrets;
    private final Path keyFile;
    private final Path done;

    FirstAdministrator(Settings settings, Secrets secrets) {
        this.settings = settings;
        this.secrets = secrets;
        this.keyFile = settings.home().resolve("admin-api-key");
        this.done = settings.home().resolve("admin-made");
    }

    /// What the server must know to make the account; nothing once that has happened.
    Map<String, String> variables() {
        return Files.exists(done)
                ? Map.of("HUB_ADMIN_EMAIL", settings.adminEmail())
                : Map.of("HUB_ADMIN_EMAIL", settings.adminEmail(), "HUB_ADMIN_PASSWORD", password());
    }

    private String password() {
        return chosen().orElseGet(() -> secrets.secret(SECRET));
    }

    private Optional<String> chosen() {
        return Optional.ofNullable(settings.environment().get("HUB_ADMIN_PASSWORD"))
                .filter(password -> !password.isEmpty());
    }

    /// Makes the key at the first start; the lines to show about the account.
    Map<String, String> introduce() {
        Map<String, String> lines = new java.util.LinkedHashMap<>();
        lines.put("Administrator", settings.adminEmail());
        if (Files.exists(done)) {
            return lines;
        }
        try {
            introduceFirst(lines);
        } catch (IOException failure) {
            lines.put("Warning", "the administrator's key was not made: " + failure.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return lines;
    }

    private void introduceFirst(Map<String, String> lines) throws IOException, InterruptedException {
        String password = password();
        HttpResponse<String> login = post(
                "/api/v1/auth/login",
                "{\"login\":\"" + settings.adminEmail() + "\",\"password\":\"" + escaped(password) + "\"}",
                Optional.empty());
        switch (login.statusCode()) {
            case 200, 201 -> {
                lines.put("Password", chosen().isPresent() ? "as given" : password + "   (shown this once)");
                HttpResponse<String> key = post(
                        "/api/v1/api-keys",
                        "{\"name\":\"admin-first-start\"}",
                        Optional.of(field(login, "accessToken")));
                if (key.statusCode() / 100 == 2) {
                    keep(field(key, "key"));
                    lines.put("API key", "in the file " + keyFile);
                } else {
                    lines.put("Warning", "no API key was made: the server answered " + key.statusCode());
                }
                finish();
            }
            case 401, 403 -> {
                lines.put("Note", "this database has its administrator already; no account was made");
                finish();
            }
            default -> lines.put("Warning", "no administrator was made: the login answered " + login.statusCode());
        }
    }

    private void finish() throws IOException {
        Files.writeString(done, "The first administrator was introduced.\n");
        secrets.forget(SECRET);
    }

    private void keep(String key) throws IOException {
        Files.deleteIfExists(keyFile);
        Secrets.createPrivate(keyFile);
        Files.writeString(keyFile, key + "\n");
    }

    private HttpResponse<String> post(String path, String body, Optional<String> token)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(settings.httpUrl() + path))
                .timeout(LIMIT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        token.ifPresent(value -> request.header("Authorization", "Bearer " + value));
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private static String field(HttpResponse<String> answer, String name) throws IOException {
        Matcher matcher =
                Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"\\\\]+)\"").matcher(answer.body());
        if (!matcher.find()) {
            throw new IOException("the server's answer holds no " + name);
        }
        return matcher.group(1);
    }
}
