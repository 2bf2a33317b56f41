package org.quantumhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quantumhub.system.HubClient.Person;

/// Everything a submission can have wrong. Each is refused by name, and nothing of it stays.
@Story
class BadInputStory {

    private final Person eve = RunningHub.hub().client().register();
    private final HubClient client = eve.client();
    private Traces before = new Traces(0, 0, 0, 0, "");

    @BeforeEach
    void look() {
        before = Traces.of(RunningHub.hub().sql(), eve.team());
    }

    @AfterEach
    void nothing_was_left() {
        assertThat(Traces.of(RunningHub.hub().sql(), eve.team())).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"circuit\": | 1",
                "{\"circuit\": {}} trailing | 1",
                "{'circuit': {}} | 1",
                "{\"shots\": 01} | 1",
                "{\"shots\": NaN} | 1",
                "[[[[ | 1",
                "<circuit/> | 1"
            })
    void what_is_not_json_is_told_with_its_place(String body, int line) {
        JsonObject problem = client.submit(body).refused(400, "MALFORMED_JSON").json();
        assertThat(problem.getInt("line")).isEqualTo(line);
        assertThat(problem.getInt("column")).isPositive();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"period\": \"MONTHLY\"} | period | one of [DAY, ",
                "{\"period\": 3} | period | one of [DAY, ",
                "{\"name\": 3} | name | a string"
            })
    void a_value_that_a_field_does_not_take_is_told_with_what_it_takes(String body, String field, String wanted) {
        JsonObject problem = client.post("/api/v1/budgets", body)
                .refused(400, "INVALID_FIELD")
                .json();
        assertThat(problem.getString("field")).isEqualTo(field);
        assertThat(problem.getString("detail")).contains("'" + field + "' takes " + wanted);
        assertThat(problem.getInt("line")).isEqualTo(1);
    }

    /// Two readers of such a body might each believe another one.
    @Test
    void a_field_that_stands_twice_is_refused() {
        for (String body : List.of(
                "{\"shots\": 1, \"shots\": 2, \"circuit\": " + Samples.BELL + "}",
                "{\"circuit\": {\"num_qubits\": 1, \"num_qubits\": 2, \"gates\": []}}",
                "{\"circuit\": " + Samples.BELL + ", \"metadata\": {\"a\": 1, \"a\": 2}}")) {
            assertThat(client.submit(body).refused(400, "INVALID_FIELD").text("detail"))
                    .as(body)
                    .contains("twice");
        }
    }

    @Test
    void the_place_counts_lines() {
        JsonObject problem = client.submit("{\n  \"shots\": 5,\n  \"seed\" 7\n}")
                .refused(400, "MALFORMED_JSON")
                .json();
        assertThat(problem.getInt("line")).isEqualTo(3);
    }

    @Test
    void nothing_and_what_is_not_utf_8_are_no_json() {
        client.submit("").refused(400, "MALFORMED_JSON");
        client.send("POST", "/api/v1/jobs", "application/json", new byte[] {'{', '"', (byte) 0xC3, '(', '"', '}'})
                .refused(400, "MALFORMED_JSON");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"job\"", "5", "null", "true"})
    void a_body_that_is_no_object_is_refused(String body) {
        client.submit(body).refused(400, "INVALID_FIELD");
    }

    static Stream<Arguments> wrongFields() {
        return Stream.of(
                Arguments.of("shots", Samples.bell(0, 1, "")),
                Arguments.of("shots", Samples.bell(-1, 1, "")),
                Arguments.of("shots", Samples.bell(1_000_001, 1, "")),
                Arguments.of("shots", with("\"shots\": 2147483648")),
                Arguments.of("shots", with("\"shots\": 1.5")),
                Arguments.of("shots", with("\"shots\": 1e400")),
                Arguments.of("shots", with("\"shots\": 1e50000000")),
                Arguments.of("shots", with("\"shots\": \"many\"")),
                Arguments.of("shots", with("\"shots\": \"5\"")),
                Arguments.of("shots", with("\"shots\": [5]")),
                Arguments.of("shots", with("\"shots\": true")),
                Arguments.of("seed", with("\"seed\": 9223372036854775808")),
                Arguments.of("seed", with("\"seed\": 0.5")),
                Arguments.of("seed", with("\"seed\": {}")),
                Arguments.of("memory", with("\"memory\": \"yes\"")),
                Arguments.of("memory", with("\"memory\": 1")),
                Arguments.of("tags", with("\"tags\": \"one\"")),
                Arguments.of("metadata", with("\"metadata\": \"text\"")),
                Arguments.of("name", with("\"name\": 5")),
                Arguments.of("name", with("\"name\": \"" + "x".repeat(256) + "\"")),
                Arguments.of("runMode", with("\"runMode\": \"LATER\"")),
                Arguments.of("circuit", "{\"shots\": 5}"),
                Arguments.of("circuit", "{\"circuit\": null}"),
                Arguments.of("circuit", "{\"circuit\": 5}"),
                Arguments.of("circuit", "{\"circuit\": [1, 2]}"),
                Arguments.of("shots", with("\"shots\": 5, \"shots\": 6")));
    }

    private static String with(String member) {
        return "{\"circuit\": " + Samples.BELL + ", " + member + "}";
    }

    @ParameterizedTest(name = "{index} {0}")
    @MethodSource("wrongFields")
    void a_wrong_field_is_named(String field, String body) {
        Answer refused = client.submit(body).refused(400, "INVALID_FIELD");
        assertThat(refused.text("field")).as("%s", refused).isEqualTo(field);
    }

    @Test
    void tags_are_checked_one_by_one() {
        Answer refused = client.submit(with("\"tags\": [\"good\", \"" + "x".repeat(51) + "\"]"))
                .refused(400, "INVALID_FIELD");
        assertThat(refused.text("field")).startsWith("tags");
        client.submit(with("\"tags\": [5]")).refused(400, "INVALID_FIELD");
        client.submit(with("\"tags\": [null]")).refused(400, "INVALID_FIELD");
        client.submit(with("\"tags\": [\"\"]")).refused(400, "INVALID_FIELD");
    }

    @Test
    void a_field_nobody_knows_is_named() {
        Answer refused = client.submit(with("\"shot\": 5")).refused(400, "UNKNOWN_FIELD");
        assertThat(refused.text("field")).isEqualTo("shot");
        assertThat(refused.text("detail")).contains("shots");
    }

    @Test
    void the_character_nul_is_refused_everywhere() {
        client.submit(with("\"name\": \"a\\u0000b\"")).refused(400, "INVALID_FIELD");
        client.submit(with("\"tags\": [\"a\\u0000\"]")).refused(400, "INVALID_FIELD");
        client.submit(with("\"metadata\": {\"a\\u0000\": 1}")).refused(400, "INVALID_FIELD");
        client.submit("{\"circuit\": \"OPENQASM 3.0;\\u0000\"}").refused(400, "INVALID_FIELD");
    }

    @Test
    void nesting_has_an_end() {
        client.submit("{\"circuit\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}")
                .refused(400, "INVALID_FIELD");
        client.submit(with("\"metadata\": " + "{\"a\":".repeat(1000) + "1" + "}".repeat(1000)))
                .refused(400, "INVALID_FIELD");
    }

    @Test
    void a_body_beyond_four_mebibytes_is_refused() {
        client.send("POST", "/api/v1/jobs", "application/json", bodyOf(5 << 20)).refused(413, "BODY_TOO_LARGE");
    }

    @Test
    void a_body_beyond_eight_mebibytes_is_not_even_read() {
        try {
            client.send("POST", "/api/v1/jobs", "application/json", bodyOf(9 << 20))
                    .expect(413);
        } catch (UncheckedIOException doorClosed) {
            // the server may close the connection while the body is still on its way
            assertThat(doorClosed).hasMessageContaining("/api/v1/jobs");
        }
        client.get("/api/v1/wallet").expect(200);
    }

    private static byte[] bodyOf(int bytes) {
        return ("{\"name\": \"" + "x".repeat(bytes) + "\"}").getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "application/x-www-form-urlencoded"})
    void another_media_type_is_refused(String type) {
        client.send("POST", "/api/v1/jobs", type, Samples.bell(5, 1, "").getBytes(StandardCharsets.UTF_8))
                .refused(415, "UNSUPPORTED_MEDIA_TYPE");
    }

    @Test
    void what_a_resource_does_not_do_is_told() {
        client.send("PUT", "/api/v1/jobs").refused(405, "METHOD_NOT_ALLOWED");
        client.send("PATCH", "/api/v1/jobs/" + UUID.randomUUID()).refused(405, "METHOD_NOT_ALLOWED");
        client.with("Accept", "image/png").get("/api/v1/jobs").refused(406, "NOT_ACCEPTABLE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/nothing",
                "/api/v1",
                "/api",
                "/nothing",
                "/WEB-INF/web.xml",
                "/api/v1/jobs/not-an-id",
                "/api/v1/jobs/00000000-0000-0000-0000-000000000000/nothing",
                "/api/v1/backends/none"
            })
    void there_is_nothing_at_an_unknown_path(String path) {
        client.get(path).refused(404, "NOT_FOUND");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/jobs/%2e%2e%2fwallet", "/api/v1/backends/%00", "/api/v1/backends/a%2Fb"})
    void odd_paths_are_refused_without_a_word_of_the_inside(String path) {
        Answer answer = client.get(path);
        assertThat(answer.status()).as("%s", answer).isIn(400, 404);
        answer.saysNothingOfItsInside();
    }

    @Test
    void a_state_too_large_for_any_machine_is_refused_before_it_is_allocated() {
        Answer refused = client.submit(Samples.job("{\"num_qubits\": 60, \"gates\": []}", 10, 1, ""))
                .refused(422, "CIRCUIT_TOO_LARGE");
        assertThat(refused.text("limit")).isEqualTo("qubits");
        assertThat(refused.text("detail")).contains("60 qubits").contains("16 EiB");
    }

    @Test
    void a_state_too_large_for_this_server_is_refused_with_its_size() {
        Answer refused = client.submit(Samples.job("{\"num_qubits\": 30, \"gates\": []}", 10, 1, ""))
                .refused(422, "CIRCUIT_TOO_LARGE");
        assertThat(refused.text("limit")).isEqualTo("memory");
        assertThat(refused.text("detail")).contains("16,384 MiB");
    }

    @Test
    void definitions_that_explode_are_counted_not_expanded() {
        StringBuilder program = new StringBuilder("OPENQASM 3.0;\ngate g0 q { U(0, 0, 0) q; U(0, 0, 0) q; }\n");
        for (int level = 1; level <= 60; level++) {
            program.append("gate g" + level + " q { g" + (level - 1) + " q; g" + (level - 1) + " q; }\n");
        }
        program.append("qubit q;\ng60 q;\n");
        refuse(program.toString(), 422, "CIRCUIT_TOO_LARGE");
        refuse("OPENQASM 3.0; qubit[2000000000] q;", 422, "CIRCUIT_TOO_LARGE");
        refuse("OPENQASM 3.0; qubit q; pow(1000000000) @ U(1, 2, 3) q;", 422, "CIRCUIT_TOO_LARGE");
    }

    @Test
    void an_error_in_open_qasm_is_told_with_its_place() {
        JsonObject problem = refuse("OPENQASM 3.0;\nqubit[2] q;\n  foo q[0];\n", 400, "INVALID_CIRCUIT")
                .json();
        assertThat(problem.getInt("line")).isEqualTo(3);
        assertThat(problem.getInt("column")).isEqualTo(3);
    }

    @Test
    void a_program_without_qubits_is_refused() {
        refuse("OPENQASM 3.0;\n", 400, "INVALID_CIRCUIT");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"num_qubits\": -1, \"gates\": []}",
                "{\"num_qubits\": 0, \"gates\": []}",
                "{\"num_qubits\": 1.5, \"gates\": []}",
                "{\"gates\": []}",
                "{\"num_qubits\": 1, \"gates\": [{\"type\": \"NOPE\", \"target\": 0}]}",
                "{\"num_qubits\": 1, \"gates\": [{\"type\": \"H\", \"target\": 1}]}",
                "{\"num_qubits\": 2, \"gates\": [{\"type\": \"CNOT\", \"control\": 0, \"target\": 0}]}",
                "{\"num_qubits\": 1, \"gates\": [{\"type\": \"RX\", \"target\": 0, \"parameter\": \"x\"}]}",
                "{\"num_qubits\": 1, \"gates\": {}}"
            })
    void an_error_in_circuit_json_is_told(String circuit) {
        client.submit(Samples.job(circuit, 10, 1, "")).refused(400, "INVALID_CIRCUIT");
    }

    private Answer refuse(String program, int status, String code) {
        return client.submit(Samples.job(Json.createValue(program).toString(), 10, 1, ""))
                .refused(status, code);
    }

    @Test
    void other_bodies_are_read_as_strictly() {
        HubClient anybody = RunningHub.hub().client();
        anybody.post("/api/v1/auth/register", "{\"username\": \"x\"}").refused(400, "INVALID_FIELD");
        anybody.post("/api/v1/auth/register", "{\"roles\": [\"ADMIN\"]}").refused(400, "UNKNOWN_FIELD");
        anybody.post("/api/v1/auth/login", "{").refused(400, "MALFORMED_JSON");
        anybody.post("/api/v1/auth/login", "{\"login\": \"nobody@example.org\", \"password\": \"wrong password\"}")
                .refused(401, "WRONG_CREDENTIALS");
        client.post("/api/v1/api-keys", "{\"name\": \"k\", \"expireAt\": \"2001-01-01T00:00:00Z\"}")
                .refused(400, "INVALID_FIELD");
        client.post("/api/v1/api-keys", "{\"name\": \"k\", \"expireAt\": \"soon\"}")
                .refused(400, "INVALID_FIELD");
        client.post("/api/v1/api-keys", "{\"name\": \" \"}").refused(400, "INVALID_FIELD");
    }

    @Test
    void a_request_id_comes_back_and_a_bad_one_is_replaced() {
        List<String> decent = List.of("abc-1", "2026/11/20:7");
        for (String id : decent) {
            Answer answer = client.with("X-Request-Id", id).get("/api/v1/jobs/" + UUID.randomUUID());
            assertThat(answer.refused(404, "NOT_FOUND").text("requestId")).isEqualTo(id);
        }
        Answer answer = client.with("X-Request-Id", "<script>alert(1)</script>").get("/api/v1/wallet");
        assertThat(answer.expect(200).header("X-Request-Id")).isNotEmpty().doesNotContain("script");
    }
}
