package org.quantumhub.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quantumhub.execution.JobQueue.Share;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.TestDatabase;
import org.quantumhub.shared.TestDatabase.Role;
import org.quantumhub.shared.TestDatabase.Tenant;

/// Teams take turns.
class FairShareTest {

    private static final TestDatabase DATABASE = TestDatabase.hub();

    private final JobKit jobs = new JobKit();
    private final TeamLimits limits = new TeamLimits();
    private final UUID server = Ids.next();
    private final List<UUID> limited = new ArrayList<>();

    @BeforeEach
    void nothing_is_queued_or_held() throws Exception {
        jobs.clear();
    }

    @AfterEach
    void no_limits_are_left() throws Exception {
        for (UUID team : limited) {
            DATABASE.inTransaction(Role.WORKER, c -> limits.remove(c, team));
        }
    }

    private static Tenant team() throws SQLException {
        return DATABASE.tenant("0");
    }

    private void limit(Tenant tenant, int running) throws SQLException {
        limited.add(tenant.team());
        DATABASE.inTransaction(Role.WORKER, c -> limits.set(c, tenant.team(), running));
    }

    private static Map<UUID, Integer> perTeam(List<ClaimedJob> claimed) {
        Map<UUID, Integer> counts = new HashMap<>();
        claimed.forEach(job -> counts.merge(job.teamId(), 1, Integer::sum));
        return counts;
    }

    @Test
    void a_long_queue_of_one_team_does_not_delay_the_first_job_of_another() throws Exception {
        Tenant busy = team();
        jobs.queued(busy, 500);
        Tenant late = team();
        UUID first = jobs.queued(late);
        assertThat(jobs.claim(server, 10)).extracting(ClaimedJob::id).contains(first);
    }

    @Test
    void a_claim_is_shared_among_those_who_wait() throws Exception {
        Tenant ada = team();
        Tenant bob = team();
        Tenant eve = team();
        jobs.queued(ada, 50);
        jobs.queued(bob, 50);
        jobs.queued(eve, 2);
        Map<UUID, Integer> shares = perTeam(jobs.claim(server, 12));
        assertThat(shares)
                .containsEntry(ada.team(), 4)
                .containsEntry(bob.team(), 4)
                .containsEntry(eve.team(), 2);
    }

    /// Each job of the kit is expected to take a thousandth of a second: a claim of one job at a time goes round.
    @Test
    void who_was_served_last_comes_last() throws Exception {
        List<UUID> teams = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Tenant tenant = team();
            teams.add(tenant.team());
            jobs.queued(tenant, 3);
        }
        Collections.sort(teams);
        List<UUID> served = new ArrayList<>();
        UUID last = JobQueue.NO_TEAM;
        for (int i = 0; i < 9; i++) {
            last = JobQueue.lastServed(last, jobs.claim(server, last, new Share(10, 1, 0, false, false)));
            served.add(last);
        }
        assertThat(served.subList(0, 3)).doesNotHaveDuplicates();
        assertThat(served.subList(3, 6)).isEqualTo(served.subList(0, 3));
        assertThat(served.subList(6, 9)).isEqualTo(served.subList(0, 3));
        assertThat(jobs.claim(server, 1)).isEmpty();
    }

    @Test
    void more_teams_than_a_claim_has_places_come_round_in_turn() throws Exception {
        List<UUID> all = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            Tenant tenant = team();
            all.add(tenant.team());
            jobs.queued(tenant, 2);
        }
        List<UUID> served = new ArrayList<>();
        UUID last = JobQueue.NO_TEAM;
        while (served.size() < 14) {
            List<ClaimedJob> claimed = jobs.claim(server, last, JobKit.share(3));
            assertThat(claimed).isNotEmpty();
            claimed.forEach(job -> served.add(job.teamId()));
            last = JobQueue.lastServed(last, claimed);
        }
        assertThat(served.subList(0, 9))
                .as("nobody is left out while another comes a second time")
                .containsAll(all);
        assertThat(served).containsAll(all);
    }

    @Test
    void priority_orders_a_teams_own_jobs_and_no_others() throws Exception {
        Tenant loud = team();
        Tenant quiet = team();
        UUID second = jobs.queued(loud);
        NewJobRow urgent = JobKit.on(
                JobKit.row(loud),
                RunMode.NON_BLOCKING,
                new JobTerms(100, null, null, null, null, null, null, null, null, null, null));
        jobs.submit(loud, urgent);
        UUID other = jobs.queued(quiet);
        List<UUID> claimed = jobs.claim(server, 2).stream().map(ClaimedJob::id).toList();
        assertThat(claimed).containsExactlyInAnyOrder(urgent.id(), other);
        assertThat(jobs.claim(server, 2)).extracting(ClaimedJob::id).containsExactly(second);
    }

    @Test
    void a_team_runs_no_more_at_a_time_than_its_limit() throws Exception {
        Tenant small = team();
        limit(small, 2);
        Tenant free = team();
        jobs.queued(small, 5);
        jobs.queued(free, 5);
        Share share = new Share(20, Long.MAX_VALUE, 0, true, false);
        List<ClaimedJob> claimed = jobs.claim(server, JobQueue.NO_TEAM, share);
        assertThat(perTeam(claimed)).containsEntry(small.team(), 2).containsEntry(free.team(), 5);
        assertThat(jobs.claim(server, JobQueue.NO_TEAM, share)).isEmpty();
        jobs.settle(JobKit.succeeded(claimed.stream()
                .filter(job -> job.teamId().equals(small.team()))
                .findFirst()
                .orElseThrow()));
        assertThat(jobs.claim(server, JobQueue.NO_TEAM, share)).hasSize(1);
    }

    @Test
    void the_usual_limit_holds_for_teams_without_one_of_their_own() throws Exception {
        Tenant usual = team();
        Tenant large = team();
        limit(large, 4);
        jobs.queued(usual, 5);
        jobs.queued(large, 5);
        assertThat(perTeam(jobs.claim(server, JobQueue.NO_TEAM, new Share(20, Long.MAX_VALUE, 1, true, false))))
                .containsEntry(usual.team(), 1)
                .containsEntry(large.team(), 4);
    }

    @Test
    void claims_at_once_exceed_no_limit() throws Exception {
        Tenant tenant = team();
        limit(tenant, 3);
        jobs.queued(tenant, 40);
        Callable<List<ClaimedJob>> claim =
                () -> jobs.claim(Ids.next(), JobQueue.NO_TEAM, new Share(10, Long.MAX_VALUE, 0, true, false));
        List<ClaimedJob> claimed = new ArrayList<>();
        JobKit.atOnce(Collections.nCopies(8, claim)).forEach(claimed::addAll);
        assertThat(claimed).hasSize(3);
    }

    /// What a claim reads does not grow with the queue: counted in pages, not in time.
    @Test
    void a_claim_reads_as_much_from_a_long_queue_as_from_a_short_one() throws Exception {
        Tenant first = team();
        Tenant second = team();
        fill(first, 500);
        fill(second, 500);
        long shortQueue = pages();
        fill(first, 30_000);
        fill(second, 30_000);
        assertThat(pages()).isLessThan(shortQueue * 2);
    }

    private static void fill(Tenant tenant, int count) throws SQLException {
        DATABASE.inTransaction(
                Role.APP, tenant, c -> TestDatabase.change(c, """
                insert into hub.jobs (id, team_id, user_id, backend_slug, program, program_format, shots, seed, qubit_count, gate_count,
                                      depth, status, queued_at, estimated_cost, currency, price_version_id)
                select uuidv7(), ?, ?, 'hub-statevector', 'x', 'OPENQASM2', 1, 1, 1, 1, 1, 'QUEUED', now(), 0, 'USD', ?
                  from generate_series(1, ?)
                """, tenant.team(), tenant.user(), JobKit.PRICE, count));
    }

    /// Pages that the statement of a claim touches, rolled back. What other tests left dead in the index is not its
    /// fault.
    private static long pages() throws SQLException {
        try (Connection superuser = DATABASE.connect(Role.SUPERUSER)) {
            TestDatabase.change(superuser, "vacuum hub.jobs");
        }
        String plan = DATABASE.ask(Role.WORKER, c -> {
            List<String> lines = TestDatabase.column(
                            c,
                            "explain (analyze, buffers, costs off, timing off) "
                                    + JobQueue.statement("claim.sql")
                                            .replaceFirst(
                                                    "(?s)select j\\.id, j\\.team_id, j\\.fence.*", "select * from due"),
                            20,
                            JobQueue.NO_TEAM,
                            0)
                    .stream()
                    .map(String::valueOf)
                    .toList();
            c.rollback();
            return String.join("\n", lines);
        });
        Matcher buffers =
                Pattern.compile("Buffers: shared hit=(\\d+)(?: read=(\\d+))?").matcher(plan);
        assertThat(buffers.find()).isTrue();
        String read = buffers.group(2);
        return Long.parseLong(buffers.group(1)) + (read == null ? 0 : Long.parseLong(read));
    }
}
