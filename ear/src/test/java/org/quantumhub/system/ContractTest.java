package org.quantumhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quantumhub.execution.JobStatus;
import org.quantumhub.shared.ProblemCode;
import org.yaml.snakeyaml.Yaml;

/// What clients and operators rely on, held against what is written down.
///
/// `docs/api/openapi.yaml` is what the server says at `/openapi`, which the build wrote. When a change of the API is
/// meant, this writes it anew:
/// `mvn verify -Dtest=ContractTest -Dsurefire.failIfNoSpecifiedTests=false -Dhub.openapi.write=true`
@Story
class ContractTest {

    private static final HubClient ANYBODY = RunningHub.hub().client();
    private static final String SCHEMA = "mp.openapi.schema.";
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    @Test
    void the_api_is_as_documented() throws IOException {
        String said = ANYBODY.with("Accept", "application/yaml")
                .get("/openapi")
                .expect(200)
                .body();
        Path documented = Project.folder().resolve("docs/api/openapi.yaml");
        if (Boolean.getBoolean("hub.openapi.write")) {
            Files.createDirectories(documented.getParent());
            Files.writeString(documented, said);
        }
        Object written = new Yaml().load(Project.read(documented));
        Object spoken = new Yaml().load(said);
        assertThat(spoken)
                .as("/openapi against docs/api/openapi.yaml; see the comment of this class")
                .isEqualTo(written);
    }

    @Test
    void words_of_a_fixed_set_are_all_named() throws IOException, ClassNotFoundException {
        Properties configured = new Properties();
        configured.load(new StringReader(
                Project.read(Project.folder().resolve("web-module/src/main/openapi/names.properties"))));
        Set<String> types = configured.stringPropertyNames().stream()
                .filter(name -> name.startsWith(SCHEMA))
                .collect(Collectors.toSet());
        assertThat(types).isNotEmpty();
        for (String type : types) {
            List<String> words = Arrays.stream(
                            Class.forName(type.substring(SCHEMA.length())).getEnumConstants())
                    .map(word -> ((Enum<?>) word).name())
                    .toList();
            List<?> named = (List<?>) ((Map<?, ?>) new Yaml().load(configured.getProperty(type))).get("enum");
            assertThat(named).as(type).isEqualTo(words);
        }
        JsonObject schemas = ANYBODY.get("/openapi?format=json")
                .expect(200)
                .json()
                .getJsonObject("components")
                .getJsonObject("schemas");
        assertThat(schemas.getJsonObject("Job").getJsonObject("properties").keySet())
                .contains("id", "status", "shots", "actualCost", "tags", "submittedAt");
        assertThat(schemas.getJsonObject("JobStatus").getJsonArray("enum")).hasSameSizeAs(JobStatus.values());
    }

    private static Map<String, JsonObject> operations() {
        Map<String, JsonObject> operations = new TreeMap<>();
        JsonObject api = ANYBODY.get("/openapi?format=json").expect(200).json();
        api.getJsonObject("paths")
                .forEach((path, item) -> item.asJsonObject().forEach((method, operation) -> {
                    if (METHODS.contains(method)) {
                        operations.put(method + " " + path, operation.asJsonObject());
                    }
                }));
        return operations;
    }

    @Test
    void every_operation_has_a_name_of_its_own_and_says_what_it_answers() {
        Set<String> names = new HashSet<>();
        operations().forEach((place, operation) -> {
            assertThat(place).contains(" /api/v1/");
            assertThat(operation.getString("operationId", "")).as(place).isNotEmpty();
            assertThat(names.add(operation.getString("operationId"))).as(place).isTrue();
            assertThat(operation.getString("summary", "")).as(place).isNotEmpty();
            List<String> successes = operation.getJsonObject("responses").keySet().stream()
                    .filter(status -> status.startsWith("2") || status.equals("303"))
                    .toList();
            assertThat(successes).as(place).isNotEmpty();
            for (String status : successes) {
                JsonObject response = operation.getJsonObject("responses").getJsonObject(status);
                if (!Set.of("204", "303").contains(status)) {
                    assertThat(schema(response)).as(place + " " + status).isTrue();
                }
            }
        });
        assertThat(names).contains("submitJob", "getJob", "getJobResult", "listJobs", "register", "login");
    }

    private static boolean schema(JsonObject response) {
        JsonObject content = response.getJsonObject("content");
        return content != null
                && content.values().stream()
                        .map(JsonValue::asJsonObject)
                        .anyMatch(media -> media.containsKey("schema")
                                && !media.getJsonObject("schema").isEmpty());
    }

    @Test
    void the_page_of_problems_lists_each_code_with_its_status() {
        Matcher rows = Pattern.compile("(?m)^\\| `([A-Z_]+)` \\| (\\d{3}) \\| ([^|]+)\\|")
                .matcher(Project.read(Project.folder().resolve("docs/problems.md")));
        List<String> documented = new ArrayList<>();
        while (rows.find()) {
            documented.add(rows.group(1) + " " + rows.group(2));
            assertThat(rows.group(3).strip()).as(rows.group(1)).isNotEmpty();
        }
        assertThat(documented)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ProblemCode.values())
                        .map(code -> code + " " + code.kind().status())
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({
        "/health/started, started",
        "/health/live, live",
        "/health/ready, database schema batch-store ticker",
        "/health, started live database schema batch-store ticker"
    })
    void health_names_its_checks_and_the_start_they_were_made_in(String path, String expected) {
        JsonObject health = ANYBODY.get(path).expect(200).json();
        assertThat(health.getString("status")).isEqualTo("UP");
        List<String> names = new ArrayList<>();
        for (JsonObject check : health.getJsonArray("checks").getValuesAs(JsonObject.class)) {
            names.add(check.getString("name"));
            assertThat(check.getString("status")).isEqualTo("UP");
            assertThat(check.getJsonObject("data").getString("instance"))
                    .isEqualTo(RunningHub.hub().instance());
        }
        assertThat(names).containsExactlyInAnyOrder(expected.split(" "));
    }

    @Test
    void readiness_says_no_when_the_schema_is_behind() {
        Sql sql = RunningHub.hub().sql();
        String id = sql.value("select max(id) from databasechangelog where id like 'execution-%'");
        sql.run("update databasechangelog set id = ? where id = ?", "away-" + id, id);
        try {
            JsonObject health = ANYBODY.get("/health/ready").expect(503).json();
            assertThat(health.getString("status")).isEqualTo("DOWN");
        } finally {
            sql.run("update databasechangelog set id = ? where id = ?", id, "away-" + id);
        }
        ANYBODY.get("/health/ready").expect(200);
    }

    @Test
    void what_happens_can_be_measured() {
        HubClient somebody = ANYBODY.register().client();
        UUID job = somebody.submit(Samples.bell(10, 1, "")).expect(201).id();
        somebody.ended(job);
        String metrics = ANYBODY.get("/metrics").expect(200).body();
        assertThat(Stream.of("hub_jobs_submitted", "hub_jobs_ended", "hub_lane_jobs_begun", "hub_job_queue_seconds")
                        .filter(name -> !metrics.contains("\n" + name)))
                .as("missing in /metrics")
                .isEmpty();
        assertThat(Metrics.of(metrics, "hub_jobs_submitted")).isPositive();
    }

    @Test
    void the_page_to_try_the_api_is_there() {
        Answer page = ANYBODY.get("/openapi/ui/").expect(200);
        assertThat(page.header("Content-Type")).contains("text/html");
    }

    @Test
    void answers_carry_the_headers_of_a_careful_server() {
        Answer answer = ANYBODY.get("/api/v1/wallet").expect(401);
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Server")).isEmpty();
        assertThat(answer.header("X-Powered-By")).isEmpty();
        String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        assertThat(ANYBODY.with("traceparent", trace).get("/api/v1/wallet").header("traceparent"))
                .isEqualTo(trace);
    }
}
