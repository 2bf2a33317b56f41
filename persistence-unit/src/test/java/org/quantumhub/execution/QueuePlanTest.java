package org.quantumhub.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quantumhub.launch.DatabaseAddress;
import org.quantumhub.shared.TestDatabase;
import org.quantumhub.shared.TestDatabase.Role;

/// The hardest moment for the planner: a server of a new installation has prepared its statements on empty tables,
/// then the queue fills before anybody has counted the rows. The statements must not fall back on reading it all.
class QueuePlanTest {

    private static final TestDatabase DATABASE = TestDatabase.hub();
    private static final JobQueue QUEUE = new JobQueue();
    private static final JobEndings ENDINGS = new JobEndings();
    private static Connection worker;

    @BeforeAll
    static void a_new_installation_whose_queue_fills() throws Exception {
        DatabaseAddress fresh = DATABASE.emptyDatabase("fresh");
        DATABASE.migrations(fresh).update();
        try (Connection owner = DATABASE.connect(fresh, Role.OWNER)) {
            TestDatabase.change(owner, "alter table hub.jobs set (autovacuum_enabled = false)");
        }
        worker = DATABASE.connect(fresh, Role.WORKER);
        worker.setAutoCommit(false);
        ClaimedJob none = new ClaimedJob(
                UUID.randomUUID(),
                UUID.randomUUID(),
                1,
                ProgramFormat.OPENQASM2,
                "x",
                1,
                1,
                false,
                JobKit.BACKEND,
                JobKit.ESTIMATE,
                JobKit.PRICE,
                0,
                null,
                null,
                null,
                null);
        // the driver prepares at the fifth time, the server settles on one plan five times later
        for (int i = 0; i < 12; i++) {
            QUEUE.claim(
                    worker,
                    JobKit.lane(none.id()),
                    JobKit.LEASE,
                    JobQueue.NO_TEAM,
                    new JobQueue.Share(10, 1_000, 0, false, false));
            QUEUE.begin(
                    worker,
                    JobKit.LEASE,
                    List.of(none.reservedBy(JobKit.lane(none.id()), OffsetDateTime.now(ZoneOffset.UTC))));
            QUEUE.takeOver(worker, none.id(), JobKit.LEASE, 3);
            ENDINGS.giveUp(worker, 3, 10);
            ENDINGS.cancel(worker, none.id(), none.teamId());
            ENDINGS.settle(worker, List.of(JobKit.succeeded(none)));
            worker.commit();
        }
        try (Connection superuser = DATABASE.connect(fresh, Role.SUPERUSER)) {
            fill(superuser);
        }
    }

    @AfterAll
    static void leave() throws Exception {
        worker.close();
    }

    private static void fill(Connection superuser) throws SQLException {
        TestDatabase.change(
                superuser,
                "insert into hub.users (id, username, email, password_hash) values (gen_random_uuid(), 'u', 'u', 'x')");
        TestDatabase.change(superuser, "insert into hub.teams (id, name, slug) values (gen_random_uuid(), 't', 't')");
        TestDatabase.change(superuser, """
                insert into hub.jobs (id, team_id, user_id, backend_slug, program, program_format, shots, seed, qubit_count, gate_count,
                                      depth, status, queued_at, estimated_cost, currency, price_version_id)
                select uuidv7(), t.id, u.id, 'hub-statevector', repeat('x', 200), 'OPENQASM2', 1, 1, 1, 1, 1, 'QUEUED', now(), 0, 'USD', ?
                  from hub.users u, hub.teams t, generate_series(1, 20000)
                """, JobKit.PRICE);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "with recursive given   | 10, 'ID', 0, 1000      | jobs_queue",
                "with abandoned as      | 3, 'ID', 30            | jobs_leases",
                "with lost as           | 3, 10                  | jobs_leases",
                "with outcome as        | ARRAYS                 | jobs_pkey",
                "update hub.jobs j\\s+set status\\s+= case      | 'REASON', 'ID', 'ID'               | jobs_",
                "update hub.jobs j\\s+set status = 'RUNNING'  | 30, 'ID', 1, '2026-01-01', '{ID}' | jobs_pkey"
            })
    void statements_that_were_planned_on_empty_tables_use_their_index(String beginning, String values, String index)
            throws Exception {
        List<String> prepared = texts(
                "select name from pg_prepared_statements where statement ~ ? and generic_plans > 0",
                "^(--[^\\n]*\\n)*" + beginning);
        assertThat(prepared).as("statements kept with their plan").hasSize(1);
        String given = values.replace(
                        "ARRAYS",
                        "'{ID}', '{1}', '{FAILED}', '{x}', '{x}', '{0}', '{0}', '{null}', '{null}', '{ID}', '{ID}', '{null}', '{null}', '{null}', '{1}', '{2}', '{1,0}', '{1,0}'")
                .replace("ID", UUID.randomUUID().toString());
        String plan = plan("explain execute \"" + prepared.getFirst() + "\" (" + given + ")");
        assertThat(plan).contains(index).doesNotContain("Seq Scan on jobs");
    }

    @Test
    void a_statement_that_is_new_to_the_server_uses_the_index_of_the_queue() throws Exception {
        String claim = JobQueue.statement("claim.sql");
        assertThat(plan("explain " + claim, 10, UUID.randomUUID(), 0, 1000L))
                .contains("jobs_queue")
                .doesNotContain("Seq Scan on jobs");
    }

    private static String plan(String sql, Object... values) throws SQLException {
        return String.join("\n", texts(sql, values));
    }

    private static List<String> texts(String sql, Object... values) throws SQLException {
        return TestDatabase.column(worker, sql, values).stream()
                .map(String::valueOf)
                .toList();
    }
}
