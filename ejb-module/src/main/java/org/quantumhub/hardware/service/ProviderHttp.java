package org.quantumhub.hardware.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.quantumhub.hardware.service.ProviderException.Kind;

/// JSON over HTTP with providers that have no library of their own. Answers are limited in size, redirects are not
/// followed, and every failure says what is known about the call.
@ApplicationScoped
public class ProviderHttp {

    private static final int LARGEST = 64 << 20;
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(20);

    private final int largest;
    private final Duration patience;

    public ProviderHttp() {
        this(LARGEST, ANSWER);
    }

    /// @param largest bytes of an answer at most
    /// @param patience for how long an answer is awaited
    ProviderHttp(int largest, Duration patience) {
        this.largest = largest;
        this.patience = patience;
    }

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /// An answer.
    public record Answer(int status, @Nullable String requestId, JsonValue json) {

        /// @throws ProviderException BROKEN when it is no object
        public JsonObject object() {
            if (json instanceof JsonObject object) {
                return object;
            }
            throw ProviderException.broken("ANSWER_MALFORMED", "The answer is no JSON object.");
        }
    }

    /// Sends a request.
    ///
    /// @param authorization the header's value, or null
    /// @param body JSON, or null
    /// @param accepted a status besides 2xx that is an answer and no failure, or 0
    /// @throws ProviderException for everything but an answer that was hoped for
    public Answer send(String method, URI uri, @Nullable String authorization, @Nullable String body, int accepted) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(patience)
                .header("Accept", "application/json")
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        try {
            HttpResponse<InputStream> response = http.send(request.build(), BodyHandlers.ofInputStream());
            String requestId = response.headers().firstValue("x-request-id").orElse(null);
            byte[] bytes;
            try (InputStream stream = response.body()) {
                bytes = stream.readNBytes(largest + 1);
            }
            int status = response.statusCode();
            if (status / 100 != 2 && status != accepted) {
                throw refused(status, requestId, bytes);
            }
            if (bytes.length > largest) {
                throw ProviderException.broken("ANSWER_TOO_LARGE", "The answer is larger than " + largest + " bytes.");
            }
            return new Answer(status, requestId, json(bytes));
        } catch (ConnectException | HttpConnectTimeoutException e) {
            // the client has nothing more to say where there is nobody to connect to; no byte of the request has left
            String words = e.getMessage() == null ? "there was no connection" : e.getMessage();
            throw new ProviderException(Kind.UNREACHED, e.getClass().getSimpleName(), words, 0, null, e);
        } catch (IOException e) {
            throw new ProviderException(
                    Kind.UNKNOWN, e.getClass().getSimpleName(), String.valueOf(e.getMessage()), 0, null, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProviderException(Kind.UNKNOWN, "INTERRUPTED", "The call was interrupted.", 0, null, e);
        }
    }

    private static JsonValue json(byte[] bytes) {
        if (bytes.length == 0) {
            return JsonValue.EMPTY_JSON_OBJECT;
        }
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(bytes))) {
            return reader.readValue();
        } catch (JsonException | IllegalStateException e) {
            throw new ProviderException(Kind.BROKEN, "ANSWER_MALFORMED", "The answer is no JSON.", 0, null, e);
        }
    }

    private static ProviderException refused(int status, @Nullable String requestId, byte[] bytes) {
        Kind kind = Kind.UNKNOWN;
        if (status == 429) {
            kind = Kind.NOT_DONE;
        } else if (status >= 400 && status < 500) {
            kind = Kind.REFUSED;
        }
        String code = "HTTP_" + status;
        String message = "The provider answered " + status + ".";
        try {
            if (json(bytes) instanceof JsonObject object) {
                code = object.getString("error", code);
                message = object.getString("message", object.getString("detail", message));
            }
        } catch (ProviderException | ClassCastException noJson) {
            // the status says enough
        }
        return new ProviderException(kind, code, message, status, requestId, null);
    }
}
