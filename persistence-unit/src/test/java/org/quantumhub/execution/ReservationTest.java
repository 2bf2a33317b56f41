package org.quantumhub.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quantumhub.execution.JobQueue.Share;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.TestDatabase;
import org.quantumhub.shared.TestDatabase.Role;
import org.quantumhub.shared.TestDatabase.Tenant;

/// Short jobs, which a lane reserves by one row for all of them. Each job of the kit is expected to take a
/// thousandth of a second.
class ReservationTest {

    private static final TestDatabase DATABASE = TestDatabase.hub();
    private static final long FIVE = 5_000;
    private static Tenant tenant;

    private final JobKit jobs = new JobKit();
    private final JobQueue queue = new JobQueue();
    private final Worker lane = lane();
    private final Worker other = lane();

    @BeforeAll
    static void a_team() throws Exception {
        tenant = DATABASE.tenant("100.00");
    }

    @BeforeEach
    void nothing_is_queued_or_held() throws Exception {
        jobs.clear();
    }

    private static Worker lane() {
        UUID server = Ids.next();
        try {
            DATABASE.ask(Role.WORKER, c -> new ServerRegister().enter(c, server, "server-" + server));
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
        return JobKit.lane(server);
    }

    private static Share reserving(int atMost) {
        return new Share(atMost, FIVE, 0, false, true);
    }

    private List<ClaimedJob> claim(Worker worker, int atMost) throws SQLException {
        return DATABASE.ask(Role.WORKER, c -> queue.claim(c, worker, JobKit.LEASE, JobQueue.NO_TEAM, reserving(atMost)))
                .jobs();
    }

    private static List<UUID> ids(List<ClaimedJob> claimed) {
        return claimed.stream().map(ClaimedJob::id).toList();
    }

    private ClaimedJob reservedAlone() throws SQLException {
        jobs.queued(tenant);
        return claim(lane, 1).getFirst();
    }

    private void begin(ClaimedJob... reserved) throws SQLException {
        DATABASE.inTransaction(Role.WORKER, c -> queue.begin(c, JobKit.LEASE, List.of(reserved)));
    }

    private static long reservations(Worker worker) throws SQLException {
        return DATABASE.ask(
                Role.WORKER,
                c -> Long.parseLong(String.valueOf(TestDatabase.value(
                        c, "select count(*)::text from hub.reservations where server_id = ?", worker.server()))));
    }

    @Test
    void a_reserved_job_stays_in_the_queue_until_its_end_and_tells_that_it_ran() throws Exception {
        UUID job = jobs.queued(tenant);
        ClaimedJob claimed = claim(lane, 5).getFirst();
        assertThat(claimed.fence()).isEqualTo(1);
        assertThat(claimed.reservation()).isNotNull();
        assertThat(JobKit.column("status || ' ' || fence || ' ' || (lease_owner is null)", job))
                .isEqualTo("QUEUED 0 true");

        Settled settled = jobs.settle(JobKit.succeeded(claimed)).getFirst();

        assertThat(settled.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(settled.cost()).isEqualTo(JobKit.ESTIMATE);
        assertThat(JobKit.column("fence || ' ' || lease_owner || ' ' || (lease_until is null)", job))
                .isEqualTo("1 " + lane.server() + " true");
        assertThat(JobKit.column("started_at > submitted_at and started_at < completed_at", job))
                .as("it began with the claim")
                .isEqualTo("t");
        assertThat(JobKit.events(job)).containsExactly("SUBMITTED", "QUEUED", "RUNNING", "COMPLETED");
        assertThat(DATABASE.<String>ask(Role.WORKER, c -> TestDatabase.value(c, """
                                select string_agg(e.fence || ' ' || (e.created_at = j.started_at), ', ' order by e.id)
                                  from hub.job_events e join hub.jobs j on j.id = e.job_id
                                 where e.job_id = ? and e.worker = j.lease_owner
                                """, job)))
                .as("attempt and time of its last two steps")
                .isEqualTo("1 true, 1 false");
        assertThat(JobKit.results(job)).hasSize(1);
        assertThat(jobs.settle(JobKit.succeeded(claimed))).as("a second time").isEmpty();
    }

    @Test
    void a_reserved_job_that_fails_did_run_and_says_why_in_the_log_of_its_attempt() throws Exception {
        ClaimedJob claimed = reservedAlone();
        jobs.settle(JobKit.failed(claimed));
        assertThat(JobKit.events(claimed.id())).containsExactly("SUBMITTED", "QUEUED", "RUNNING", "FAILED");
        assertThat(DATABASE.<String>ask(
                        Role.WORKER,
                        c -> TestDatabase.value(
                                c,
                                "select attempt || ' ' || level || ' ' || message from hub.job_logs where job_id = ?",
                                claimed.id())))
                .isEqualTo("1 ERROR SIMULATION_FAILED: It broke.");
    }

    @Test
    void what_one_lane_has_reserved_another_passes_by() throws Exception {
        List<UUID> queued = jobs.queued(tenant, 4);
        assertThat(ids(claim(lane, 2))).containsExactlyInAnyOrderElementsOf(queued.subList(0, 2));
        assertThat(jobs.claim(other.server(), 1)).extracting(ClaimedJob::id).containsExactly(queued.get(2));
        assertThat(ids(claim(other, 5))).containsExactly(queued.get(3));
        assertThat(claim(new Worker(lane.server(), 2), 5)).isEmpty();
    }

    @Test
    void a_lane_that_claims_again_has_reserved_what_it_took_last() throws Exception {
        List<UUID> queued = jobs.queued(tenant, 3);
        for (ClaimedJob job : claim(lane, 2)) {
            jobs.settle(JobKit.succeeded(job));
        }
        assertThat(ids(claim(lane, 2))).containsExactly(queued.get(2));
        assertThat(reservations(lane)).isEqualTo(1);
    }

    @Test
    void a_job_that_does_not_fit_into_the_time_gets_a_lease() throws Exception {
        jobs.queued(tenant);
        ClaimedJob claimed = DATABASE.ask(
                        Role.WORKER,
                        c -> queue.claim(c, lane, JobKit.LEASE, JobQueue.NO_TEAM, new Share(5, 999, 0, false, true)))
                .jobs()
                .getFirst();
        assertThat(claimed.reservation()).isNull();
        assertThat(jobs.status(claimed.id())).isEqualTo("RUNNING");
        assertThat(reservations(lane)).isZero();
    }

    @Test
    void no_two_lanes_reserve_the_same_job() throws Exception {
        Set<UUID> queued = new HashSet<>(jobs.queued(tenant, 300));
        List<UUID> taken = JobKit.takenAtOnce(() -> {
            Worker own = lane();
            return () -> {
                List<ClaimedJob> claimed = claim(own, 5);
                for (ClaimedJob job : claimed) {
                    assertThat(jobs.settle(JobKit.succeeded(job))).hasSize(1);
                }
                return claimed;
            };
        });
        assertThat(taken).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(queued);
    }

    /// A claim that began to look before another had been committed, and locked the jobs after that.
    @Test
    void who_comes_second_to_the_same_jobs_gets_neither_reservation_nor_lease() throws Exception {
        List<UUID> queued = jobs.queued(tenant, 2);
        UUID taken = claim(lane, 1).getFirst().id();
        UUID[] both = queued.toArray(UUID[]::new);
        try (Connection second = DATABASE.connect(Role.WORKER)) {
            second.setAutoCommit(false);
            List<String> reserved =
                    texts(second, "reserve.sql", second.createArrayOf("uuid", both), 30.0, other.server(), 1);
            assertThat(reserved).containsExactly("{" + queued.get(1) + "}");
            second.rollback();
            List<String> begun = texts(
                    second,
                    "begin.sql",
                    30.0,
                    other.server(),
                    1,
                    OffsetDateTime.now(ZoneOffset.UTC),
                    second.createArrayOf("uuid", both));
            assertThat(begun).containsExactly(queued.get(1).toString());
            second.rollback();
        }
        assertThat(taken).isEqualTo(queued.getFirst());
    }

    private static List<String> texts(Connection connection, String file, Object... values) throws SQLException {
        return TestDatabase.column(connection, JobQueue.statement(file), values).stream()
                .map(String::valueOf)
                .toList();
    }

    @Test
    void a_reserved_job_is_cancelled_at_once_and_free_whatever_its_lane_made_of_it() throws Exception {
        ClaimedJob claimed = reservedAlone();
        Settled cancelled = jobs.cancel(tenant, claimed.id()).orElseThrow();
        assertThat(cancelled.status()).isEqualTo(JobStatus.CANCELLED);
        assertThat(cancelled.cost().isPositive()).isFalse();
        assertThat(jobs.settle(JobKit.succeeded(claimed))).isEmpty();
        assertThat(JobKit.results(claimed.id())).isEmpty();
        assertThat(JobKit.events(claimed.id())).containsExactly("SUBMITTED", "QUEUED", "CANCELLED");
    }

    @Test
    void a_pause_that_comes_when_it_is_reserved_comes_too_late() throws Exception {
        ClaimedJob claimed = reservedAlone();
        JobTimes times = new JobTimes();
        assertThat(DATABASE.<Integer>ask(Role.APP, tenant, c -> times.pause(c, claimed.id(), tenant.team())))
                .isEqualTo(1);
        assertThat(jobs.settle(JobKit.succeeded(claimed))).hasSize(1);
        assertThat(JobKit.column("status || ' ' || coalesce(sub_status, '-')", claimed.id()))
                .isEqualTo("COMPLETED -");
    }

    @Test
    void a_reserved_job_that_takes_longer_runs_under_a_lease_and_ends_as_the_same_attempt() throws Exception {
        ClaimedJob claimed = reservedAlone();
        begin(claimed);
        begin(claimed);
        assertThat(JobKit.column(
                        "status || ' ' || fence || ' ' || lease_owner || ' ' || (lease_until > now())", claimed.id()))
                .isEqualTo("RUNNING 1 " + lane.server() + " true");
        assertThat(DATABASE.<List<UUID>>ask(
                        Role.WORKER, c -> queue.renew(c, lane.server(), JobKit.LEASE, List.of(claimed.id()))))
                .isEmpty();
        assertThat(jobs.settle(JobKit.succeeded(claimed))).hasSize(1);
        assertThat(JobKit.column("fence", claimed.id())).isEqualTo("1");
        assertThat(JobKit.events(claimed.id())).containsExactly("SUBMITTED", "QUEUED", "RUNNING", "COMPLETED");
    }

    @Test
    void once_it_has_a_lease_it_is_asked_to_stop_like_any_other() throws Exception {
        ClaimedJob claimed = reservedAlone();
        begin(claimed);
        assertThat(jobs.cancel(tenant, claimed.id()).orElseThrow().status()).isEqualTo(JobStatus.CANCELLING);
        assertThat(jobs.settle(JobKit.cancelled(claimed)).getFirst().status()).isEqualTo(JobStatus.CANCELLED);
    }

    @Test
    void a_settlement_that_waits_for_the_lease_finds_it() throws Exception {
        ClaimedJob claimed = reservedAlone();
        try (Connection ticker = DATABASE.connect(Role.WORKER)) {
            ticker.setAutoCommit(false);
            queue.begin(ticker, JobKit.LEASE, List.of(claimed));
            List<Settled> settled = JobKit.atOnce(
                            List.<Callable<List<Settled>>>of(() -> jobs.settle(JobKit.succeeded(claimed)), () -> {
                                JobKit.awaitBlocked();
                                ticker.commit();
                                return List.of();
                            }))
                    .getFirst();
            assertThat(settled).hasSize(1);
        }
        assertThat(JobKit.events(claimed.id())).containsExactly("SUBMITTED", "QUEUED", "RUNNING", "COMPLETED");
    }

    /// What ended a server counts as an attempt of each job that it had reserved, and each is taken over alone.
    @Test
    void what_a_dead_server_had_reserved_is_begun_as_lost_and_taken_over() throws Exception {
        List<UUID> queued = jobs.queued(tenant, 2);
        List<ClaimedJob> dead = claim(lane, 2);
        assertThat(jobs.takeOver(other.server(), 3)).as("nobody knows yet").isEmpty();
        DATABASE.inTransaction(Role.WORKER, c -> queue.abandon(c, lane.server()));
        assertThat(reservations(lane)).isZero();
        assertThat(claim(other, 5)).as("they are not claimed like new ones").isEmpty();
        ClaimedJob second = jobs.takeOver(other.server(), 3).orElseThrow();
        assertThat(queued).contains(second.id());
        assertThat(second.fence()).isEqualTo(2);
        assertThat(jobs.settle(JobKit.succeeded(dead.get(0)), JobKit.succeeded(dead.get(1))))
                .as("of the dead one comes only what nobody has taken over")
                .extracting(Settled::jobId)
                .doesNotContain(second.id())
                .hasSize(1);
        assertThat(jobs.settle(JobKit.succeeded(second))).hasSize(1);
        assertThat(JobKit.events(second.id()))
                .containsExactly("SUBMITTED", "QUEUED", "RUNNING", "RUNNING", "COMPLETED");
    }

    @Test
    void a_job_that_ends_every_server_is_given_up() throws Exception {
        ClaimedJob first = reservedAlone();
        DATABASE.inTransaction(Role.WORKER, c -> queue.abandon(c, lane));
        ClaimedJob second = jobs.takeOver(other.server(), 2).orElseThrow();
        jobs.expireLease(second.id());
        assertThat(jobs.takeOver(other.server(), 2)).isEmpty();
        assertThat(jobs.giveUp(2)).extracting(Settled::jobId).containsExactly(first.id());
    }

    @Test
    void a_lane_that_is_silent_for_longer_than_a_lease_has_lost_its_jobs() throws Exception {
        ClaimedJob claimed = reservedAlone();
        DATABASE.inTransaction(Role.WORKER, queue::abandonOverdue);
        assertThat(jobs.status(claimed.id())).isEqualTo("QUEUED");
        DATABASE.inTransaction(
                Role.WORKER,
                c -> TestDatabase.change(
                        c,
                        "update hub.reservations set reserved_at = now() - interval '31 seconds', reserved_until = now() - interval '1 second'"
                                + " where server_id = ?",
                        lane.server()));
        DATABASE.inTransaction(Role.WORKER, queue::abandonOverdue);
        assertThat(reservations(lane)).isZero();
        assertThat(jobs.takeOver(other.server(), 3)).map(ClaimedJob::id).hasValue(claimed.id());
    }

    @Test
    void what_ended_before_its_server_did_is_left_alone() throws Exception {
        List<UUID> queued = jobs.queued(tenant, 2);
        List<ClaimedJob> claimed = claim(lane, 2);
        jobs.settle(JobKit.succeeded(claimed.get(0)));
        jobs.cancel(tenant, claimed.get(1).id());
        DATABASE.inTransaction(Role.WORKER, c -> queue.abandon(c, lane));
        assertThat(queued).map(jobs::status).containsExactlyInAnyOrder("COMPLETED", "CANCELLED");
    }
}
