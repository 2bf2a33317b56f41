package org.quantumhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Texts that break careless programs come back as they went in, or are refused; they never hurt the server.
@Story
class NaughtyStringsStory {

    private static final HubClient ANYBODY = RunningHub.hub().client();

    private final HubClient client = ANYBODY.register().client();

    static Stream<String> texts() {
        return Stream.of(
                "null",
                "undefined",
                "true",
                "NaN",
                "0x0",
                "1e1000",
                "'; drop table jobs; --",
                "\" or \"\"=\"",
                "{a,b}",
                "{\"a\",\"b\"}",
                "a,b",
                "a\\b",
                "\\",
                "\"",
                "'",
                "{}",
                "NULL",
                "$1",
                "?",
                ":name",
                "%s%n%x",
                "${jndi:ldap://127.0.0.1/a}",
                "#{7*7}",
                "{{7*7}}",
                "<script>alert(1)</script>",
                "<!--#exec cmd=\"ls\"-->",
                "../../../etc/passwd",
                "=1+1",
                "line\nbreak\r\n\ttab",
                "bell \u0007 escape \u001b[31m delete \u007f",
                "\u0085 \u2028 \u2029",
                "\ufeffbom",
                "zero\u200bwidth\u200djoiner",
                "right \u202eto\u202c left \u05d0\u05d1 \u0627\u0628",
                "combining e\u0301 a\u0308\u0323",
                "\u00e9\u00e8\u00fc\u00df\u0130\u0131",
                "\u5b57\u7b26 \ud55c\uae00 \u3042",
                "\ud83d\ude00 \ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67",
                "\ud834\udd1e",
                "\ufffe\uffff",
                "\ufdd0",
                " leading and trailing ",
                "x".repeat(50),
                "\ud83d\ude00".repeat(25));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void a_text_comes_back_as_it_went_in(String text) {
        JsonObject job = Json.createObjectBuilder()
                .add("circuit", Samples.BELL_QASM3)
                .add("shots", 1)
                .add("name", text)
                .add("tags", Json.createArrayBuilder().add(text).add("plain"))
                .add("metadata", Json.createObjectBuilder().add(text, text))
                .build();
        Answer answer = client.submit(job.toString()).expect(201);
        JsonObject found = client.get("/api/v1/jobs/" + answer.id()).expect(200).json();
        assertThat(found.getString("name")).isEqualTo(text);
        assertThat(found.getJsonArray("tags").getValuesAs(JsonString::getString))
                .containsExactly(text, "plain");
        String query = "/api/v1/jobs?tag=" + java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8);
        assertThat(client.get(query).expect(200).json().getJsonArray("items")).hasSize(1);
    }

    /// Half of a pair is no character: no database and no UTF-8 can hold it.
    @ParameterizedTest
    @ValueSource(strings = {"\\ud800", "\\udc00", "a\\ud83d", "\\ude00\\ud83d"})
    void half_a_character_is_refused(String escaped) {
        for (String member : List.of(
                "\"name\": \"" + escaped + "\"",
                "\"tags\": [\"" + escaped + "\"]",
                "\"metadata\": {\"k\": \"" + escaped + "\"}",
                "\"metadata\": {\"" + escaped + "\": 1}")) {
            client.submit(Samples.bell(1, 1, ", " + member)).refused(400, "INVALID_FIELD");
        }
        client.submit("{\"circuit\": \"OPENQASM 3.0; // " + escaped + "\"}").refused(400, "INVALID_FIELD");
    }

    @ParameterizedTest
    @MethodSource("texts")
    void parameters_and_headers_are_only_data(String text) {
        String encoded = java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8);
        for (String parameter : List.of("status", "after", "createdFrom", "limit")) {
            Answer answer = client.get("/api/v1/jobs?" + parameter + "=" + encoded);
            assertThat(answer.status()).as("%s", answer).isIn(200, 400);
            answer.saysNothingOfItsInside();
        }
        assertThat(client.get("/api/v1/jobs?backend=" + encoded).status()).isIn(200, 400);
    }

    @Test
    void a_log_line_cannot_be_forged() {
        client.submit(Samples.bell(1, 1, ", \"name\": \"a\\r\\nERROR forged line\""))
                .expect(201);
        client.login("a\r\nERROR forged line", "x".repeat(12)).refused(401, "WRONG_CREDENTIALS");
        String log = Project.read(RunningHub.hub().home().resolve("logs/messages.log"));
        assertThat(log.lines().filter(line -> line.startsWith("ERROR forged"))).isEmpty();
    }
}
