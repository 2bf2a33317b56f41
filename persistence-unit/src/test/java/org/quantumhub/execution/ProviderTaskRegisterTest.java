package org.quantumhub.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quantumhub.execution.ProviderStrays.Listed;
import org.quantumhub.execution.ProviderTaskRegister.Later;
import org.quantumhub.execution.ProviderTaskRegister.Reachable;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.Money;
import org.quantumhub.shared.TestDatabase;
import org.quantumhub.shared.TestDatabase.Role;
import org.quantumhub.shared.TestDatabase.Tenant;

class ProviderTaskRegisterTest {

    private static final TestDatabase DATABASE = TestDatabase.hub();
    private static final String BACKEND = "iqm-garnet-emulator";
    private static final String PROVIDER = "hub-emulator";
    private static Tenant tenant;

    private final JobKit jobs = new JobKit();
    private final ProviderTaskRegister register = new ProviderTaskRegister();
    private final ProviderIntents intents = new ProviderIntents();
    private Together limits = Together.ALONE;
    private final UUID server = Ids.next();
    private final UUID otherServer = Ids.next();
    private List<String> asHub = List.of(BACKEND);
    private List<String> asTeams = List.of(BACKEND);

    @BeforeAll
    static void a_team() throws Exception {
        tenant = DATABASE.tenant("100.00");
    }

    @BeforeEach
    void nothing_is_open() throws Exception {
        DATABASE.inTransaction(
                Role.WORKER,
                c -> TestDatabase.change(
                        c,
                        "update hub.provider_tasks set state = 'SETTLED', ended_at = now() where state <> 'SETTLED'"));
        jobs.clear();
    }

    @Test
    void a_job_for_a_provider_waits_where_no_simulator_lane_sees_it() throws Exception {
        UUID job = submitted();
        assertThat(jobs.status(job)).isEqualTo("SUBMITTED");
        assertThat(jobs.claim(server, 10)).isEmpty();
        OpenTask task = begin(server).getFirst();
        assertThat(task.jobId()).isEqualTo(job);
        assertThat(task.inDoubt()).isFalse();
        assertThat(task.token()).startsWith("qh-").hasSizeLessThanOrEqualTo(64);
        assertThat(jobs.status(job)).isEqualTo("PROVISIONING");
        assertThat(jobs.claim(server, 10)).isEmpty();
        assertThat(begin(otherServer)).isEmpty();
        List<String> steps = DATABASE.ask(
                Role.WORKER,
                c ->
                        TestDatabase.column(c, "select status from hub.job_events where job_id = ? order by id", job)
                                .stream()
                                .map(String::valueOf)
                                .toList());
        assertThat(steps).containsExactly("SUBMITTED", "QUEUED", "PROVISIONING");
    }

    @Test
    void a_lease_keeps_others_away_and_its_end_means_doubt() throws Exception {
        submitted();
        OpenTask first = begin(server).getFirst();
        assertThat(claim(otherServer)).isEmpty();
        expire(first);
        OpenTask second = claim(otherServer).getFirst();
        assertThat(second.token()).isEqualTo(first.token());
        assertThat(second.inDoubt()).isTrue();
        assertThat(second.fence()).isGreaterThan(first.fence());
    }

    @Test
    void how_an_order_stands_can_be_told() throws Exception {
        UUID job = submitted();
        JobOutlook outlook = new JobOutlook();
        assertThat(DATABASE.<Optional<JobFacts.Order>>ask(Role.APP, tenant, c -> outlook.order(c, job)))
                .isEmpty();
        OpenTask task = begin(server).getFirst();
        assertThat(DATABASE.<Optional<JobFacts.Order>>ask(Role.APP, tenant, c -> outlook.order(c, job)))
                .contains(new JobFacts.Order(false, null, null, null, 0, 0));
        DATABASE.inTransaction(Role.WORKER, c -> {
            register.called(c, task, "PROVIDER_SUBMIT_FAILED", "{\"failure\": \"HTTP_429\", \"status\": 429}");
            register.later(c, List.of(new Later(task, null, null, -90_000, true, true)));
        });
        JobFacts.Order refused =
                DATABASE.ask(Role.APP, tenant, c -> outlook.order(c, job).orElseThrow());
        assertThat(refused.failure()).isEqualTo("HTTP_429");
        assertThat(refused.failureStatus()).isEqualTo(429);
        assertThat(refused.lateSeconds()).isBetween(90.0, 3600.0);
        OpenTask again = claim(server).getFirst();
        DATABASE.inTransaction(Role.WORKER, c -> {
            register.called(c, again, "PROVIDER_SUBMIT", "{\"status\": 201}");
            register.opened(c, again, "arn:" + task.id(), "QUEUED", 60_000);
        });
        assertThat(DATABASE.<Optional<JobFacts.Order>>ask(Role.APP, tenant, c -> outlook.order(c, job)))
                .contains(new JobFacts.Order(true, "QUEUED", null, null, 0, 0));
        Tenant stranger = DATABASE.tenant("0");
        assertThat(DATABASE.<Optional<JobFacts.Order>>ask(Role.APP, stranger, c -> outlook.order(c, job)))
                .isEmpty();
    }

    @Test
    void an_order_that_was_certainly_not_taken_leaves_no_doubt() throws Exception {
        submitted();
        OpenTask task = begin(server).getFirst();
        later(new Later(task, null, null, 0, true, true));
        OpenTask again = claim(server).getFirst();
        assertThat(again.inDoubt()).isFalse();
        assertThat(again.failures()).isEqualTo(1);
    }

    @Test
    void who_lost_the_lease_moves_and_settles_nothing_any_more() throws Exception {
        submitted();
        OpenTask zombie = begin(server).getFirst();
        expire(zombie);
        OpenTask heir = claim(otherServer).getFirst();
        later(new Later(zombie, "RUNNING", null, 3_600_000, false, false));
        assertThat(settle(zombie)).isFalse();
        assertThat(settle(heir)).isTrue();
        assertThat(settle(heir)).as("a second time").isFalse();
        assertThat(claim(server)).isEmpty();
    }

    @Test
    void what_the_provider_said_of_a_task_is_true_whoever_holds_it() throws Exception {
        submitted();
        OpenTask late = begin(server).getFirst();
        expire(late);
        claim(otherServer);
        String arn = "arn:" + late.id();
        DATABASE.inTransaction(Role.WORKER, c -> register.opened(c, late, arn, "QUEUED", 0));
        assertThat(claim(server).getFirst().providerTaskId()).isEqualTo(arn);
    }

    @Test
    void token_and_the_providers_own_id_are_unique_and_never_change() throws Exception {
        submitted();
        OpenTask task = begin(server).getFirst();
        String arn = "arn:" + task.id();
        DATABASE.inTransaction(Role.WORKER, c -> register.opened(c, task, arn, "QUEUED", 0));
        for (String change : List.of(
                "token = 'qh-other'",
                "provider_task_id = 'arn:other'",
                "provider_task_id = null, state = 'INTENT'",
                "state = 'INTENT'",
                "job_id = gen_random_uuid()")) {
            assertThatThrownBy(() -> change("update hub.provider_tasks set " + change + " where id = ?", task.id()))
                    .as(change)
                    .isInstanceOf(SQLException.class);
        }
        submitted();
        OpenTask second = begin(server).getFirst();
        assertThatThrownBy(() -> DATABASE.inTransaction(Role.WORKER, c -> register.opened(c, second, arn, "QUEUED", 0)))
                .hasMessageContaining("provider_tasks_known");
        assertThatThrownBy(() -> change(
                        "insert into hub.provider_tasks (id, team_id, job_id, provider_slug, backend_slug, token)"
                                + " select gen_random_uuid(), team_id, job_id, 'p', backend_slug, 'qh-new'"
                                + " from hub.provider_tasks where id = ?",
                        second.id()))
                .as("a second task for one job")
                .hasMessageContaining("job_id");
    }

    @Test
    void a_cancelled_job_is_due_at_once_and_tells_so() throws Exception {
        UUID job = submitted();
        OpenTask task = begin(server).getFirst();
        DATABASE.inTransaction(Role.WORKER, c -> register.opened(c, task, "arn:" + task.id(), "QUEUED", 3_600_000));
        assertThat(claim(server)).isEmpty();
        DATABASE.inTransaction(
                Role.WORKER,
                c -> assertThat(new JobEndings().cancel(c, job, tenant.team())).isPresent());
        DATABASE.inTransaction(Role.WORKER, c -> register.hurry(c, job));
        OpenTask due = claim(server).getFirst();
        assertThat(due.cancelled()).isTrue();
        assertThat(due.cancelSent()).isFalse();
        DATABASE.inTransaction(Role.WORKER, c -> register.cancelSent(c, due));
        expire(due);
        assertThat(claim(server).getFirst().cancelSent()).isTrue();
    }

    @Test
    void a_task_that_is_in_no_book_is_a_stray_and_told_once() throws Exception {
        submitted();
        OpenTask task = begin(server).getFirst();
        List<Listed> listed = List.of(
                new Listed("arn:ours", task.token(), "QUEUED"), new Listed("arn:" + Ids.next(), "qh-lost", "QUEUED"));
        assertThat(reconcile(listed)).extracting(Listed::token).containsExactly("qh-lost");
        assertThat(reconcile(listed)).isEmpty();
    }

    /// The account is chosen once, with the order; and jobs wait while the credentials are not known to be good.
    @Test
    void a_team_with_credentials_of_its_own_is_ordered_for_in_its_own_account() throws Exception {
        Tenant usual = tenant;
        tenant = DATABASE.tenant("0");
        try {
            UUID key = Ids.next();
            DATABASE.inTransaction(
                    Role.APP,
                    tenant,
                    c -> TestDatabase.change(
                            c,
                            "insert into hub.team_data_keys (id, team_id, wrapped_key, master_key_id) values (?, ?, '', 'm')",
                            key,
                            tenant.team()));
            DATABASE.inTransaction(
                    Role.APP,
                    tenant,
                    c -> TestDatabase.change(
                            c,
                            "insert into hub.team_secrets (id, team_id, provider, key_name, encrypted_value, key_id, created_by)"
                                    + " values (?, ?, ?, 'key', '', ?, ?)",
                            Ids.next(),
                            tenant.team(),
                            PROVIDER,
                            key,
                            tenant.user()));
            submitted();
            // nobody has tried them yet
            assertThat(begin(server)).isEmpty();
            verdict("validation_status = 'INVALID', last_verdict = 'INVALID', last_verdict_at = now()");
            assertThat(begin(server)).isEmpty();
            verdict("validation_status = 'ERROR', last_verdict = 'VALID', last_verdict_at = now()");
            asTeams = List.of();
            assertThat(begin(server)).isEmpty();
            asTeams = List.of(BACKEND);
            asHub = List.of();
            OpenTask task = begin(server).getFirst();
            assertThat(task.ownAccount()).isTrue();
            assertThat(task.account()).isEqualTo(PROVIDER + " " + tenant.team());
            expire(task);
            // whoever can ask in the hub's account only has no business with it
            assertThat(claim(otherServer)).isEmpty();
            assertThatThrownBy(
                            () -> change("update hub.provider_tasks set own_account = false where id = ?", task.id()))
                    .hasMessageContaining("provider task");

            asHub = List.of(BACKEND);
            verdict("is_active = false");
            submitted();
            assertThat(begin(server).getFirst().ownAccount()).isFalse();
        } finally {
            tenant = usual;
        }
    }

    private void verdict(String change) throws SQLException {
        DATABASE.inTransaction(
                Role.APP,
                tenant,
                c -> TestDatabase.change(
                        c, "update hub.team_secrets set " + change + " where team_id = ?", tenant.team()));
    }

    @Test
    void jobs_of_one_bundle_share_tasks_as_far_as_they_fit() throws Exception {
        UUID bundle = submitted();
        begin(server);
        List<UUID> children = List.of(child(bundle, 0), child(bundle, 1), child(bundle, 2));
        UUID single = submitted();
        limits = new Together(2, Long.MAX_VALUE, Long.MAX_VALUE);
        List<OpenTask> tasks = begin(server);
        assertThat(tasks.stream().map(OpenTask::jobs))
                .containsExactlyInAnyOrder(children.subList(0, 2), List.of(children.get(2)), List.of(single));
        OpenTask set = tasks.stream().filter(OpenTask::isSet).findFirst().orElseThrow();
        assertThat(DATABASE.ask(Role.WORKER, c -> register.jobs(c, set)).stream()
                        .map(ClaimedJob::id))
                .containsExactlyElementsOf(children.subList(0, 2));
        DATABASE.inTransaction(Role.WORKER, c -> register.running(c, set));
        assertThat(jobs.status(children.get(1))).isEqualTo("RUNNING");
        assertThat(jobs.status(children.get(2))).isEqualTo("PROVISIONING");
    }

    @Test
    void a_set_keeps_within_the_shots_and_gates_of_a_task() throws Exception {
        UUID bundle = submitted();
        begin(server);
        child(bundle, 0);
        child(bundle, 1);
        NewJobRow kit = JobKit.row(tenant);
        limits = new Together(10, 2L * kit.shots() - 1, Long.MAX_VALUE);
        assertThat(begin(server)).hasSize(2).noneMatch(OpenTask::isSet);
        child(bundle, 2);
        child(bundle, 3);
        limits = new Together(10, Long.MAX_VALUE, 2L * kit.gateCount() - 1);
        assertThat(begin(server)).hasSize(2).noneMatch(OpenTask::isSet);
    }

    @Test
    void a_set_is_cancelled_when_all_of_its_jobs_are() throws Exception {
        UUID bundle = submitted();
        begin(server);
        UUID first = child(bundle, 0);
        UUID second = child(bundle, 1);
        limits = new Together(2, Long.MAX_VALUE, Long.MAX_VALUE);
        OpenTask set = begin(server).getFirst();
        DATABASE.inTransaction(Role.WORKER, c -> register.opened(c, set, "arn:" + set.id(), "QUEUED", 3_600_000));
        cancel(first);
        OpenTask due = claimed(first);
        assertThat(due.cancelled()).isFalse();
        expire(due);
        cancel(second);
        assertThat(claimed(second).cancelled()).isTrue();
    }

    @Test
    void a_set_is_made_of_jobs_without_a_task_and_stays_as_it_is() throws Exception {
        UUID bundle = submitted();
        begin(server);
        child(bundle, 0);
        UUID second = child(bundle, 1);
        limits = new Together(2, Long.MAX_VALUE, Long.MAX_VALUE);
        OpenTask set = begin(server).getFirst();
        assertThatThrownBy(() -> change("update hub.provider_tasks set set_jobs = '{}' where id = ?", set.id()))
                .isInstanceOf(SQLException.class);
        UUID other = submitted();
        assertThatThrownBy(() -> DATABASE.inTransaction(
                        Role.WORKER,
                        c -> TestDatabase.change(
                                c,
                                "insert into hub.provider_tasks (id, team_id, job_id, provider_slug, backend_slug, token, set_jobs)"
                                        + " select gen_random_uuid(), team_id, id, 'p', backend_slug, 'qh-' || id, array [id, ?]"
                                        + " from hub.jobs where id = ?",
                                second,
                                other)))
                .hasMessageContaining("none of which has a task");
    }

    private void cancel(UUID job) throws SQLException {
        DATABASE.inTransaction(
                Role.WORKER,
                c -> assertThat(new JobEndings().cancel(c, job, tenant.team())).isPresent());
        DATABASE.inTransaction(Role.WORKER, c -> register.hurry(c, job));
    }

    private OpenTask claimed(UUID job) throws SQLException {
        return claim(server).stream()
                .filter(task -> task.jobs().contains(job))
                .findFirst()
                .orElseThrow();
    }

    private UUID child(UUID bundle, int index) throws SQLException {
        return submitted(JobTerms.NONE.child(bundle, index, null));
    }

    private UUID submitted() throws SQLException {
        return submitted(JobTerms.NONE);
    }

    private UUID submitted(JobTerms terms) throws SQLException {
        NewJobRow kit = JobKit.row(tenant);
        NewJobRow row = new NewJobRow(
                kit.id(),
                kit.teamId(),
                kit.userId(),
                kit.name(),
                kit.runMode(),
                BACKEND,
                kit.program(),
                kit.shots(),
                kit.seed(),
                kit.memory(),
                kit.tags(),
                kit.metadata(),
                kit.qubitCount(),
                kit.gateCount(),
                kit.depth(),
                kit.expectedMicros(),
                Money.zero(kit.estimatedCost().currency()),
                kit.priceVersionId(),
                kit.requestId(),
                null,
                terms);
        jobs.submit(tenant, row);
        return row.id();
    }

    private List<OpenTask> begin(UUID owner) throws SQLException {
        return DATABASE.ask(
                Role.WORKER,
                c -> intents.begin(
                        c,
                        owner,
                        30,
                        new Reachable(asHub, asTeams),
                        Map.of(BACKEND, limits),
                        List.of(PROVIDER + "/key"),
                        10));
    }

    private List<OpenTask> claim(UUID owner) throws SQLException {
        return DATABASE.ask(
                Role.WORKER, c -> register.claim(c, owner, 30, new Reachable(List.of(PROVIDER), List.of()), 10));
    }

    private void later(Later later) throws SQLException {
        DATABASE.inTransaction(Role.WORKER, c -> register.later(c, List.of(later)));
    }

    private boolean settle(OpenTask task) throws SQLException {
        return DATABASE.ask(Role.WORKER, c -> register.settle(c, task, "COMPLETED", null));
    }

    private List<Listed> reconcile(List<Listed> listed) throws SQLException {
        return DATABASE.ask(Role.WORKER, c -> new ProviderStrays().reconcile(c, PROVIDER, listed));
    }

    private void expire(OpenTask task) throws SQLException {
        change("update hub.provider_tasks set lease_until = now() - interval '1 second' where id = ?", task.id());
    }

    private static void change(String sql, UUID id) throws SQLException {
        DATABASE.inTransaction(Role.WORKER, c -> TestDatabase.change(c, sql, id));
    }
}
