package org.quantumhub.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.TestDatabase;
import org.quantumhub.shared.TestDatabase.Role;
import org.quantumhub.shared.TestDatabase.Tenant;

/// A job of many circuits.
class BundleTest {

    private static final TestDatabase DATABASE = TestDatabase.hub();
    private static Tenant tenant;

    private final JobKit jobs = new JobKit();
    private final BundleRegister bundles = new BundleRegister();
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

    private UUID bundle(int children) throws SQLException {
        NewJobRow parent = JobKit.row(tenant);
        List<NewJobRow> rows = new ArrayList<>();
        for (int i = 0; i < children; i++) {
            rows.add(JobKit.on(
                    JobKit.row(tenant),
                    RunMode.NON_BLOCKING,
                    JobTerms.NONE.child(parent.id(), i, "{\"theta\": " + i + "}")));
        }
        DATABASE.inTransaction(Role.APP, tenant, c -> {
            bundles.add(c, parent, children);
            new JobRegister().add(c, rows);
        });
        return parent.id();
    }

    private List<UUID> follow(UUID parent) throws SQLException {
        return DATABASE.ask(Role.WORKER, c -> bundles.follow(c, List.of(parent)));
    }

    @Test
    void children_are_claimed_and_the_parent_is_not() throws Exception {
        UUID parent = bundle(3);
        List<ClaimedJob> claimed = jobs.claim(server, 10);
        assertThat(claimed).hasSize(3).allMatch(job -> parent.equals(job.bundleId()));
        assertThat(claimed).extracting(ClaimedJob::parameters).contains("{\"theta\": 2}");
        assertThat(jobs.status(parent)).isEqualTo("QUEUED");
        assertThat(JobKit.column("sub_status", parent)).isEqualTo("WAITING_CHILDREN");
    }

    @Test
    void a_parent_follows_its_children_to_the_end() throws Exception {
        UUID parent = bundle(3);
        assertThat(follow(parent)).isEmpty();
        assertThat(jobs.status(parent)).isEqualTo("QUEUED");
        List<ClaimedJob> claimed = jobs.claim(server, 10);
        assertThat(follow(parent)).isEmpty();
        assertThat(jobs.status(parent)).isEqualTo("RUNNING");
        assertThat(jobs.takeOver(Ids.next(), 3))
                .as("nobody takes a parent over")
                .isEmpty();
        jobs.settle(JobKit.succeeded(claimed.get(0)), JobKit.failed(claimed.get(1)));
        assertThat(follow(parent)).isEmpty();
        jobs.settle(JobKit.succeeded(claimed.get(2)));
        assertThat(follow(parent)).containsExactly(parent);
        assertThat(follow(parent)).as("once").isEmpty();
        assertThat(jobs.status(parent)).isEqualTo("COMPLETED");
        assertThat(JobKit.column("status_reason", parent)).isEqualTo("PARTIALLY_COMPLETED");
        assertThat(JobKit.column("actual_cost", parent)).isEqualTo("0.00000000");
        assertThat(JobKit.column("quantum_time_seconds", parent)).isEqualTo("0.003000");
        assertThat(JobKit.results(parent))
                .containsExactly("SUMMARY {\"failed\": 1, \"children\": 3, \"cancelled\": 0, \"completed\": 2} t");
        assertThat(JobKit.events(parent)).containsExactly("SUBMITTED", "QUEUED", "RUNNING", "COMPLETED");
    }

    @Test
    void cancelling_ends_what_waits_and_asks_what_runs() throws Exception {
        UUID parent = bundle(3);
        ClaimedJob running = jobs.claim(server, 1).getFirst();
        follow(parent);
        List<Settled> changed = DATABASE.ask(Role.APP, tenant, c -> bundles.cancel(c, parent, tenant.team()));
        assertThat(changed).hasSize(4);
        assertThat(changed).filteredOn(s -> s.status() == JobStatus.CANCELLED).hasSize(2);
        assertThat(jobs.status(running.id())).isEqualTo("CANCELLING");
        assertThat(jobs.status(parent)).isEqualTo("CANCELLING");
        assertThat(follow(parent)).isEmpty();
        jobs.settle(JobKit.cancelled(running));
        assertThat(follow(parent)).containsExactly(parent);
        assertThat(jobs.status(parent)).isEqualTo("CANCELLED");
        assertThat(JobKit.column("status_reason", parent)).isEqualTo("CANCELLED_BY_USER");
        assertThat(DATABASE.<List<Settled>>ask(Role.APP, tenant, c -> bundles.cancel(c, parent, tenant.team())))
                .isEmpty();
    }

    @Test
    void what_is_withdrawn_tells_whether_it_was_all_of_the_bundle() throws Exception {
        UUID whole = bundle(3);
        List<Settled> all = DATABASE.ask(Role.APP, tenant, c -> bundles.withdraw(c, whole, tenant.team(), "MOVED"));
        assertThat(all).hasSize(4).allMatch(row -> row.status() == JobStatus.CANCELLED);
        assertThat(JobKit.column("status_reason", whole)).isEqualTo("MOVED");
        UUID begun = bundle(3);
        jobs.claim(server, 1);
        assertThat(DATABASE.<List<Settled>>ask(
                        Role.APP, tenant, c -> bundles.withdraw(c, begun, tenant.team(), "MOVED")))
                .hasSize(3);
    }

    @Test
    void a_bundle_of_another_team_is_not_there_to_cancel() throws Exception {
        UUID parent = bundle(2);
        Tenant stranger = DATABASE.tenant("0");
        assertThat(DATABASE.<List<Settled>>ask(Role.APP, stranger, c -> bundles.cancel(c, parent, tenant.team())))
                .isEmpty();
        assertThat(jobs.status(parent)).isEqualTo("QUEUED");
    }

    @Test
    void a_paused_bundle_stays_away_from_the_lanes() throws Exception {
        UUID parent = bundle(2);
        assertThat(DATABASE.<Integer>ask(Role.APP, tenant, c -> times.pause(c, parent, tenant.team())))
                .isEqualTo(3);
        assertThat(jobs.claim(server, 10)).isEmpty();
        assertThat(DATABASE.<Integer>ask(Role.APP, tenant, c -> times.resume(c, parent, tenant.team())))
                .isEqualTo(3);
        assertThat(JobKit.column("sub_status", parent)).isEqualTo("WAITING_CHILDREN");
        assertThat(jobs.claim(server, 10)).hasSize(2);
    }

    @Test
    void a_parent_costs_nothing_and_has_no_circuit() throws Exception {
        UUID parent = bundle(2);
        assertThatThrownBy(() -> DATABASE.inTransaction(
                        Role.WORKER,
                        c -> TestDatabase.change(c, "update hub.jobs set child_count = 0 where id = ?", parent)))
                .hasMessageContaining("never changed");
        assertThat(JobKit.column("num_nonnulls(program, circuit_data, program_format)", parent))
                .isEqualTo("0");
    }

    @Test
    void bundles_that_have_not_ended_are_found() throws Exception {
        UUID parent = bundle(1);
        assertThat(DATABASE.<List<UUID>>ask(Role.WORKER, c -> bundles.open(c, JobQueue.NO_TEAM, 10)))
                .containsExactly(parent);
        jobs.settle(JobKit.succeeded(jobs.claim(server, 1).getFirst()));
        follow(parent);
        assertThat(DATABASE.<List<UUID>>ask(Role.WORKER, c -> bundles.open(c, JobQueue.NO_TEAM, 10)))
                .isEmpty();
    }
}
