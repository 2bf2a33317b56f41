package org.quantumhub.execution;

import static org.quantumhub.execution.JobQueue.NO_TEAM;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.quantumhub.execution.JobEndings.Attempt;
import org.quantumhub.execution.JobQueue.Share;
import org.quantumhub.execution.NewJobRow.Idempotency;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.Money;
import org.quantumhub.shared.Pipeline;
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
        return row(tenant, List.of(), null);
    }

    static NewJobRow row(Tenant tenant, List<String> tags, @Nullable Idempotency idempotency) {
        return new NewJobRow(
                Ids.next(),
                tenant.team(),
                tenant.user(),
                "bell",
                RunMode.NON_BLOCKING,
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
                idempotency,
                JobTerms.NONE);
    }

    /// The same row on other terms.
    static NewJobRow on(NewJobRow row, RunMode mode, JobTerms terms) {
        return new NewJobRow(
                row.id(),
                row.teamId(),
                row.userId(),
                row.name(),
                mode,
                row.backendSlug(),
                row.program(),
                row.shots(),
                row.seed(),
                row.memory(),
                row.tags(),
                row.metadata(),
                row.qubitCount(),
                row.gateCount(),
                row.depth(),
                row.expectedMicros(),
                row.estimatedCost(),
                row.priceVersionId(),
                row.requestId(),
                row.idempotency(),
                terms);
    }

    /// The first lane of a server.
    static Worker lane(UUID server) {
        return new Worker(server, 1);
    }

    /// So many jobs, whatever time they take, each with a lease.
    static Share share(int atMost) {
        return new Share(atMost, Long.MAX_VALUE, 0, false, false);
    }

    /// Writes what has ended already, and what waits, together.
    void arrive(Tenant tenant, Arrival... arrivals) throws SQLException {
        Pipeline pipeline = new Pipeline();
        register.add(pipeline, List.of(arrivals));
        database.inTransaction(Role.APP, tenant, pipeline::run);
    }

    void submit(Tenant tenant, NewJobRow... rows) throws SQLException {
        database.inTransaction(Role.APP, tenant, connection -> register.add(connection, List.of(rows)));
    }

    UUID queued(Tenant tenant) throws SQLException {
        NewJobRow row = row(tenant);
        submit(tenant, row);
        return row.id();
    }

    List<ClaimedJob> claim(UUID owner, int atMost) throws SQLException {
        return claim(owner, NO_TEAM, share(atMost));
    }

    List<UUID> claim(UUID owner, int atMost, long budgetMicros) throws SQLException {
        return claim(owner, NO_TEAM, new Share(atMost, budgetMicros, 0, false, false)).stream()
                .map(ClaimedJob::id)
                .toList();
    }

    List<ClaimedJob> claim(UUID owner, UUID lastTeam, Share share) throws SQLException {
        return database.ask(Role.WORKER, c -> queue.claim(c, lane(owner), LEASE, lastTeam, share))
                .jobs();
    }

    List<UUID> queued(Tenant tenant, int count) throws SQLException {
        List<NewJobRow> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(row(tenant));
        }
        submit(tenant, rows.toArray(NewJobRow[]::new));
        return rows.stream().map(NewJobRow::id).toList();
    }

    Optional<ClaimedJob> takeOver(UUID owner, int attempts) throws SQLException {
        return database.ask(Role.WORKER, c -> queue.takeOver(c, owner, LEASE, attempts));
    }

    List<Settled> giveUp(int attempts) throws SQLException {
        return database.ask(Role.WORKER, c -> endings.giveUp(c, attempts, 10));
    }

    Optional<Settled> cancel(Tenant tenant, UUID job) throws SQLException {
        return database.ask(Role.APP, tenant, c -> endings.cancel(c, job, tenant.team()));
    }

    List<Settled> settle(Attempt... attempts) throws SQLException {
        return database.ask(Role.WORKER, c -> endings.settle(c, List.of(attempts)));
    }

    static Attempt succeeded(ClaimedJob job) {
        return new Attempt(job, new Outcome.Succeeded(0.001, KeptResult.of("{\"00\": 100}"), null), ESTIMATE);
    }

    static Attempt failed(ClaimedJob job) {
        return new Attempt(
                job, new Outcome.Failed(0.001, "SIMULATION_FAILED", "It broke."), Money.zero(ESTIMATE.currency()));
    }

    static Attempt cancelled(ClaimedJob job) {
        return new Attempt(job, new Outcome.Cancelled(0.001), Money.zero(ESTIMATE.currency()));
    }

    /// An expression over a job's row, as text.
    static String column(String expression, UUID job) throws SQLException {
        return TestDatabase.hub()
                .ask(
                        Role.WORKER,
                        c -> TestDatabase.value(c, "select " + expression + " from hub.jobs where id = ?", job));
    }

    static List<String> results(UUID job) throws SQLException {
        return TestDatabase.hub()
                .ask(
                        Role.WORKER,
                        c -> TestDatabase.rows(
                                c,
                                "select result_type, result_data, primary_result from hub.job_results where job_id = ? order by 1",
                                job))
                .stream()
                .map(row -> row.get(0) + " " + row.get(1) + " " + row.get(2))
                .toList();
    }

    static List<String> events(UUID job) throws SQLException {
        return TestDatabase.hub()
                .ask(
                        Role.WORKER,
                        c -> TestDatabase.column(
                                c, "select status from hub.job_events where job_id = ? order by id", job))
                .stream()
                .map(String::valueOf)
                .toList();
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

    /// Returns when some connection of this database waits for a lock that another one holds.
    static void awaitBlocked() throws SQLException {
        long giveUp = System.nanoTime() + 20_000_000_000L;
        while (System.nanoTime() < giveUp) {
            try (Connection outside = TestDatabase.hub().connect(Role.SUPERUSER)) {
                if (!TestDatabase.column(outside, "select pid from pg_locks where not granted")
                        .isEmpty()) {
                    return;
                }
            }
        }
        throw new AssertionError("nobody waits");
    }

    /// Six workers that claim at once, until none finds a job.
    ///
    /// @param worker makes one, which claims each time it is called
    /// @return all that they took
    static List<UUID> takenAtOnce(Callable<Callable<List<ClaimedJob>>> worker) throws Exception {
        CyclicBarrier start = new CyclicBarrier(6);
        Callable<List<UUID>> taking = () -> {
            Callable<List<ClaimedJob>> claim = worker.call();
            List<UUID> mine = new ArrayList<>();
            start.await();
            List<ClaimedJob> claimed = claim.call();
            while (!claimed.isEmpty()) {
                claimed.forEach(job -> mine.add(job.id()));
                claimed = claim.call();
            }
            return mine;
        };
        return atOnce(Collections.nCopies(6, taking)).stream()
                .flatMap(List::stream)
                .toList();
    }

    static <T> List<T> atOnce(List<Callable<T>> clients) throws Exception {
        List<T> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(clients.size())) {
            for (Future<T> future : threads.invokeAll(clients)) {
                answers.add(future.get());
            }
        }
        return answers;
    }
}
