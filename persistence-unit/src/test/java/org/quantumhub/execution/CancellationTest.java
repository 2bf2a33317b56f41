package org.quantumhub.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quantumhub.execution.JobEndings.Attempt;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.Money;
import org.quantumhub.shared.TestDatabase;
import org.quantumhub.shared.TestDatabase.Role;
import org.quantumhub.shared.TestDatabase.Tenant;

/// Cancelling a job, wherever it is.
class CancellationTest {

    private static final TestDatabase DATABASE = TestDatabase.hub();
    private static Tenant tenant;

    private final JobKit jobs = new JobKit();
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
    void a_job_that_finishes_although_it_was_to_stop_is_completed() throws Exception {
        ClaimedJob claimed = cancelling();
        Settled settled = jobs.settle(JobKit.succeeded(claimed)).getFirst();
        assertThat(settled.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(settled.cost()).isEqualTo(JobKit.ESTIMATE);
        assertThat(JobKit.results(claimed.id())).hasSize(1);
        assertThat(JobKit.column("status_reason", claimed.id())).isEqualTo("null");
    }

    @Test
    void a_job_that_stops_when_told_is_cancelled_and_free() throws Exception {
        ClaimedJob claimed = cancelling();
        Settled settled = jobs.settle(JobKit.cancelled(claimed)).getFirst();
        assertThat(settled.status()).isEqualTo(JobStatus.CANCELLED);
        assertThat(settled.cost()).isEqualTo(Money.of("0", "USD"));
        assertThat(settled.held()).isEqualTo(JobKit.ESTIMATE);
        assertThat(JobKit.column("status_reason", claimed.id())).isEqualTo("CANCELLED_BY_USER");
        assertThat(JobKit.events(claimed.id()))
                .containsExactly("SUBMITTED", "QUEUED", "RUNNING", "CANCELLING", "CANCELLED");
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
        assertThat(jobs.cancel(tenant, claimed.id()).orElseThrow().status()).isEqualTo(JobStatus.CANCELLING);
        return claimed;
    }

    @Test
    void a_waiting_job_is_cancelled_at_once_and_free() throws Exception {
        UUID job = jobs.queued(tenant);
        Settled settled = jobs.cancel(tenant, job).orElseThrow();
        assertThat(settled.status()).isEqualTo(JobStatus.CANCELLED);
        assertThat(settled.cost()).isEqualTo(Money.of("0", "USD"));
        assertThat(settled.held()).isEqualTo(JobKit.ESTIMATE);
        assertThat(JobKit.events(job)).containsExactly("SUBMITTED", "QUEUED", "CANCELLED");
        assertThat(jobs.claim(server, 5)).isEmpty();
    }

    @Test
    void nothing_is_left_to_cancel_in_an_ended_a_stopping_or_a_foreign_job() throws Exception {
        ClaimedJob stopping = cancelling();
        assertThat(jobs.cancel(tenant, stopping.id())).isEmpty();
        jobs.settle(JobKit.cancelled(stopping));
        assertThat(jobs.cancel(tenant, stopping.id())).isEmpty();
        assertThat(jobs.cancel(tenant, Ids.next())).isEmpty();
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
            List<Boolean> answers = JobKit.atOnce(List.of(
                    () -> !jobs.claim(server, 1).isEmpty(),
                    () -> jobs.cancel(tenant, job).orElseThrow().status() == JobStatus.CANCELLED));
            boolean claimed = answers.get(0);
            boolean ended = answers.get(1);
            assertThat(claimed).isNotEqualTo(ended);
            assertThat(jobs.status(job)).isEqualTo(claimed ? "CANCELLING" : "CANCELLED");
        }
    }

    @Test
    void a_cancelled_job_without_a_worker_is_ended_and_not_begun_again() throws Exception {
        ClaimedJob claimed = cancelling();
        assertThat(jobs.giveUp(3)).isEmpty();
        jobs.expireLease(claimed.id());
        assertThat(jobs.takeOver(otherServer, 3)).isEmpty();
        Settled given = jobs.giveUp(3).getFirst();
        assertThat(given.status()).isEqualTo(JobStatus.CANCELLED);
        assertThat(JobKit.column("status_reason", claimed.id())).isEqualTo("CANCELLED_BY_USER");
        assertThat(jobs.settle(JobKit.succeeded(claimed))).isEmpty();
    }
}
