package org.quantumhub.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quantumhub.analytics.Reconciliation;
import org.quantumhub.analytics.Reconciliation.Difference;
import org.quantumhub.analytics.Reconciliation.Line;
import org.quantumhub.analytics.Reconciliation.NewStatement;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.TestDatabase;
import org.quantumhub.shared.TestDatabase.Role;
import org.quantumhub.shared.TestDatabase.Tenant;

/// What a provider asks for a task that several jobs share, held against all of them.
class ProviderStatementTest {

    private static final TestDatabase DATABASE = TestDatabase.hub();
    private static final LocalDate FIRST = LocalDate.parse("2001-02-01");
    private static final LocalDate LAST = LocalDate.parse("2001-02-28");
    private static Tenant tenant;

    private final JobKit jobs = new JobKit();
    private final Reconciliation reconciliation = new Reconciliation();
    private final UUID server = Ids.next();
    private final String provider = "acme-" + Ids.next();
    private final String task = "task-" + Ids.next();

    @BeforeAll
    static void a_team() throws Exception {
        tenant = DATABASE.tenant("100.00");
    }

    @BeforeEach
    void nothing_is_queued_or_held() throws Exception {
        jobs.clear();
    }

    /// Two completed jobs, 0.002 and 100 shots each, for which one task was ordered.
    private List<UUID> set(String submittedAt) throws SQLException {
        List<UUID> set = List.of(jobs.queued(tenant), jobs.queued(tenant));
        DATABASE.inTransaction(
                Role.WORKER,
                c -> TestDatabase.change(
                        c,
                        "insert into hub.provider_tasks (id, team_id, job_id, provider_slug, backend_slug, token, state,"
                                + " provider_task_id, submitted_at, set_jobs) values (?, ?, ?, ?, ?, ?, 'OPEN', ?, ?::timestamptz,"
                                + " array [?::uuid, ?::uuid])",
                        Ids.next(),
                        tenant.team(),
                        set.getFirst(),
                        provider,
                        JobKit.BACKEND,
                        "token-" + task,
                        task,
                        submittedAt,
                        set.getFirst(),
                        set.getLast()));
        for (ClaimedJob job : jobs.claim(server, 2)) {
            jobs.settle(JobKit.succeeded(job));
        }
        return set;
    }

    private static Line line(int number, @Nullable UUID job, @Nullable String task, String amount, long shots) {
        return new Line(number, job, task, new BigDecimal(amount), "USD", shots);
    }

    private List<String> differences(Line... lines) throws SQLException {
        NewStatement statement = new NewStatement(
                Ids.next(), provider, "statement-" + Ids.next(), tenant.user(), FIRST, LAST, "0".repeat(64));
        List<String> told = new ArrayList<>();
        DATABASE.inTransaction(Role.WORKER, c -> {
            assertThat(reconciliation.add(c, statement, List.of(lines))).isEmpty();
            for (Difference found : reconciliation.differences(c, statement.id(), null, 10)) {
                told.add(found.jobId() + " " + found.taskId() + " " + found.kind() + " " + found.charged());
            }
        });
        return told;
    }

    @Test
    void a_shared_task_is_held_against_all_of_its_jobs() throws Exception {
        UUID first = set("2001-02-10T00:00:00Z").getFirst();
        assertThat(differences(line(1, null, task, "0.004", 200))).isEmpty();
        assertThat(differences(line(1, null, task, "0.005", 200)))
                .containsExactly(first + " " + task + " DEARER_THAN_CHARGED 0.00400000");
        assertThat(differences(line(1, null, task, "0.004", 100)))
                .containsExactly(first + " " + task + " OTHER_SHOTS 0.00400000");
        assertThat(differences(line(1, null, task, "0.002", 100), line(2, null, task, "0.002", 100)))
                .containsExactly(first + " " + task + " TWICE 0.00400000");
    }

    @Test
    void a_task_of_the_period_that_is_left_out_is_missing_once() throws Exception {
        List<UUID> set = set("2001-02-28T23:59:59Z");
        assertThat(differences(line(1, Ids.next(), null, "0", 1)))
                .hasSize(2)
                .contains(set.getFirst() + " " + task + " MISSING 0.00400000");
        assertThat(differences(line(1, set.getLast(), null, "0.002", 100)))
                .as("one of its jobs is named")
                .isEmpty();
    }

    @Test
    void a_task_of_another_time_is_not_missed() throws Exception {
        set("2001-03-01T00:00:00Z");
        assertThat(differences(line(1, null, "another", "0", 1))).containsExactly("null another UNKNOWN_TASK null");
    }
}
