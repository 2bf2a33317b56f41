package org.quantumhub.launch;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `./hub secrets …`: new keys for the secrets of teams, asked of the running hub with the administrator's API key.
final class SecretCommands {
    private static final String USAGE = "Say './hub secrets status', 'rotate-master' or 'rotate-data'.";
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final String KEYS = "/api/v1/ops/secrets/keys";
    private static final Pattern ROTATION = Pattern.compile("\\{[^{}]*\"requestedAt\"[^{}]*}");

    private static final Pattern FAILED = Pattern.compile("\"failed\":([1-9][0-9]*)");

    private final Settings settings;

    SecretCommands(Settings settings) {
        this.settings = settings;
    }

    void run(List<String> words) throws InterruptedException {
        String command = words.size() == 1 ? words.getFirst() : "";
        switch (command) {
            case "status" -> System.out.println(ask("GET", KEYS));
            case "rotate-master", "rotate-data" -> {
                ask("POST", KEYS + "/" + command);
                String answer = awaitEnd();
                System.out.println(answer);
                sayWhatFailed(answer);
            }
            default -> throw new HubFailure(USAGE);
        }
    }

    /// Everything goes on working meanwhile; only this command waits.
    private String awaitEnd() throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        String answer = ask("GET", KEYS);
        while (ROTATION.matcher(answer)
                .results()
                .anyMatch(found -> !found.group().contains("\"finishedAt\""))) {
            if (System.nanoTime() > end) {
                throw new HubFailure("The rotation goes on; ask './hub secrets status' later.");
            }
            Thread.sleep(PAUSE);
            answer = ask("GET", KEYS);
        }
        return answer;
    }

    /// The latest wish stands first: it is this one, or one that was made for the same meanwhile.
    private static void sayWhatFailed(String answer) {
        Matcher latest = ROTATION.matcher(answer);
        Matcher failed = FAILED.matcher(latest.find() ? latest.group() : "");
        if (failed.find()) {
            throw new HubFailure("The rotation has ended, and " + failed.group(1)
                    + " data keys do not open: keep their master keys, and look for 'data key lost' in the log.");
        }
    }

    private String ask(String method, String path) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address() + path))
                .timeout(LIMIT)
                .header("X-API-Key", key())
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new HubFailure("The hub answered " + answer.statusCode() + ": " + answer.body());
            }
            return answer.body();
        } catch (IOException unreachable) {
            throw new HubFailure("No hub answers at " + address() + "; start it first.", unreachable);
        }
    }

    private String address() {
        return RunState.read(settings.home())
                .value("url")
                .orElseThrow(() -> new HubFailure("No hub runs in " + settings.home() + "; start it first."));
    }

    private String key() {
        Path file = settings.home().resolve("admin-api-key");
        try {
            return Files.readString(file).strip();
        } catch (IOException unreadable) {
            throw new HubFailure("There is no administrator's key in " + file + ".", unreadable);
        }
    }
}
