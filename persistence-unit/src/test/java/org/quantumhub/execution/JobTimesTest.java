package org.quantumhub.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.TestDatabase;
import org.quantumhub.shared.TestDatabase.Role;
import org.quantumhub.shared.TestDatabase.Tenant;

/// What time and patience do to jobs.
class JobTimesTest {

    private static final TestDatabase DATABASE = TestDatabase.hub();
    private static Tenant tenant;

    private final JobKit jobs = new JobKit();
    private final JobTimes times = new JobTimes();
    private final UUID server = Ids.next();

    @BeforeAll
    static void a_team() throws Exception {
        tenant = DATABASE.tenant("100.00");
    }

    @BeforeEach
    void nothing_is_queued_or_held() throws Exception {
        jobs.clear();
    }

    private UUID born(RunMode mode, @Nullable Instant runAt, @Nullable Instant expiresAt, @Nullable Integer days)
            throws SQLException {
        NewJobRow row = JobKit.on(
                JobKit.row(tenant),
                mode,
                new JobTerms(0, runAt, expiresAt, days, null, null, null, null, null, null, null));
        jobs.submit(tenant, row);
        return row.id();
    }

    /// As if the time named in a column had come.
    private static void pass(UUID job, String column) throws SQLException {
        DATABASE.inTransaction(
                Role.WORKER, c -> TestDatabase.change(c, "update hub.jobs set " + column + " where id = ?", job));
    }

    private int comeDue() throws SQLException {
        return DATABASE.ask(Role.WORKER, c -> times.comeDue(c, 10));
    }

    private List<Settled> expire() throws SQLException {
        return DATABASE.ask(Role.WORKER, c -> times.expire(c, 10));
    }

    private static Instant in(int hours) {
        return Instant.now().plus(hours, ChronoUnit.HOURS);
    }

    @Test
    void a_scheduled_job_waits_for_its_time() throws Exception {
        UUID job = born(RunMode.SCHEDULED, in(1), null, null);
        assertThat(jobs.status(job)).isEqualTo("SUBMITTED");
        assertThat(JobKit.column("queued_at", job)).isEqualTo("null");
        assertThat(jobs.claim(server, 5)).isEmpty();
        assertThat(comeDue()).isZero();
        pass(job, "run_at = now() - interval '1 second'");
        assertThat(comeDue()).isEqualTo(1);
        assertThat(comeDue()).isZero();
        assertThat(jobs.claim(server, 5)).extracting(ClaimedJob::id).containsExactly(job);
        assertThat(JobKit.events(job)).containsExactly("SUBMITTED", "QUEUED", "RUNNING");
    }

    @Test
    void a_scheduled_job_is_cancelled_at_once_and_free() throws Exception {
        UUID job = born(RunMode.SCHEDULED, in(1), null, null);
        Settled cancelled = jobs.cancel(tenant, job).orElseThrow();
        assertThat(cancelled.status()).isEqualTo(JobStatus.CANCELLED);
        assertThat(cancelled.cost().isPositive()).isFalse();
        assertThat(comeDue()).isZero();
    }

    @Test
    void a_job_that_nobody_began_in_time_ends_free_of_charge() throws Exception {
        UUID job = born(RunMode.NON_BLOCKING, null, in(1), null);
        UUID begun = born(RunMode.NON_BLOCKING, null, in(1), null);
        pass(job, "priority = -1");
        jobs.claim(server, 1);
        assertThat(expire()).isEmpty();
        for (UUID each : List.of(job, begun)) {
            pass(each, "submitted_at = submitted_at, expires_at = submitted_at + interval '1 microsecond'");
        }
        Settled expired = expire().getFirst();
        assertThat(expired.jobId()).isEqualTo(job);
        assertThat(expired.status()).isEqualTo(JobStatus.CANCELLED);
        assertThat(expired.held()).isEqualTo(JobKit.ESTIMATE);
        assertThat(expired.cost().isPositive()).isFalse();
        assertThat(JobKit.column("status_reason", job)).isEqualTo("EXPIRED");
        assertThat(expire()).isEmpty();
        assertThat(jobs.status(begun)).isEqualTo("RUNNING");
    }

    @Test
    void an_end_before_the_beginning_is_refused() {
        assertThatThrownBy(() -> born(RunMode.NON_BLOCKING, null, in(-1), null)).hasMessageContaining("jobs_expiry");
        assertThatThrownBy(() -> born(RunMode.SCHEDULED, in(2), in(1), null)).hasMessageContaining("jobs_expiry");
        assertThatThrownBy(() -> born(RunMode.SCHEDULED, null, null, null)).hasMessageContaining("jobs_schedule");
    }

    @Test
    void a_paused_job_is_not_claimed_until_it_is_resumed() throws Exception {
        UUID job = jobs.queued(tenant);
        assertThat(pause(job)).isEqualTo(1);
        assertThat(pause(job)).as("a second time").isZero();
        assertThat(jobs.claim(server, 5)).isEmpty();
        assertThat(JobKit.column("sub_status", job)).isEqualTo("PAUSED");
        assertThat(resume(job)).isEqualTo(1);
        assertThat(resume(job)).isZero();
        assertThat(jobs.claim(server, 5)).hasSize(1);
        assertThat(pause(job)).as("it runs").isZero();
    }

    @Test
    void a_paused_schedule_goes_on_where_it_was() throws Exception {
        UUID job = born(RunMode.SCHEDULED, in(1), null, null);
        pause(job);
        pass(job, "run_at = now() - interval '1 second'");
        assertThat(comeDue()).isZero();
        resume(job);
        assertThat(comeDue()).isEqualTo(1);
    }

    @Test
    void a_paused_job_expires_and_is_cancelled_like_any_other() throws Exception {
        UUID job = jobs.queued(tenant);
        pause(job);
        assertThat(jobs.cancel(tenant, job).orElseThrow().status()).isEqualTo(JobStatus.CANCELLED);
    }

    @Test
    void results_go_when_their_time_is_over_and_the_job_stays() throws Exception {
        UUID job = born(RunMode.NON_BLOCKING, null, null, 30);
        UUID kept = jobs.queued(tenant);
        jobs.claim(server, 5).forEach(claimed -> settle(claimed));
        assertThat(purge().jobs()).isEmpty();
        pass(job, "completed_at = now() - interval '31 days'");
        pass(kept, "completed_at = now() - interval '31 days'");
        assertThat(purge().jobs()).containsExactly(job);
        assertThat(purge().jobs()).isEmpty();
        assertThat(JobKit.results(job)).isEmpty();
        assertThat(JobKit.results(kept)).hasSize(1);
        assertThat(JobKit.column("status || ' ' || actual_cost", job)).isEqualTo("COMPLETED 0.00200000");
    }

    private void settle(ClaimedJob claimed) {
        try {
            jobs.settle(JobKit.succeeded(claimed));
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private JobTimes.Purged purge() throws SQLException {
        return DATABASE.ask(Role.WORKER, c -> times.purge(c, 10));
    }

    private int pause(UUID job) throws SQLException {
        return DATABASE.ask(Role.APP, tenant, c -> times.pause(c, job, tenant.team()));
    }

    private int resume(UUID job) throws SQLException {
        return DATABASE.ask(Role.APP, tenant, c -> times.resume(c, job, tenant.team()));
    }

    @Test
    void the_error_of_an_attempt_stays_with_the_attempt() throws Exception {
        jobs.queued(tenant);
        ClaimedJob first = jobs.claim(server, 1).getFirst();
        pass(first.id(), "error_message = 'attempt 1 broke'");
        jobs.expireLease(first.id());
        ClaimedJob second = jobs.takeOver(Ids.next(), 3).orElseThrow();
        assertThat(JobKit.column("error_message", first.id())).isEqualTo("null");
        jobs.settle(JobKit.failed(second));
        assertThat(JobKit.column("error_message", first.id())).isEqualTo("It broke.");
        List<String> log = DATABASE
                .ask(
                        Role.WORKER,
                        c -> TestDatabase.rows(
                                c,
                                "select attempt, stream, level, message from hub.job_logs where job_id = ? order by id",
                                first.id()))
                .stream()
                .map(row -> String.join(" ", row.stream().map(String::valueOf).toList()))
                .toList();
        assertThat(log)
                .containsExactly(
                        "1 PLATFORM WARNING The server of attempt 1 fell silent; attempt 2 begins.",
                        "2 PLATFORM ERROR SIMULATION_FAILED: It broke.");
        assertThat(DATABASE.<List<@Nullable String>>ask(
                        Role.WORKER,
                        c -> TestDatabase.column(
                                c,
                                "select message from hub.job_events where job_id = ? and fence = 1 and message is not null",
                                first.id())))
                .isEmpty();
    }
}
