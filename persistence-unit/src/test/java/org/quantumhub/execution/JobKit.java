package org.quantumhub.execution;

import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.execution.JobEndings.Attempt;
import org.quantumhub.execution.NewJobRow.Idempotency;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.Money;
import org.quantumhub.shared.TestDatabase;
import org.quantumhub.shared.TestDatabase.Role;
import org.quantumhub.shared.TestDatabase.Tenant;

/// Jobs for tests: what a submission would hand to the register, and the shortest ways through the queue.
final class JobKit {

    static final String BACKEND = "hub-statevector";
    static final UUID PRICE = UUID.fromString("01920000-0000-7000-8000-000000001001");
    static final Money ESTIMATE = Money.of("0.002", "USD");
    static final int LEASE = 30;

    private static final String BELL = "{\"num_qubits\": 2, \"gates\": [{\"type\": \"h\", \"target\": 0}]}";

    private final TestDatabase database = TestDatabase.hub();
    private final JobRegister register = new JobRegister();
    private final JobQueue queue = new JobQueue();
    private final JobEndings endings = new JobEndings();

    static NewJobRow row(Tenant tenant) {
        return row(tenant, List.of(), null, null);
    }

    static NewJobRow row(
            Tenant tenant, List<String> tags, @Nullable UUID claimedBy, @Nullable Idempotency idempotency) {
        return new NewJobRow(
                Ids.next(),
                tenant.team(),
                tenant.user(),
                "bell",
                claimedBy == null ? RunMode.NON_BLOCKING : RunMode.BLOCKING,
                BACKEND,
                new Program(ProgramFormat.CIRCUIT_JSON, BELL),
                100,
                7,
                false,
                tags,
                null,
                2,
                1,
                1,
                1_000,
                ESTIMATE,
                PRICE,
                "request-1",
                claimedBy,
                idempotency);
    }

    void submit(Tenant tenant, NewJobRow... rows) throws SQLException {
        database.inTransaction(Role.APP, tenant, connection -> register.add(connection, List.of(rows), LEASE));
    }

    UUID queued(Tenant tenant) throws SQLException {
        NewJobRow row = row(tenant);
        submit(tenant, row);
        return row.id();
    }

    List<ClaimedJob> claim(UUID owner, int atMost) throws SQLException {
        return database.ask(Role.WORKER, c -> queue.claim(c, owner, LEASE, atMost, Long.MAX_VALUE));
    }

    List<Settled> settle(Attempt... attempts) throws SQLException {
        return database.ask(Role.WORKER, c -> endings.settle(c, List.of(attempts)));
    }

    static Attempt succeeded(ClaimedJob job) {
        return new Attempt(job, new Outcome.Succeeded(0.001, "{\"00\": 100}", null), ESTIMATE);
    }

    static Attempt failed(ClaimedJob job) {
        return new Attempt(
                job, new Outcome.Failed(0.001, "SIMULATION_FAILED", "It broke."), Money.zero(ESTIMATE.currency()));
    }

    static Attempt cancelled(ClaimedJob job) {
        return new Attempt(job, new Outcome.Cancelled(0.001), Money.zero(ESTIMATE.currency()));
    }

    String status(UUID job) throws SQLException {
        return database.ask(Role.WORKER, c -> TestDatabase.value(c, "select status from hub.jobs where id = ?", job));
    }

    /// The worker of this job has been silent for too long.
    void expireLease(UUID job) throws SQLException {
        database.inTransaction(
                Role.WORKER,
                c -> TestDatabase.change(
                        c, "update hub.jobs set lease_until = now() - interval '1 second' where id = ?", job));
    }

    /// Ends every job, so that a test meets its own only.
    void clear() throws SQLException {
        database.inTransaction(Role.WORKER, c -> TestDatabase.change(c, """
                        update hub.jobs
                           set status = 'FAILED', error_message = 'swept', completed_at = now(), actual_cost = 0
                         where status not in ('COMPLETED', 'FAILED', 'CANCELLED')
                        """));
    }
}
