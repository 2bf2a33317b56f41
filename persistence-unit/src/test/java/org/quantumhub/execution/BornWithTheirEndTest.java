package org.quantumhub.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quantumhub.execution.JobEndings.Attempt;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.Money;
import org.quantumhub.shared.TestDatabase;
import org.quantumhub.shared.TestDatabase.Role;
import org.quantumhub.shared.TestDatabase.Tenant;

/// Jobs that ran inside the request that brought them: written once, with everything a job has that went the long way.
class BornWithTheirEndTest {

    private static final TestDatabase DATABASE = TestDatabase.hub();
    private static Tenant tenant;

    private final JobKit jobs = new JobKit();
    private final UUID server = Ids.next();
    private NewJobRow row;

    @BeforeAll
    static void a_team() throws Exception {
        tenant = DATABASE.tenant("100.00");
    }

    @BeforeEach
    void a_job() {
        row = JobKit.row(tenant);
    }

    private void arrive(Outcome outcome, String cost) throws SQLException {
        jobs.arrive(
                tenant,
                Arrival.ended(
                        row, new Attempt(ClaimedJob.unwritten(row, null), outcome, Money.of(cost, "USD")), server));
    }

    @Test
    void one_that_ran_has_its_results_its_cost_and_its_way() throws Exception {
        arrive(new Outcome.Succeeded(1.25, KeptResult.of("{\"00\": 48, \"11\": 52}"), "[\"00\", \"11\"]"), "0.0015");
        assertThat(JobKit.column("status", row.id())).isEqualTo("COMPLETED");
        assertThat(JobKit.column("execution_mode", row.id())).isEqualTo("DIRECT");
        assertThat(JobKit.column("actual_cost", row.id())).isEqualTo("0.00150000");
        assertThat(JobKit.column("quantum_time_seconds", row.id())).isEqualTo("1.250000");
        assertThat(JobKit.column("wall_time_seconds", row.id())).isEqualTo("1.250000");
        assertThat(JobKit.column("lease_owner", row.id())).isEqualTo(server.toString());
        assertThat(JobKit.column("fence = 1 and lease_until is null and sub_status is null", row.id()))
                .isEqualTo("t");
        assertThat(JobKit.column(
                        "queued_at = submitted_at and started_at = submitted_at and completed_at = submitted_at",
                        row.id()))
                .isEqualTo("t");
        assertThat(JobKit.results(row.id()))
                .containsExactly("COUNTS {\"00\": 48, \"11\": 52} t", "MEMORY [\"00\", \"11\"] f");
        assertThat(JobKit.events(row.id())).containsExactly("SUBMITTED", "QUEUED", "RUNNING", "COMPLETED");
        assertThat(ask("select distinct worker from hub.job_events where job_id = ?"))
                .containsExactly(server.toString());
        assertThat(ask("select id::text from hub.job_logs where job_id = ?")).isEmpty();
    }

    @Test
    void one_that_failed_says_why_in_its_row_its_last_event_and_its_log() throws Exception {
        arrive(new Outcome.Failed(0.5, "SIMULATION_FAILED", "It \"broke\"."), "0");
        assertThat(JobKit.column("status || ' ' || status_reason || ' ' || error_message", row.id()))
                .isEqualTo("FAILED SIMULATION_FAILED It \"broke\".");
        assertThat(JobKit.results(row.id())).isEmpty();
        assertThat(
                        ask(
                                "select concat_ws(' ', status, reason, message) from hub.job_events where job_id = ? order by id"))
                .containsExactly("SUBMITTED", "QUEUED", "RUNNING", "FAILED SIMULATION_FAILED It \"broke\".");
        assertThat(ask("select concat_ws(' ', attempt, stream, level, message) from hub.job_logs where job_id = ?"))
                .containsExactly("1 PLATFORM ERROR SIMULATION_FAILED: It \"broke\".");
    }

    @Test
    void what_lies_in_the_object_store_is_told() throws Exception {
        String digest = "ab".repeat(32);
        String stored = "{\"COUNTS\": {\"path\": \"a/b\", \"size\": 70000, \"digest\": \"" + digest + "\"}}";
        arrive(new Outcome.Succeeded(0.1, null, null, stored, List.of("a/b")), "0.002");
        assertThat(ask(
                        "select concat_ws(' ', result_type, storage_path, size_bytes, encode(digest, 'hex'), primary_result)"
                                + " from hub.job_results where job_id = ?"))
                .containsExactly("COUNTS a/b 70000 " + digest + " t");
    }

    @Test
    void those_that_wait_are_written_beside_them() throws Exception {
        NewJobRow waits = JobKit.row(tenant);
        jobs.arrive(
                tenant,
                Arrival.waiting(waits),
                Arrival.ended(row, JobKit.succeeded(ClaimedJob.unwritten(row, null)), server));
        assertThat(JobKit.column("status", waits.id())).isEqualTo("QUEUED");
        assertThat(JobKit.column("execution_mode", waits.id())).isEqualTo("BATCH");
        assertThat(JobKit.column(
                        "fence = 0 and lease_owner is null and started_at is null and actual_cost is null", waits.id()))
                .isEqualTo("t");
        assertThat(JobKit.column("status", row.id())).isEqualTo("COMPLETED");
        jobs.clear();
    }

    @Test
    void nobody_is_born_cancelled() {
        assertThatThrownBy(() -> arrive(new Outcome.Cancelled(0.1), "0"))
                .hasMessageContaining("no job begins as CANCELLED");
    }

    @ParameterizedTest
    @CsvSource({
        "COMPLETED, BATCH, 1, true, true",
        "COMPLETED, DIRECT, 0, true, true",
        "COMPLETED, DIRECT, 2, true, true",
        "COMPLETED, DIRECT, 1, false, true",
        "FAILED, DIRECT, 1, true, false",
        "RUNNING, DIRECT, 1, true, true"
    })
    void nobody_is_born_with_an_end_that_no_server_can_have_made(
            String status, String mode, int fence, boolean owned, boolean started) {
        assertThatThrownBy(() -> DATABASE.inTransaction(
                        Role.APP,
                        tenant,
                        c -> TestDatabase.change(
                                c,
                                """
                                insert into hub.jobs (id, team_id, user_id, backend_slug, program, program_format, shots, seed,
                                                      qubit_count, gate_count, depth, status, execution_mode, fence, lease_owner,
                                                      lease_until, started_at, completed_at, actual_cost, error_message,
                                                      estimated_cost, currency, price_version_id)
                                select ?, ?, ?, 'hub-statevector', 'x', 'OPENQASM2', 1, 1, 1, 1, 1, s.status, ?, ?,
                                       case when ? then gen_random_uuid() end, now(), case when ? then now() end,
                                       case when s.status <> 'RUNNING' then now() end, case when s.status <> 'RUNNING' then 0 end,
                                       case when s.status = 'FAILED' then 'none' end, 0.002, 'USD', ?
                                  from (values (?)) as s (status)
                                """,
                                Ids.next(),
                                tenant.team(),
                                tenant.user(),
                                mode,
                                fence,
                                owned,
                                started,
                                JobKit.PRICE,
                                status)))
                .hasMessageContaining("no job begins as " + status);
    }

    private List<String> ask(String sql) throws SQLException {
        return DATABASE.ask(Role.WORKER, c -> TestDatabase.column(c, sql, row.id()));
    }
}
