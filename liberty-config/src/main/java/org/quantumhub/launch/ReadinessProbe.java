package org.quantumhub.launch;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/// Asks the server whether it is ready, and whether it is the one that was started.
///
/// The server's own message "ready" appears even when its port belongs to somebody else; the nonce of this start,
/// shown by the hub's checks, cannot.
final class ReadinessProbe {
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final URI uri;
    private final String instance;
    private String lastAnswer = "none";

    ReadinessProbe(String serverUrl, String instance) {
        this.uri = URI.create(serverUrl + "/health/ready");
        this.instance = instance;
    }

    boolean ready() {
        try {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build(),
                    HttpResponse.BodyHandlers.ofString());
            lastAnswer = answer.statusCode() + " " + answer.body();
            return answer.statusCode() == 200 && ofThisStart(answer.body());
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new HubFailure("Interrupted while the server was starting.", interrupted);
        }
    }

    private boolean ofThisStart(String body) {
        return !body.contains("\"instance\"") || body.contains(instance);
    }

    String lastAnswer() {
        return lastAnswer;
    }
}
