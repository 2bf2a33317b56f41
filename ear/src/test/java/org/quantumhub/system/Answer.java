package org.quantumhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.util.UUID;

/// What the hub answered.
record Answer(String request, int status, HttpResponse<String> response) {

    static Answer of(HttpResponse<String> response) {
        return new Answer(
                response.request().method() + " " + response.request().uri().getRawPath(),
                response.statusCode(),
                response);
    }

    String body() {
        return response.body();
    }

    String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    JsonObject json() {
        try (JsonReader reader = Json.createReader(new StringReader(body()))) {
            return reader.readObject();
        }
    }

    JsonArray array() {
        try (JsonReader reader = Json.createReader(new StringReader(body()))) {
            return reader.readArray();
        }
    }

    String text(String member) {
        return json().getString(member, "");
    }

    UUID id() {
        return UUID.fromString(text("id"));
    }

    /// Passes the answer on when it has the status that is wanted.
    Answer expect(int wanted) {
        assertThat(status).as("%s answered %s", request, body()).isEqualTo(wanted);
        return this;
    }

    /// A refusal as the hub gives them: the problem document with its code, and nothing of its inside.
    Answer refused(int wanted, String code) {
        expect(wanted);
        assertThat(header("Content-Type")).as("%s", this).startsWith("application/problem+json");
        JsonObject problem = json();
        assertThat(problem.getString("code")).as("%s", body()).isEqualTo(code);
        assertThat(problem.getInt("status")).isEqualTo(wanted);
        assertThat(problem.getString("type")).startsWith("urn:quantumhub:problem:");
        assertThat(problem.getString("title")).isNotBlank();
        assertThat(problem.getString("detail")).isNotBlank();
        assertThat(problem.getString("requestId"))
                .isEqualTo(header("X-Request-Id"))
                .isNotBlank();
        return saysNothingOfItsInside();
    }

    /// No stack trace, class name or SQL leaves the hub.
    Answer saysNothingOfItsInside() {
        assertThat(body())
                .doesNotContainPattern(
                        "\\bat [a-z]+\\.[a-z.]+\\(|org\\.quantumhub\\.|jakarta\\.|java\\.|com\\.ibm|org\\.eclipse"
                                + "|Exception|(?i)\\bhub\\.[a-z_]+ |insert into|violates|SRVE|CWW");
        return this;
    }

    @Override
    public String toString() {
        return request + " -> " + status + " " + body();
    }
}
