package org.quantumhub.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.Money;
import org.quantumhub.shared.TestDatabase;
import org.quantumhub.shared.TestDatabase.Role;
import org.quantumhub.shared.TestDatabase.Tenant;

/// Jobs whose worker is silent.
class TakeOverTest {

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
    void a_job_is_taken_over_only_when_its_lease_has_run_out() throws Exception {
        jobs.queued(tenant);
        ClaimedJob first = jobs.claim(server, 1).getFirst();
        assertThat(jobs.takeOver(otherServer, 3)).isEmpty();
        jobs.expireLease(first.id());
        ClaimedJob second = jobs.takeOver(otherServer, 3).orElseThrow();
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.fence()).isEqualTo(2);
        assertThat(second.program()).isEqualTo(first.program());
        assertThat(JobKit.column("lease_owner", first.id())).isEqualTo(otherServer.toString());
        assertThat(jobs.takeOver(otherServer, 3)).isEmpty();
        assertThat(jobs.settle(JobKit.succeeded(second))).hasSize(1);
        assertThat(JobKit.events(first.id())).containsExactly("SUBMITTED", "QUEUED", "RUNNING", "RUNNING", "COMPLETED");
    }

    @Test
    void a_job_is_begun_so_many_times_and_then_given_up() throws Exception {
        UUID job = jobs.queued(tenant);
        jobs.claim(server, 1);
        jobs.expireLease(job);
        assertThat(jobs.giveUp(3)).isEmpty();
        assertThat(jobs.takeOver(otherServer, 3)).isPresent();
        jobs.expireLease(job);
        assertThat(jobs.takeOver(otherServer, 3)).map(ClaimedJob::fence).hasValue(3);
        assertThat(jobs.giveUp(3)).as("while somebody works on it").isEmpty();
        jobs.expireLease(job);
        assertThat(jobs.takeOver(otherServer, 3)).isEmpty();
        Settled given = jobs.giveUp(3).getFirst();
        assertThat(given.status()).isEqualTo(JobStatus.FAILED);
        assertThat(given.cost()).isEqualTo(Money.of("0", "USD"));
        assertThat(JobKit.column("status_reason", job)).isEqualTo("ATTEMPTS_EXHAUSTED");
        assertThat(JobKit.column("fence", job)).isEqualTo("4");
        assertThat(jobs.giveUp(3)).isEmpty();
    }

    /// What a dead server had claimed is not yet what ended it.
    @Test
    void a_server_that_dies_again_counts_only_against_the_job_it_had_taken_over() throws Exception {
        List<UUID> held = jobs.queued(tenant, 3);
        jobs.claim(server, 3);
        for (UUID job : held) {
            jobs.expireLease(job);
        }
        ClaimedJob alone = jobs.takeOver(otherServer, 3).orElseThrow();
        for (UUID job : held) {
            assertThat(JobKit.column("fence", job)).isEqualTo(job.equals(alone.id()) ? "2" : "1");
            assertThat(JobKit.column("lease_owner", job))
                    .isEqualTo((job.equals(alone.id()) ? otherServer : server).toString());
        }
        jobs.expireLease(alone.id());
        List<UUID> next = new ArrayList<>();
        for (int i = 0; i < held.size(); i++) {
            next.add(jobs.takeOver(server, 3).orElseThrow().id());
        }
        assertThat(next).as("whoever has waited longest comes first").containsExactlyInAnyOrderElementsOf(held);
        assertThat(next.getLast()).isEqualTo(alone.id());
    }

    @Test
    void renewing_prolongs_the_own_leases_and_names_what_is_to_stop() throws Exception {
        jobs.queued(tenant, 3);
        List<ClaimedJob> claimed = jobs.claim(server, 3);
        UUID kept = claimed.get(0).id();
        UUID stopping = claimed.get(1).id();
        UUID lost = claimed.get(2).id();
        jobs.cancel(tenant, stopping);
        jobs.expireLease(lost);
        jobs.takeOver(otherServer, 3);
        jobs.expireLease(kept);
        List<UUID> toStop =
                DATABASE.ask(Role.WORKER, c -> queue.renew(c, server, JobKit.LEASE, List.of(kept, stopping, lost)));
        assertThat(toStop).containsExactly(stopping);
        assertThat(JobKit.column("lease_until > now()", kept)).isEqualTo("t");
        assertThat(JobKit.column("lease_owner", lost)).isEqualTo(otherServer.toString());
        assertThat(JobKit.events(kept)).as("a lease is no step").hasSize(3);
    }

    @Test
    void leases_that_are_given_back_are_taken_over_at_once() throws Exception {
        jobs.queued(tenant, 2);
        jobs.claim(server, 1);
        jobs.claim(otherServer, 1);
        int released = DATABASE.ask(Role.WORKER, c -> queue.releaseLeases(c, server));
        assertThat(released).isEqualTo(1);
        assertThat(jobs.takeOver(otherServer, 3)).isPresent();
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
}
