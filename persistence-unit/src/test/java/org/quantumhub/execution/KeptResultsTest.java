package org.quantumhub.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quantumhub.execution.JobEndings.Attempt;
import org.quantumhub.launch.DatabaseAddress;
import org.quantumhub.launch.Migrations;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.TestDatabase;
import org.quantumhub.shared.TestDatabase.Role;
import org.quantumhub.shared.TestDatabase.Tenant;
import org.quantumhub.shared.TestEntities;

/// Results with and without a histogram, a group of them in one statement.
class KeptResultsTest {

    private static final TestDatabase DATABASE = TestDatabase.hub();

    private static final String REST = "{\"simulator\": \"s\"}";
    private static final KeptResult NAMED = KeptResult.of("{\"counts\": {\"00\": 100}}");
    private static final KeptResult ONE_BIT = new KeptResult(REST, histogram(Map.of("0", 60, "1", 40)));
    private static final KeptResult TWO_BITS = new KeptResult(REST, histogram(Map.of("00", 1, "01", 2, "11", 97)));
    private static final String ONE_BIT_TEXT =
            "{\"counts\":{\"0\":60,\"1\":40},\"probabilities\":{\"0\":0.6,\"1\":0.4},\"simulator\": \"s\"}";
    private static final String TWO_BITS_TEXT = "{\"counts\":{\"00\":1,\"01\":2,\"11\":97},"
            + "\"probabilities\":{\"00\":0.01,\"01\":0.02,\"11\":0.97},\"simulator\": \"s\"}";

    private static Tenant tenant;

    private final JobKit jobs = new JobKit();
    private final UUID server = Ids.next();

    private static Histogram histogram(Map<String, Integer> counts) {
        Map<String, Double> shares = new HashMap<>();
        counts.forEach((bits, count) -> shares.put(bits, count / 100.0));
        return Histogram.of(counts, shares).orElseThrow();
    }

    @BeforeAll
    static void a_team() throws Exception {
        tenant = DATABASE.tenant("100.00");
    }

    @BeforeEach
    void nothing_is_queued() throws Exception {
        jobs.clear();
    }

    private static Attempt attempt(ClaimedJob job, @Nullable KeptResult counts) {
        String digest = "ab".repeat(32);
        return new Attempt(
                job,
                counts != null
                        ? new Outcome.Succeeded(0.1, counts, "[\"0\"]")
                        : new Outcome.Succeeded(
                                0.1,
                                null,
                                null,
                                "{\"COUNTS\": {\"path\": \"a/" + job.id() + "\", \"size\": 70000, \"digest\": \""
                                        + digest + "\"}}",
                                List.of()),
                JobKit.ESTIMATE);
    }

    /// What there is of each job's counts: its text, or that it lies elsewhere.
    private static List<String> texts(List<UUID> ids) {
        return TestEntities.ask(tenant, entities -> {
            JobRepository repository = new JobRepository();
            repository.entities = entities;
            return ids.stream()
                    .map(id -> repository
                            .result(id, JobResult.COUNTS)
                            .orElseThrow()
                            .kept())
                    .map(kept -> kept == null ? "elsewhere" : kept.text())
                    .toList();
        });
    }

    @Test
    void each_job_of_a_group_that_ended_keeps_its_own() throws Exception {
        List<@Nullable KeptResult> results = new ArrayList<>();
        results.add(TWO_BITS);
        results.add(NAMED);
        results.add(null);
        results.add(ONE_BIT);
        results.add(TWO_BITS);
        for (int i = 0; i < results.size(); i++) {
            jobs.queued(tenant);
        }
        List<ClaimedJob> claimed = jobs.claim(server, results.size());
        List<Attempt> group = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            group.add(attempt(claimed.get(i), results.get(i)));
        }
        assertThat(jobs.settle(group.toArray(Attempt[]::new))).hasSize(5);
        assertThat(texts(claimed.stream().map(ClaimedJob::id).toList()))
                .containsExactly(TWO_BITS_TEXT, NAMED.json(), "elsewhere", ONE_BIT_TEXT, TWO_BITS_TEXT);
    }

    @Test
    void so_does_each_job_of_a_group_that_is_born_with_its_end() throws Exception {
        List<NewJobRow> rows = List.of(JobKit.row(tenant), JobKit.row(tenant), JobKit.row(tenant));
        List<KeptResult> results = List.of(ONE_BIT, NAMED, TWO_BITS);
        Arrival[] arrivals = new Arrival[3];
        for (int i = 0; i < 3; i++) {
            ClaimedJob job = ClaimedJob.unwritten(rows.get(i), null);
            arrivals[i] = Arrival.ended(rows.get(i), attempt(job, results.get(i)), server);
        }
        jobs.arrive(tenant, arrivals);
        assertThat(texts(rows.stream().map(NewJobRow::id).toList()))
                .containsExactly(ONE_BIT_TEXT, NAMED.json(), TWO_BITS_TEXT);
        List<List<@Nullable String>> columns = DATABASE.ask(
                Role.WORKER,
                c -> TestDatabase.rows(
                        c,
                        "select result_data, counts, probabilities from hub.job_results where job_id = ? and primary_result",
                        rows.getLast().id()));
        assertThat(columns).containsExactly(List.of(REST, "{1,2,0,97}", "{0.01,0.02,0,0.97}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "COUNTS | {}              | {1,2}      | -",
                "COUNTS | {}              | -          | {0.5,0.5}",
                "COUNTS | {}              | {1,2}      | {0.5,0.5,0,0}",
                "COUNTS | {}              | {1,2,3}    | {0.5,0.5,0}",
                "COUNTS | {}              | {1}        | {1}",
                "COUNTS | {}              | {}         | {}",
                "COUNTS | {}              | {1,null}   | {0.5,0.5}",
                "COUNTS | {}              | {1,2}      | {0.5,null}",
                "COUNTS | {}              | {{1,2}}    | {{0.5,0.5}}",
                "COUNTS | {}              | [0:1]={1,2} | {0.5,0.5}",
                "COUNTS | {\"counts\": 1} | {1,2}      | {0.5,0.5}",
                "MEMORY | {}              | {1,2}      | {0.5,0.5}"
            })
    void lists_that_do_not_say_what_a_result_says_are_refused(
            String type, String json, @Nullable String counts, @Nullable String probabilities) throws Exception {
        NewJobRow row = JobKit.row(tenant);
        jobs.submit(tenant, row);
        assertThatThrownBy(() -> DATABASE.inTransaction(
                        Role.WORKER,
                        c -> TestDatabase.change(
                                c,
                                "insert into hub.job_results (id, team_id, job_id, result_type, result_data, shots, quantum_time_seconds,"
                                        + " fence, counts, probabilities) values (?, ?, ?, ?, ?::jsonb, 1, 0, 1, ?::int[], ?::float8[])",
                                Ids.next(),
                                tenant.team(),
                                row.id(),
                                type,
                                json,
                                counts,
                                probabilities)))
                .hasMessageContaining("job_results_histogram");
    }

    @Test
    void an_older_hub_gets_them_back_as_json() throws Exception {
        DatabaseAddress address = DATABASE.emptyDatabase("histograms");
        Migrations migrations = DATABASE.migrations(address);
        migrations.update();
        try (Connection superuser = DATABASE.connect(address, Role.SUPERUSER)) {
            furnish(superuser);
            String later = TestDatabase.value(superuser, """
                    select count(*) from hub.databasechangelog
                     where orderexecuted >= (select orderexecuted from hub.databasechangelog where id = 'execution-0524-histograms')
                    """);
            migrations.rollback(Integer.parseInt(String.valueOf(later)));
            assertThat(TestDatabase.column(superuser, "select result_data from hub.job_results order by shots"))
                    .containsExactly(
                            "{\"counts\": {\"00\": 1, \"01\": 2, \"11\": 97}, \"simulator\": \"s\","
                                    + " \"probabilities\": {\"00\": 0.01, \"01\": 0.02, \"11\": 0.97}}",
                            "{\"counts\": {\"00\": 100}}");
            assertThat(TestDatabase.value(
                            superuser,
                            "select relforcerowsecurity from pg_class where oid = 'hub.job_results'::regclass"))
                    .isEqualTo("t");
            assertThatThrownBy(() -> TestDatabase.change(superuser, "update hub.job_results set shots = 3"))
                    .as("append-only again")
                    .isInstanceOf(SQLException.class);
        }
    }

    private static void furnish(Connection superuser) throws SQLException {
        TestDatabase.change(
                superuser,
                "insert into hub.users (id, username, email, password_hash) values (gen_random_uuid(), 'u', 'u', 'x')");
        TestDatabase.change(superuser, "insert into hub.teams (id, name, slug) values (gen_random_uuid(), 't', 't')");
        TestDatabase.change(superuser, """
                insert into hub.jobs (id, team_id, user_id, backend_slug, program, program_format, shots, seed, qubit_count, gate_count,
                                      depth, status, queued_at, estimated_cost, currency, price_version_id)
                select uuidv7(), t.id, u.id, 'hub-statevector', 'x', 'OPENQASM2', s.shots, 1, 1, 1, 1, 'QUEUED', now(), 0, 'USD', ?
                  from hub.users u, hub.teams t, generate_series(1, 2) as s (shots)
                """, JobKit.PRICE);
        TestDatabase.change(superuser, """
                insert into hub.job_results (id, team_id, job_id, result_type, result_data, shots, quantum_time_seconds, fence,
                                             counts, probabilities)
                select gen_random_uuid(), j.team_id, j.id, 'COUNTS', r.json::jsonb, j.shots, 0, 1, r.counts, r.probabilities
                  from hub.jobs j
                  join (values (1, '{"simulator": "s"}', '{1,2,0,97}'::int[], '{0.01,0.02,0,0.97}'::float8[]),
                               (2, '{"counts": {"00": 100}}', null, null)) as r (shots, json, counts, probabilities) on r.shots = j.shots
                """);
    }
}
