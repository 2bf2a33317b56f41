package org.quantumhub.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.TestDatabase;
import org.quantumhub.shared.TestDatabase.Role;
import org.quantumhub.shared.TestDatabase.Tenant;

/// The life cycle as the database guards it. Each test runs in one transaction of the worker that is rolled back.
class JobLifecycleTest {

    private static final TestDatabase DATABASE = TestDatabase.hub();
    private static Tenant tenant;

    private static Connection connection;

    @BeforeAll
    static void a_team() throws Exception {
        tenant = DATABASE.tenant("1.00");
        connection = DATABASE.connect(Role.WORKER);
        connection.setAutoCommit(false);
    }

    @AfterEach
    void undo() throws Exception {
        connection.rollback();
    }

    @AfterAll
    static void leave() throws Exception {
        connection.close();
    }

    @Test
    void the_table_of_steps_equals_the_enumeration() throws Exception {
        List<List<String>> steps = new ArrayList<>();
        for (JobStatus from : JobStatus.values()) {
            from.next().forEach(to -> steps.add(List.of(from.name(), to.name())));
        }
        assertThat(TestDatabase.rows(connection, "select from_status, to_status from hub.job_transitions"))
                .map(row -> row.stream().map(String::valueOf).toList())
                .containsExactlyInAnyOrderElementsOf(steps);
    }

    static Stream<Arguments> pairs() {
        return Stream.of(JobStatus.values())
                .flatMap(from ->
                        Stream.of(JobStatus.values()).filter(to -> to != from).map(to -> Arguments.of(from, to)));
    }

    @ParameterizedTest(name = "{0} to {1}")
    @MethodSource("pairs")
    void exactly_the_steps_of_the_life_cycle_are_taken(JobStatus from, JobStatus to) throws Exception {
        UUID job = at(from);
        if (from.next().contains(to)) {
            assertThatCode(() -> move(job, to)).doesNotThrowAnyException();
            assertThat(status(job)).isEqualTo(to.name());
        } else {
            assertThatThrownBy(() -> move(job, to)).hasMessageContaining("no way from " + from + " to " + to);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = JobStatus.class,
            names = {"PROVISIONING", "RUNNING", "CANCELLING", "COMPLETED", "FAILED", "CANCELLED"})
    void no_job_begins_in_the_middle_or_at_the_end(JobStatus status) {
        assertThatThrownBy(() -> insert(Ids.next(), status)).hasMessageContaining("no job begins as " + status);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "id, gen_random_uuid()",
                "team_id, gen_random_uuid()",
                "user_id, gen_random_uuid()",
                "backend_slug, 'other'",
                "shots, 2",
                "seed, 99",
                "program_format, 'OPENQASM3'",
                "estimated_cost, 0",
                "currency, 'EUR'",
                "price_version_id, gen_random_uuid()",
                "submitted_at, now() - interval '1 day'",
                "created_at, now()",
                "program, 'y'",
                "memory, true",
                "parameters, '{}'",
                "run_mode, 'BLOCKING'",
                "job_type, 'VQE'"
            })
    void what_was_submitted_and_priced_stays(String column, String value) throws Exception {
        UUID job = at(JobStatus.QUEUED);
        assertThatThrownBy(() -> TestDatabase.change(
                        connection, "update hub.jobs set " + column + " = " + value + " where id = ?", job))
                .hasMessageContaining("never changed");
    }

    @Test
    void the_cost_of_an_ended_job_stays() throws Exception {
        UUID job = at(JobStatus.COMPLETED);
        assertThatThrownBy(() ->
                        TestDatabase.change(connection, "update hub.jobs set actual_cost = 0.5 where id = ?", job))
                .hasMessageContaining("never changed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ", status = 'CANCELLING'"})
    void the_fence_never_goes_back(String step) throws Exception {
        UUID job = at(JobStatus.RUNNING);
        TestDatabase.change(connection, "update hub.jobs set fence = 5 where id = ?", job);
        assertThatThrownBy(() ->
                        TestDatabase.change(connection, "update hub.jobs set fence = 4" + step + " where id = ?", job))
                .hasMessageContaining("fence never goes back");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "RUNNING | status = 'COMPLETED', completed_at = now() | jobs_cost_known",
                "RUNNING | status = 'COMPLETED', actual_cost = 0 | jobs_cost_known",
                "RUNNING | actual_cost = 0 | jobs_cost_known",
                "RUNNING | completed_at = now(), actual_cost = 0 | jobs_end",
                "RUNNING | status = 'COMPLETED', completed_at = now(), actual_cost = 'NaN' | actual_cost",
                "RUNNING | status = 'COMPLETED', completed_at = now(), actual_cost = -1 | actual_cost",
                "RUNNING | status = 'FAILED', completed_at = now(), actual_cost = 0 | jobs_failed_reason",
                "QUEUED | status = 'CANCELLED', completed_at = now(), actual_cost = 0.1 | jobs_cancelled_free",
                "QUEUED | status = 'RUNNING', fence = 1, lease_owner = gen_random_uuid() | jobs_lease",
                "QUEUED | status = 'RUNNING', fence = 1, lease_until = now() | jobs_lease",
                "QUEUED | status = 'RUNNING', lease_owner = gen_random_uuid(), lease_until = now() | jobs_lease",
                "QUEUED | sub_status = 'DREAMING' | sub_status"
            })
    void a_step_brings_the_facts_that_belong_to_it(JobStatus from, String change, String rule) throws Exception {
        UUID job = at(from);
        assertThatThrownBy(
                        () -> TestDatabase.change(connection, "update hub.jobs set " + change + " where id = ?", job))
                .hasMessageContaining(rule);
    }

    /// The mark of a job that ran without a lease: its next attempt, by whom, and since when.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "fence = 1, lease_owner = gen_random_uuid(), started_at = now() | `` ",
                "lease_owner = gen_random_uuid(), started_at = now() | no way from QUEUED to COMPLETED",
                "fence = 2, lease_owner = gen_random_uuid(), started_at = now() | no way from QUEUED to COMPLETED",
                "fence = 1, started_at = now() | no way from QUEUED to COMPLETED",
                "fence = 1, lease_owner = gen_random_uuid() | no way from QUEUED to COMPLETED"
            })
    void a_job_that_waits_completes_only_with_the_mark_of_who_ran_it(String mark, String refusal) throws Exception {
        UUID job = at(JobStatus.QUEUED);
        ThrowingCallable step = () -> TestDatabase.change(
                connection,
                "update hub.jobs set status = 'COMPLETED', completed_at = now(), actual_cost = 0, " + mark
                        + " where id = ?",
                job);
        if (refusal.isBlank()) {
            assertThatCode(step).doesNotThrowAnyException();
            assertThat(events(job)).containsExactly("SUBMITTED", "QUEUED", "RUNNING", "COMPLETED");
        } else {
            assertThatThrownBy(step).hasMessageContaining(refusal);
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"circuit_data, '{}', OPENQASM2", "program, 'x', CIRCUIT_JSON"})
    void code_is_what_its_format_says(String column, String code, String format) {
        assertThatThrownBy(() -> TestDatabase.change(
                        connection,
                        """
                        insert into hub.jobs (id, team_id, user_id, backend_slug, %s, program_format, shots, seed, qubit_count,
                                              gate_count, depth, estimated_cost, currency, price_version_id)
                        values (?, ?, ?, 'hub-statevector', %s, '%s', 1, 1, 1, 1, 1, 0, 'USD', ?)
                        """.formatted(column, code, format),
                        Ids.next(),
                        tenant.team(),
                        tenant.user(),
                        JobKit.PRICE))
                .hasMessageContaining("jobs_format");
    }

    @Test
    void a_birth_tells_its_whole_way_to_where_it_stands() throws Exception {
        NewJobRow queued = JobKit.row(tenant);
        new JobRegister().add(connection, List.of(queued));
        assertThat(events(queued.id())).containsExactly("SUBMITTED", "QUEUED");
        UUID submitted = Ids.next();
        insert(submitted, JobStatus.SUBMITTED);
        assertThat(events(submitted)).containsExactly("SUBMITTED");
    }

    @Test
    void each_step_of_each_job_is_told_once() throws Exception {
        UUID one = at(JobStatus.QUEUED);
        UUID other = at(JobStatus.QUEUED);
        assertThat(TestDatabase.change(
                        connection,
                        "update hub.jobs set status = 'RUNNING', fence = 1, lease_owner = ?, lease_until = now() where id in (?, ?)",
                        Ids.next(),
                        one,
                        other))
                .isEqualTo(2);
        TestDatabase.change(connection, "update hub.jobs set sub_status = 'COMPILING' where id = ?", one);
        TestDatabase.change(connection, "update hub.jobs set lease_until = now() where id = ?", one);
        TestDatabase.change(
                connection, "update hub.jobs set fence = 2, status_reason = 'TAKEN_OVER' where id = ?", one);
        move(one, JobStatus.COMPLETED);
        assertThat(events(one)).containsExactly("SUBMITTED", "QUEUED", "RUNNING", "RUNNING", "RUNNING", "COMPLETED");
        assertThat(events(other)).containsExactly("SUBMITTED", "QUEUED", "RUNNING");
        assertThat(TestDatabase.column(
                        connection, "select fence from hub.job_events where job_id = ? order by id", one))
                .containsExactly("0", "0", "1", "1", "2", "2");
    }

    private UUID at(JobStatus status) throws SQLException {
        UUID job = Ids.next();
        insert(job, JobStatus.SUBMITTED);
        for (JobStatus step : way(status)) {
            move(job, step);
        }
        return job;
    }

    /// The shortest way there.
    private static List<JobStatus> way(JobStatus goal) {
        Map<JobStatus, List<JobStatus>> ways = new EnumMap<>(JobStatus.class);
        ways.put(JobStatus.SUBMITTED, List.of());
        Deque<JobStatus> open = new ArrayDeque<>(List.of(JobStatus.SUBMITTED));
        while (!ways.containsKey(goal)) {
            JobStatus from = open.remove();
            for (JobStatus to : from.next()) {
                if (!ways.containsKey(to)) {
                    List<JobStatus> way = new ArrayList<>(Objects.requireNonNull(ways.get(from)));
                    way.add(to);
                    ways.put(to, way);
                    open.add(to);
                }
            }
        }
        return Objects.requireNonNull(ways.get(goal));
    }

    /// Takes a step with everything a step may have to bring, so that only the step itself can be refused.
    private void move(UUID job, JobStatus to) throws SQLException {
        TestDatabase.change(connection, """
                update hub.jobs j
                   set status = ?, fence = fence + case when w.works then 1 else 0 end,
                       lease_owner = case when w.works then gen_random_uuid() else lease_owner end,
                       lease_until = case when w.works then now() else lease_until end,
                       error_message = case when w.fails then 'none' else error_message end,
                       completed_at = case when w.ends then now() end, actual_cost = case when w.ends then 0 else actual_cost end
                  from (values (?::boolean, ?::boolean, ?::boolean)) as w (works, fails, ends)
                 where id = ?
                """, to.name(), works(to), to == JobStatus.FAILED, to.isFinal(), job);
    }

    private void insert(UUID job, JobStatus status) throws SQLException {
        TestDatabase.change(
                connection,
                """
                insert into hub.jobs (id, team_id, user_id, backend_slug, program, program_format, shots, seed, qubit_count,
                                      gate_count, depth, status, estimated_cost, currency, price_version_id, completed_at, actual_cost,
                                      error_message, lease_owner, lease_until, fence)
                select ?, ?, ?, 'hub-statevector', 'x', 'OPENQASM2', 1, 1, 1, 1, 1, ?, 0.002, 'USD', ?,
                       case when s then now() end, case when s then 0 end, case when s then 'none' end,
                       case when r then gen_random_uuid() end, case when r then now() end, case when r then 1 else 0 end
                  from (values (?::boolean, ?::boolean)) as f (s, r)
                """,
                job,
                tenant.team(),
                tenant.user(),
                status.name(),
                JobKit.PRICE,
                status.isFinal(),
                works(status));
    }

    private static boolean works(JobStatus status) {
        return status == JobStatus.RUNNING || status == JobStatus.PROVISIONING;
    }

    private String status(UUID job) throws SQLException {
        return TestDatabase.value(connection, "select status from hub.jobs where id = ?", job);
    }

    private List<String> events(UUID job) throws SQLException {
        return TestDatabase.column(connection, "select status from hub.job_events where job_id = ? order by id", job)
                .stream()
                .map(String::valueOf)
                .toList();
    }
}
