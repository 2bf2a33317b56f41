package org.quantumhub.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quantumhub.execution.JobEndings.Attempt;
import org.quantumhub.execution.JobQueue.Share;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.Money;
import org.quantumhub.shared.TestDatabase;
import org.quantumhub.shared.TestDatabase.Role;
import org.quantumhub.shared.TestDatabase.Tenant;

/// The end of a job, under its fence.
class SettlementTest {

    private static final TestDatabase DATABASE = TestDatabase.hub();
    private static Tenant tenant;

    private final JobKit jobs = new JobKit();
    private final JobQueue queue = new JobQueue();
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
    void a_settlement_writes_status_and_results_once() throws Exception {
        NewJobRow row = JobKit.row(tenant);
        jobs.submit(tenant, row);
        ClaimedJob claimed = jobs.claim(server, 1).getFirst();
        Attempt attempt = new Attempt(
                claimed,
                new Outcome.Succeeded(1.25, KeptResult.of("{\"00\": 48, \"11\": 52}"), "[\"00\", \"11\"]"),
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
        assertThat(JobKit.column("status", row.id())).isEqualTo("COMPLETED");
        assertThat(JobKit.column("actual_cost", row.id())).isEqualTo("0.00150000");
        assertThat(JobKit.column("quantum_time_seconds", row.id())).isEqualTo("1.250000");
        assertThat(JobKit.column(
                        "lease_until is null and completed_at is not null and wall_time_seconds >= 0", row.id()))
                .isEqualTo("t");
        assertThat(JobKit.results(row.id()))
                .containsExactly("COUNTS {\"00\": 48, \"11\": 52} t", "MEMORY [\"00\", \"11\"] f");

        assertThat(jobs.settle(attempt)).isEmpty();
        assertThat(jobs.settle(JobKit.failed(claimed))).isEmpty();
        assertThat(JobKit.results(row.id())).hasSize(2);
        assertThat(JobKit.events(row.id())).containsExactly("SUBMITTED", "QUEUED", "RUNNING", "COMPLETED");
    }

    @Test
    void a_group_is_settled_as_far_as_it_is_still_the_workers() throws Exception {
        jobs.queued(tenant, 3);
        List<ClaimedJob> claimed = jobs.claim(server, 3);
        jobs.settle(JobKit.succeeded(claimed.get(1)));
        List<Settled> settled = jobs.settle(
                JobKit.succeeded(claimed.get(0)), JobKit.succeeded(claimed.get(1)), JobKit.failed(claimed.get(2)));
        assertThat(settled)
                .extracting(Settled::jobId)
                .containsExactlyInAnyOrder(claimed.get(0).id(), claimed.get(2).id());
        assertThat(jobs.status(claimed.get(2).id())).isEqualTo("FAILED");
        assertThat(JobKit.column("status_reason", claimed.get(2).id())).isEqualTo("SIMULATION_FAILED");
        assertThat(JobKit.column("error_message", claimed.get(2).id())).isEqualTo("It broke.");
        assertThat(JobKit.results(claimed.get(2).id())).isEmpty();
    }

    @Test
    void a_zombie_settles_nothing() throws Exception {
        ClaimedJob zombie = takenOver();
        assertThat(jobs.settle(JobKit.failed(zombie))).isEmpty();
        assertThat(jobs.settle(JobKit.succeeded(zombie))).isEmpty();
        assertThat(jobs.status(zombie.id())).isEqualTo("RUNNING");
        assertThat(JobKit.results(zombie.id())).isEmpty();
    }

    /// Its fence would fit: it is that of the next attempt.
    @Test
    void a_claim_that_was_not_committed_settles_nothing() throws Exception {
        jobs.queued(tenant);
        List<ClaimedJob> claimed = new ArrayList<>();
        assertThatThrownBy(() -> DATABASE.inTransaction(Role.WORKER, c -> {
                    Share one = new Share(1, 5_000, 0, false, false);
                    claimed.addAll(queue.claim(c, JobKit.lane(server), JobKit.LEASE, JobQueue.NO_TEAM, one)
                            .jobs());
                    throw new SQLException("rolled back");
                }))
                .hasMessageContaining("rolled back");
        ClaimedJob lost = claimed.getFirst();
        assertThat(jobs.settle(JobKit.failed(lost))).isEmpty();
        assertThat(jobs.settle(JobKit.succeeded(lost))).isEmpty();
        assertThat(jobs.status(lost.id())).isEqualTo("QUEUED");
    }

    /// The guard matters: cut the fence out of the statement, and the database refuses what the zombie wants; let it
    /// leave the fence of the job alone besides, and the zombie ends the newer attempt.
    @Test
    void without_the_fence_the_zombie_would_settle() throws Exception {
        String unfenced = without(JobQueue.statement("settle.sql"), "\\s+and j\\.fence = o\\.fence - case .* end");
        String unguarded = without(unfenced, "fence = m\\.fence,");
        ClaimedJob zombie = takenOver();
        assertThatThrownBy(() -> settle(unfenced, zombie)).hasMessageContaining("the fence never goes back");
        assertThat(settle(unguarded, zombie)).extracting(Settled::jobId).containsExactly(zombie.id());
        assertThat(jobs.status(zombie.id())).isEqualTo("FAILED");
    }

    private static String without(String statement, String guard) {
        String rest = statement.replaceFirst(guard, "");
        assertThat(rest).isNotEqualTo(statement);
        return rest;
    }

    private static List<Settled> settle(String statement, ClaimedJob job) throws SQLException {
        return DATABASE.ask(Role.WORKER, c -> JobEndings.settle(c, statement, List.of(JobKit.failed(job))));
    }

    /// A job that was claimed, abandoned and taken over; what the first worker holds of it.
    private ClaimedJob takenOver() throws SQLException {
        jobs.queued(tenant);
        ClaimedJob first = jobs.claim(server, 1).getFirst();
        jobs.expireLease(first.id());
        assertThat(jobs.takeOver(otherServer, 3)).map(ClaimedJob::fence).hasValue(2);
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
            assertThat(queue.takeOver(taking, otherServer, JobKit.LEASE, 3)).isPresent();
            Future<List<Settled>> zombie = thread.submit(() -> jobs.settle(JobKit.succeeded(first)));
            JobKit.awaitBlocked();
            taking.commit();
            assertThat(zombie.get()).isEmpty();
        }
        assertThat(JobKit.results(first.id())).isEmpty();
        assertThat(jobs.status(first.id())).isEqualTo("RUNNING");
    }

    @Test
    void two_settlements_at_once_end_a_job_once() throws Exception {
        for (int round = 0; round < 10; round++) {
            jobs.queued(tenant);
            ClaimedJob claimed = jobs.claim(server, 1).getFirst();
            List<List<Settled>> answers = JobKit.atOnce(
                    List.of(() -> jobs.settle(JobKit.succeeded(claimed)), () -> jobs.settle(JobKit.failed(claimed))));
            assertThat(answers.get(0).size() + answers.get(1).size()).isEqualTo(1);
        }
    }
}
