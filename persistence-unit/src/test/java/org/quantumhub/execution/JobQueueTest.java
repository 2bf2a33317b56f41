package org.quantumhub.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quantumhub.execution.JobEndings.Attempt;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.Money;
import org.quantumhub.shared.TestDatabase;
import org.quantumhub.shared.TestDatabase.Role;
import org.quantumhub.shared.TestDatabase.Tenant;

class JobQueueTest {

    private static final TestDatabase DATABASE = TestDatabase.hub();
    private static Tenant tenant;

    private final JobKit jobs = new JobKit();
    private final JobQueue queue = new JobQueue();
    private final JobEndings endings = new JobEndings();
    private final UUID server = Ids.next();
    private final UUID otherServer = Ids.next();

    @BeforeAll
    static void a_team() throws Exception {
        tenant = DATABASE.tenant("100.00");
    }

    @BeforeEach
    void nothing_is_queued_or_held() throws Exception {
        jobs.clear();
    }

    @Test
    void the_most_urgent_and_then_the_oldest_is_claimed_first() throws Exception {
        UUID first = jobs.queued(tenant);
        UUID second = jobs.queued(tenant);
        UUID urgent = jobs.queued(tenant);
        UUID idle = jobs.queued(tenant);
        DATABASE.inTransaction(Role.WORKER, connection -> {
            TestDatabase.change(connection, "update hub.jobs set priority = 5 where id = ?", urgent);
            TestDatabase.change(connection, "update hub.jobs set priority = -1 where id = ?", idle);
        });
        List<UUID> order = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            order.add(jobs.claim(server, 1).getFirst().id());
        }
        assertThat(order).containsExactly(urgent, first, second, idle);
        assertThat(jobs.claim(server, 1)).isEmpty();
    }

    @Test
    void a_claim_takes_as_many_as_asked_for_from_the_front() throws Exception {
        List<UUID> queued = queued(6);
        assertThat(jobs.claim(server, 4))
                .extracting(ClaimedJob::id)
                .containsExactlyInAnyOrderElementsOf(queued.subList(0, 4));
    }

    @Test
    void a_claim_brings_all_a_worker_needs() throws Exception {
        NewJobRow row = JobKit.row(tenant);
        jobs.submit(tenant, row);
        ClaimedJob claimed = jobs.claim(server, 1).getFirst();
        assertThat(claimed.id()).isEqualTo(row.id());
        assertThat(claimed.teamId()).isEqualTo(tenant.team());
        assertThat(claimed.fence()).isEqualTo(1);
        assertThat(claimed.format()).isEqualTo(ProgramFormat.CIRCUIT_JSON);
        assertThat(claimed.program()).contains("\"num_qubits\": 2");
        assertThat(claimed.shots()).isEqualTo(row.shots());
        assertThat(claimed.seed()).isEqualTo(row.seed());
        assertThat(claimed.memory()).isFalse();
        assertThat(claimed.backendSlug()).isEqualTo(JobKit.BACKEND);
        assertThat(claimed.estimatedCost()).isEqualTo(row.estimatedCost());
        assertThat(claimed.queuedSeconds()).isNotNegative();
        assertThat(column("lease_owner", row.id())).isEqualTo(server.toString());
        assertThat(column("lease_until > now() + interval '20 seconds'", row.id()))
                .isEqualTo("t");
    }

    /// Each job of the kit is expected to take a thousandth of a second.
    @Test
    void a_claim_stops_where_its_time_is_filled_but_takes_one_at_least() throws Exception {
        List<UUID> queued = queued(6);
        assertThat(claim(10, 3_500)).containsExactlyInAnyOrderElementsOf(queued.subList(0, 3));
        assertThat(claim(10, 1)).containsExactly(queued.get(3));
        assertThat(claim(10, 2_000)).containsExactlyInAnyOrderElementsOf(queued.subList(4, 6));
    }

    @Test
    void no_two_workers_get_the_same_job() throws Exception {
        Set<UUID> queued = new HashSet<>(queued(300));
        CyclicBarrier start = new CyclicBarrier(6);
        Callable<List<UUID>> worker = () -> {
            UUID owner = Ids.next();
            List<UUID> mine = new ArrayList<>();
            start.await();
            List<ClaimedJob> claimed = jobs.claim(owner, 7);
            while (!claimed.isEmpty()) {
                claimed.forEach(job -> mine.add(job.id()));
                claimed = jobs.claim(owner, 7);
            }
            return mine;
        };
        List<UUID> claimed = new ArrayList<>();
        for (List<UUID> mine : atOnce(Collections.nCopies(6, worker))) {
            claimed.addAll(mine);
        }
        assertThat(claimed).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(queued);
    }

    @Test
    void a_claim_passes_by_what_another_is_taking() throws Exception {
        List<UUID> queued = queued(2);
        try (Connection slow = DATABASE.connect(Role.WORKER)) {
            slow.setAutoCommit(false);
            assertThat(queue.claim(slow, server, JobKit.LEASE, 1, Long.MAX_VALUE))
                    .extracting(ClaimedJob::id)
                    .containsExactly(queued.get(0));
            assertThat(jobs.claim(otherServer, 5)).extracting(ClaimedJob::id).containsExactly(queued.get(1));
            slow.rollback();
        }
        assertThat(jobs.claim(otherServer, 5)).extracting(ClaimedJob::id).containsExactly(queued.get(0));
    }

    @Test
    void a_settlement_writes_status_and_results_once() throws Exception {
        NewJobRow row = JobKit.row(tenant);
        jobs.submit(tenant, row);
        ClaimedJob claimed = jobs.claim(server, 1).getFirst();
        Attempt attempt = new Attempt(
                claimed,
                new Outcome.Succeeded(1.25, "{\"00\": 48, \"11\": 52}", "[\"00\", \"11\"]"),
                Money.of("0.0015", "USD"));
        Settled settled = jobs.settle(attempt).getFirst();
        assertThat(settled)
                .isEqualTo(new Settled(
                        row.id(),
                        tenant.team(),
                        JobKit.BACKEND,
                        JobStatus.COMPLETED,
                        JobKit.ESTIMATE,
                        Money.of("0.0015", "USD")));
        assertThat(column("status", row.id())).isEqualTo("COMPLETED");
        assertThat(column("actual_cost", row.id())).isEqualTo("0.00150000");
        assertThat(column("quantum_time_seconds", row.id())).isEqualTo("1.250000");
        assertThat(column("lease_until is null and completed_at is not null and wall_time_seconds >= 0", row.id()))
                .isEqualTo("t");
        assertThat(results(row.id())).containsExactly("COUNTS {\"00\": 48, \"11\": 52} t", "MEMORY [\"00\", \"11\"] f");

        assertThat(jobs.settle(attempt)).isEmpty();
        assertThat(jobs.settle(JobKit.failed(claimed))).isEmpty();
        assertThat(results(row.id())).hasSize(2);
        assertThat(events(row.id())).containsExactly("SUBMITTED", "QUEUED", "RUNNING", "COMPLETED");
    }

    @Test
    void a_group_is_settled_as_far_as_it_is_still_the_workers() throws Exception {
        queued(3);
        List<ClaimedJob> claimed = jobs.claim(server, 3);
        jobs.settle(JobKit.succeeded(claimed.get(1)));
        List<Settled> settled = jobs.settle(
                JobKit.succeeded(claimed.get(0)), JobKit.succeeded(claimed.get(1)), JobKit.failed(claimed.get(2)));
        assertThat(settled)
                .extracting(Settled::jobId)
                .containsExactlyInAnyOrder(claimed.get(0).id(), claimed.get(2).id());
        assertThat(jobs.status(claimed.get(2).id())).isEqualTo("FAILED");
        assertThat(column("status_reason", claimed.get(2).id())).isEqualTo("SIMULATION_FAILED");
        assertThat(column("error_message", claimed.get(2).id())).isEqualTo("It broke.");
        assertThat(results(claimed.get(2).id())).isEmpty();
    }

    @Test
    void a_zombie_settles_nothing() throws Exception {
        ClaimedJob zombie = takenOver();
        assertThat(jobs.settle(JobKit.failed(zombie))).isEmpty();
        assertThat(jobs.settle(JobKit.succeeded(zombie))).isEmpty();
        assertThat(jobs.status(zombie.id())).isEqualTo("RUNNING");
        assertThat(results(zombie.id())).isEmpty();
    }

    /// The guard matters: cut the fence out of the statement, and the zombie ends the newer attempt.
    @Test
    void without_the_fence_the_zombie_would_settle() throws Exception {
        String statement = JobQueue.statement("settle.sql");
        String unfenced = statement.replaceFirst("\\s+and j\\.fence = o\\.fence", "");
        assertThat(unfenced).isNotEqualTo(statement);
        ClaimedJob zombie = takenOver();
        List<Settled> settled =
                DATABASE.ask(Role.WORKER, c -> JobEndings.settle(c, unfenced, List.of(JobKit.failed(zombie))));
        assertThat(settled).extracting(Settled::jobId).containsExactly(zombie.id());
        assertThat(jobs.status(zombie.id())).isEqualTo("FAILED");
    }

    /// A job that was claimed, abandoned and taken over; what the first worker holds of it.
    private ClaimedJob takenOver() throws SQLException {
        jobs.queued(tenant);
        ClaimedJob first = jobs.claim(server, 1).getFirst();
        jobs.expireLease(first.id());
        assertThat(takeOver(3)).extracting(ClaimedJob::fence).containsExactly(2);
        return first;
    }

    @Test
    void a_settlement_that_waits_for_a_take_over_finds_the_new_fence() throws Exception {
        jobs.queued(tenant);
        ClaimedJob first = jobs.claim(server, 1).getFirst();
        jobs.expireLease(first.id());
        try (Connection taking = DATABASE.connect(Role.WORKER);
                ExecutorService thread = Executors.newSingleThreadExecutor()) {
            taking.setAutoCommit(false);
            assertThat(queue.takeOver(taking, otherServer, JobKit.LEASE, 3, 5)).hasSize(1);
            Future<List<Settled>> zombie = thread.submit(() -> jobs.settle(JobKit.succeeded(first)));
            awaitBlocked();
            taking.commit();
            assertThat(zombie.get()).isEmpty();
        }
        assertThat(results(first.id())).isEmpty();
        assertThat(jobs.status(first.id())).isEqualTo("RUNNING");
    }

    @Test
    void two_settlements_at_once_end_a_job_once() throws Exception {
        for (int round = 0; round < 10; round++) {
            jobs.queued(tenant);
            ClaimedJob claimed = jobs.claim(server, 1).getFirst();
            List<List<Settled>> answers = atOnce(
                    List.of(() -> jobs.settle(JobKit.succeeded(claimed)), () -> jobs.settle(JobKit.failed(claimed))));
            assertThat(answers.get(0).size() + answers.get(1).size()).isEqualTo(1);
        }
    }

    @Test
    void a_job_that_finishes_although_it_was_to_stop_is_completed() throws Exception {
        ClaimedJob claimed = cancelling();
        Settled settled = jobs.settle(JobKit.succeeded(claimed)).getFirst();
        assertThat(settled.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(settled.cost()).isEqualTo(JobKit.ESTIMATE);
        assertThat(results(claimed.id())).hasSize(1);
        assertThat(column("status_reason", claimed.id())).isEqualTo("null");
    }

    @Test
    void a_job_that_stops_when_told_is_cancelled_and_free() throws Exception {
        ClaimedJob claimed = cancelling();
        Settled settled = jobs.settle(JobKit.cancelled(claimed)).getFirst();
        assertThat(settled.status()).isEqualTo(JobStatus.CANCELLED);
        assertThat(settled.cost()).isEqualTo(Money.of("0", "USD"));
        assertThat(settled.held()).isEqualTo(JobKit.ESTIMATE);
        assertThat(column("status_reason", claimed.id())).isEqualTo("CANCELLED_BY_USER");
        assertThat(events(claimed.id())).containsExactly("SUBMITTED", "QUEUED", "RUNNING", "CANCELLING", "CANCELLED");
    }

    @Test
    void a_cancelled_job_is_not_charged_even_if_the_worker_asks_for_it() throws Exception {
        ClaimedJob claimed = cancelling();
        assertThatThrownBy(() -> jobs.settle(new Attempt(claimed, new Outcome.Cancelled(1), JobKit.ESTIMATE)))
                .hasMessageContaining("jobs_cancelled_free");
        assertThat(jobs.status(claimed.id())).isEqualTo("CANCELLING");
    }

    private ClaimedJob cancelling() throws SQLException {
        jobs.queued(tenant);
        ClaimedJob claimed = jobs.claim(server, 1).getFirst();
        assertThat(cancel(claimed.id()).orElseThrow().status()).isEqualTo(JobStatus.CANCELLING);
        return claimed;
    }

    @Test
    void a_waiting_job_is_cancelled_at_once_and_free() throws Exception {
        UUID job = jobs.queued(tenant);
        Settled settled = cancel(job).orElseThrow();
        assertThat(settled.status()).isEqualTo(JobStatus.CANCELLED);
        assertThat(settled.cost()).isEqualTo(Money.of("0", "USD"));
        assertThat(settled.held()).isEqualTo(JobKit.ESTIMATE);
        assertThat(events(job)).containsExactly("SUBMITTED", "QUEUED", "CANCELLED");
        assertThat(jobs.claim(server, 5)).isEmpty();
    }

    @Test
    void nothing_is_left_to_cancel_in_an_ended_a_stopping_or_a_foreign_job() throws Exception {
        ClaimedJob stopping = cancelling();
        assertThat(cancel(stopping.id())).isEmpty();
        jobs.settle(JobKit.cancelled(stopping));
        assertThat(cancel(stopping.id())).isEmpty();
        assertThat(cancel(Ids.next())).isEmpty();
        Tenant stranger = DATABASE.tenant("0");
        UUID job = jobs.queued(tenant);
        Optional<Settled> byStranger = DATABASE.ask(Role.APP, stranger, c -> endings.cancel(c, job, stranger.team()));
        Optional<Settled> pretending = DATABASE.ask(Role.APP, stranger, c -> endings.cancel(c, job, tenant.team()));
        assertThat(byStranger).isEmpty();
        assertThat(pretending).isEmpty();
        assertThat(jobs.status(job)).isEqualTo("QUEUED");
    }

    @Test
    void a_cancellation_and_a_claim_at_once_leave_one_clear_state() throws Exception {
        for (int round = 0; round < 10; round++) {
            UUID job = jobs.queued(tenant);
            List<Boolean> answers = atOnce(List.of(
                    () -> !jobs.claim(server, 1).isEmpty(),
                    () -> cancel(job).orElseThrow().status() == JobStatus.CANCELLED));
            boolean claimed = answers.get(0);
            boolean ended = answers.get(1);
            assertThat(claimed).isNotEqualTo(ended);
            assertThat(jobs.status(job)).isEqualTo(claimed ? "CANCELLING" : "CANCELLED");
        }
    }

    @Test
    void a_job_is_taken_over_only_when_its_lease_has_run_out() throws Exception {
        jobs.queued(tenant);
        ClaimedJob first = jobs.claim(server, 1).getFirst();
        assertThat(takeOver(3)).isEmpty();
        jobs.expireLease(first.id());
        ClaimedJob second = takeOver(3).getFirst();
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.fence()).isEqualTo(2);
        assertThat(second.program()).isEqualTo(first.program());
        assertThat(column("lease_owner", first.id())).isEqualTo(otherServer.toString());
        assertThat(takeOver(3)).isEmpty();
        assertThat(jobs.settle(JobKit.succeeded(second))).hasSize(1);
        assertThat(events(first.id())).containsExactly("SUBMITTED", "QUEUED", "RUNNING", "RUNNING", "COMPLETED");
    }

    @Test
    void a_job_is_begun_so_many_times_and_then_given_up() throws Exception {
        UUID job = jobs.queued(tenant);
        jobs.claim(server, 1);
        jobs.expireLease(job);
        assertThat(giveUp(3)).isEmpty();
        assertThat(takeOver(3)).hasSize(1);
        jobs.expireLease(job);
        assertThat(takeOver(3)).extracting(ClaimedJob::fence).containsExactly(3);
        assertThat(giveUp(3)).as("while somebody works on it").isEmpty();
        jobs.expireLease(job);
        assertThat(takeOver(3)).isEmpty();
        Settled given = giveUp(3).getFirst();
        assertThat(given.status()).isEqualTo(JobStatus.FAILED);
        assertThat(given.cost()).isEqualTo(Money.of("0", "USD"));
        assertThat(column("status_reason", job)).isEqualTo("ATTEMPTS_EXHAUSTED");
        assertThat(column("fence", job)).isEqualTo("4");
        assertThat(giveUp(3)).isEmpty();
    }

    @Test
    void a_cancelled_job_without_a_worker_is_ended_and_not_begun_again() throws Exception {
        ClaimedJob claimed = cancelling();
        assertThat(giveUp(3)).isEmpty();
        jobs.expireLease(claimed.id());
        assertThat(takeOver(3)).isEmpty();
        Settled given = giveUp(3).getFirst();
        assertThat(given.status()).isEqualTo(JobStatus.CANCELLED);
        assertThat(column("status_reason", claimed.id())).isEqualTo("CANCELLED_BY_USER");
        assertThat(jobs.settle(JobKit.succeeded(claimed))).isEmpty();
    }

    @Test
    void renewing_prolongs_the_own_leases_and_names_what_is_to_stop() throws Exception {
        queued(3);
        List<ClaimedJob> claimed = jobs.claim(server, 3);
        UUID kept = claimed.get(0).id();
        UUID stopping = claimed.get(1).id();
        UUID lost = claimed.get(2).id();
        cancel(stopping);
        jobs.expireLease(lost);
        takeOver(3);
        jobs.expireLease(kept);
        List<UUID> toStop =
                DATABASE.ask(Role.WORKER, c -> queue.renew(c, server, JobKit.LEASE, List.of(kept, stopping, lost)));
        assertThat(toStop).containsExactly(stopping);
        assertThat(column("lease_until > now()", kept)).isEqualTo("t");
        assertThat(column("lease_owner", lost)).isEqualTo(otherServer.toString());
        assertThat(events(kept)).as("a lease is no step").hasSize(3);
    }

    @Test
    void leases_that_are_given_back_are_taken_over_at_once() throws Exception {
        queued(2);
        jobs.claim(server, 1);
        jobs.claim(otherServer, 1);
        int released = DATABASE.ask(Role.WORKER, c -> queue.releaseLeases(c, server));
        assertThat(released).isEqualTo(1);
        assertThat(takeOver(3)).hasSize(1);
    }

    @Test
    void a_request_that_comes_again_finds_its_job() throws Exception {
        NewJobRow row = keyed("again-" + Ids.next(), 1);
        NewJobRow repeated = keyed(Objects.requireNonNull(row.idempotency()).key(), 1);
        NewJobRow other = keyed(Objects.requireNonNull(row.idempotency()).key(), 2);
        assertThat(birth(row)).isEqualTo(row.id());
        assertThat(birth(repeated)).isEqualTo(row.id());
        assertThat(birth(other)).isEqualTo(row.id());
        JobRegister register = new JobRegister();
        JobRegister.Earlier earlier = DATABASE.ask(
                Role.APP,
                tenant,
                c -> Objects.requireNonNull(register.recall(c, List.of(row))
                        .get(new JobRegister.RequestKey(
                                tenant.team(),
                                Objects.requireNonNull(row.idempotency()).key()))));
        assertThat(earlier.sameRequest(Objects.requireNonNull(repeated.idempotency())))
                .isTrue();
        assertThat(earlier.sameRequest(Objects.requireNonNull(other.idempotency())))
                .isFalse();
    }

    @Test
    void keys_are_a_teams_own() throws Exception {
        Tenant neighbour = DATABASE.tenant("0");
        String key = "shared-" + Ids.next();
        NewJobRow mine = keyed(key, 1);
        NewJobRow theirs = JobKit.row(neighbour, List.of(), null, new NewJobRow.Idempotency(key, new byte[32]));
        assertThat(birth(mine)).isEqualTo(mine.id());
        assertThat(birth(neighbour, theirs)).isEqualTo(theirs.id());
    }

    @Test
    void one_key_twice_in_a_group_makes_one_job() throws Exception {
        String key = "twice-" + Ids.next();
        NewJobRow first = keyed(key, 1);
        NewJobRow second = keyed(key, 1);
        JobRegister register = new JobRegister();
        DATABASE.inTransaction(Role.APP, tenant, c -> {
            register.remember(c, List.of(first, second));
            UUID made = Objects.requireNonNull(register.recall(c, List.of(first, second))
                            .get(new JobRegister.RequestKey(tenant.team(), key)))
                    .jobId();
            assertThat(made).isIn(first.id(), second.id());
            register.add(c, List.of(made.equals(first.id()) ? first : second), JobKit.LEASE);
        });
        assertThat(jobs.claim(server, 5)).hasSize(1);
    }

    @Test
    void one_key_in_many_requests_at_once_makes_one_job() throws Exception {
        String key = "race-" + Ids.next();
        List<Callable<UUID>> clients = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            NewJobRow row = keyed(key, 1);
            clients.add(() -> birth(row));
        }
        assertThat(new HashSet<>(atOnce(clients))).hasSize(1);
        assertThat(jobs.claim(server, 20)).hasSize(1);
    }

    @ParameterizedTest(name = "the first commits: {0}")
    @ValueSource(booleans = {true, false})
    void the_second_of_two_requests_waits_for_what_becomes_of_the_first(boolean commits) throws Exception {
        String key = "wait-" + Ids.next();
        NewJobRow first = keyed(key, 1);
        NewJobRow second = keyed(key, 1);
        JobRegister register = new JobRegister();
        try (Connection app = DATABASE.connect(Role.APP);
                ExecutorService thread = Executors.newSingleThreadExecutor()) {
            app.setAutoCommit(false);
            TestDatabase.set(app, "hub.team", tenant.team().toString());
            register.remember(app, List.of(first));
            register.add(app, List.of(first), JobKit.LEASE);
            Future<UUID> later = thread.submit(() -> birth(second));
            awaitBlocked();
            if (commits) {
                app.commit();
            } else {
                app.rollback();
            }
            assertThat(later.get()).isEqualTo(commits ? first.id() : second.id());
        }
    }

    @Test
    void a_key_without_its_job_is_refused_at_the_end() {
        NewJobRow row = keyed("alone-" + Ids.next(), 1);
        assertThatThrownBy(() ->
                        DATABASE.inTransaction(Role.APP, tenant, c -> new JobRegister().remember(c, List.of(row))))
                .hasMessageContaining("foreign key");
    }

    private static NewJobRow keyed(String key, int request) {
        byte[] hash = new byte[32];
        hash[31] = (byte) request;
        return JobKit.row(tenant, List.of(), null, new NewJobRow.Idempotency(key, hash));
    }

    private UUID birth(NewJobRow row) throws SQLException {
        return birth(tenant, row);
    }

    /// What a submission does: the key first, and the job only where the key was new.
    private static UUID birth(Tenant payer, NewJobRow row) throws SQLException {
        JobRegister register = new JobRegister();
        return DATABASE.ask(Role.APP, payer, c -> {
            register.remember(c, List.of(row));
            String key = Objects.requireNonNull(row.idempotency()).key();
            UUID made = Objects.requireNonNull(
                            register.recall(c, List.of(row)).get(new JobRegister.RequestKey(payer.team(), key)))
                    .jobId();
            if (made.equals(row.id())) {
                register.add(c, List.of(row), JobKit.LEASE);
            }
            return made;
        });
    }

    @Test
    void the_census_counts_what_is_on_its_way_and_knows_what_has_ended() throws Exception {
        JobCensus census = new JobCensus();
        List<UUID> all = queued(4);
        jobs.settle(JobKit.succeeded(jobs.claim(server, 1).getFirst()));
        jobs.claim(server, 1);
        Map<JobCensus.Group, Long> counts = DATABASE.ask(Role.WORKER, census::unfinished);
        assertThat(counts)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        new JobCensus.Group(JobStatus.QUEUED, JobKit.BACKEND), 2L,
                        new JobCensus.Group(JobStatus.RUNNING, JobKit.BACKEND), 1L));
        List<UUID> ended = DATABASE.ask(Role.WORKER, c -> census.ended(c, all));
        assertThat(ended).containsExactly(all.getFirst());
    }

    @Test
    void an_earlier_start_under_the_same_name_has_ended() throws Exception {
        ServerRegister register = new ServerRegister();
        String name = "server-" + Ids.next();
        UUID first = Ids.next();
        UUID second = Ids.next();
        List<UUID> none = DATABASE.ask(Role.WORKER, c -> register.enter(c, first, name));
        assertThat(none).isEmpty();
        DATABASE.inTransaction(Role.WORKER, c -> register.beat(c, first));
        List<UUID> earlier = DATABASE.ask(Role.WORKER, c -> register.enter(c, second, name));
        assertThat(earlier).containsExactly(first);
        DATABASE.inTransaction(Role.WORKER, c -> register.leave(c, second));
        List<UUID> left = DATABASE.ask(Role.WORKER, c -> register.enter(c, Ids.next(), name));
        assertThat(left).as("who left is not found again").isEmpty();
    }

    private List<UUID> queued(int count) throws SQLException {
        List<NewJobRow> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(JobKit.row(tenant));
        }
        jobs.submit(tenant, rows.toArray(NewJobRow[]::new));
        return rows.stream().map(NewJobRow::id).toList();
    }

    private List<UUID> claim(int atMost, long budgetMicros) throws SQLException {
        return DATABASE.ask(Role.WORKER, c -> queue.claim(c, server, JobKit.LEASE, atMost, budgetMicros)).stream()
                .map(ClaimedJob::id)
                .toList();
    }

    private List<ClaimedJob> takeOver(int attempts) throws SQLException {
        return DATABASE.ask(Role.WORKER, c -> queue.takeOver(c, otherServer, JobKit.LEASE, attempts, 10));
    }

    private List<Settled> giveUp(int attempts) throws SQLException {
        return DATABASE.ask(Role.WORKER, c -> endings.giveUp(c, attempts, 10));
    }

    private Optional<Settled> cancel(UUID job) throws SQLException {
        return DATABASE.ask(Role.APP, tenant, c -> endings.cancel(c, job, tenant.team()));
    }

    private static String column(String expression, UUID job) throws SQLException {
        return DATABASE.ask(
                Role.WORKER, c -> TestDatabase.value(c, "select " + expression + " from hub.jobs where id = ?", job));
    }

    private static List<String> results(UUID job) throws SQLException {
        return DATABASE
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

    private static List<String> events(UUID job) throws SQLException {
        return DATABASE
                .ask(
                        Role.WORKER,
                        c -> TestDatabase.column(
                                c, "select status from hub.job_events where job_id = ? order by id", job))
                .stream()
                .map(String::valueOf)
                .toList();
    }

    /// Returns when some connection of this database waits for a lock that another one holds.
    private static void awaitBlocked() throws SQLException {
        long giveUp = System.nanoTime() + 20_000_000_000L;
        while (System.nanoTime() < giveUp) {
            try (Connection outside = DATABASE.connect(Role.SUPERUSER)) {
                if (!TestDatabase.column(outside, "select pid from pg_locks where not granted")
                        .isEmpty()) {
                    return;
                }
            }
        }
        throw new AssertionError("nobody waits");
    }

    private static <T> List<T> atOnce(List<Callable<T>> clients) throws Exception {
        List<T> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(clients.size())) {
            for (Future<T> future : threads.invokeAll(clients)) {
                answers.add(future.get());
            }
        }
        return answers;
    }
}
