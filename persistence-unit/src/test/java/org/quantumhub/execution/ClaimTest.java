package org.quantumhub.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quantumhub.execution.JobQueue.Share;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.TestDatabase;
import org.quantumhub.shared.TestDatabase.Role;
import org.quantumhub.shared.TestDatabase.Tenant;

/// Who gets which job.
class ClaimTest {

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
        List<UUID> queued = jobs.queued(tenant, 6);
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
        assertThat(JobKit.column("lease_owner", row.id())).isEqualTo(server.toString());
        assertThat(JobKit.column("lease_until > now() + interval '20 seconds'", row.id()))
                .isEqualTo("t");
    }

    /// Each job of the kit is expected to take a thousandth of a second.
    @Test
    void a_claim_stops_where_its_time_is_filled_but_takes_one_at_least() throws Exception {
        List<UUID> queued = jobs.queued(tenant, 6);
        assertThat(jobs.claim(server, 10, 3_500)).containsExactlyInAnyOrderElementsOf(queued.subList(0, 3));
        assertThat(jobs.claim(server, 10, 1)).containsExactly(queued.get(3));
        assertThat(jobs.claim(server, 10, 2_000)).containsExactlyInAnyOrderElementsOf(queued.subList(4, 6));
    }

    /// A worker that knows that nothing is left need not look again before it is told to.
    @Test
    void a_claim_tells_whether_there_may_be_more() throws Exception {
        jobs.queued(tenant, 6);
        assertThat(more(new Share(10, 3_500, 0, false, false)))
                .as("three did not fit in")
                .isTrue();
        assertThat(more(new Share(2, 9_000, 0, false, false)))
                .as("two were asked for")
                .isTrue();
        assertThat(more(new Share(10, 9_000, 0, false, false)))
                .as("the last one")
                .isFalse();
        assertThat(more(new Share(10, 9_000, 0, false, false))).as("none").isFalse();
    }

    @Test
    void where_teams_have_limits_there_may_be_more_whenever_something_was_taken() throws Exception {
        jobs.queued(tenant);
        assertThat(more(new Share(10, 9_000, 3, false, false))).isTrue();
        jobs.queued(tenant);
        assertThat(more(new Share(10, 9_000, 0, true, false))).isTrue();
        assertThat(more(new Share(10, 9_000, 0, true, false)))
                .as("none was taken")
                .isFalse();
    }

    @Test
    void a_claim_that_gave_a_team_its_share_only_tells_of_more() throws Exception {
        jobs.queued(tenant, 3);
        jobs.queued(DATABASE.tenant("100.00"), 1);
        assertThat(more(new Share(4, 9_000, 0, false, false))).isTrue();
        assertThat(more(new Share(4, 9_000, 0, false, false))).isFalse();
    }

    private boolean more(Share share) throws Exception {
        return DATABASE.ask(
                        Role.WORKER, c -> queue.claim(c, JobKit.lane(server), JobKit.LEASE, JobQueue.NO_TEAM, share))
                .more();
    }

    @Test
    void no_two_workers_get_the_same_job() throws Exception {
        Set<UUID> queued = new HashSet<>(jobs.queued(tenant, 300));
        List<UUID> claimed = JobKit.takenAtOnce(() -> {
            UUID owner = Ids.next();
            return () -> jobs.claim(owner, 7);
        });
        assertThat(claimed).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(queued);
    }

    @Test
    void a_claim_passes_by_what_another_is_taking() throws Exception {
        List<UUID> queued = jobs.queued(tenant, 2);
        try (Connection slow = DATABASE.connect(Role.WORKER)) {
            slow.setAutoCommit(false);
            assertThat(queue.claim(slow, JobKit.lane(server), JobKit.LEASE, JobQueue.NO_TEAM, JobKit.share(1))
                            .jobs())
                    .extracting(ClaimedJob::id)
                    .containsExactly(queued.get(0));
            assertThat(jobs.claim(otherServer, 5)).extracting(ClaimedJob::id).containsExactly(queued.get(1));
            slow.rollback();
        }
        assertThat(jobs.claim(otherServer, 5)).extracting(ClaimedJob::id).containsExactly(queued.get(0));
    }

    @Test
    void the_census_counts_what_is_on_its_way_and_knows_what_has_ended() throws Exception {
        JobCensus census = new JobCensus();
        List<UUID> all = jobs.queued(tenant, 4);
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
}
