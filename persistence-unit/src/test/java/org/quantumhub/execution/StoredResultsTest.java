package org.quantumhub.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quantumhub.execution.JobEndings.Attempt;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.TestDatabase;
import org.quantumhub.shared.TestDatabase.Role;
import org.quantumhub.shared.TestDatabase.Tenant;

/// Which results in the object store are nobody's.
class StoredResultsTest {

    private static final TestDatabase DATABASE = TestDatabase.hub();
    private static final String DIGEST = "00".repeat(32);
    private static Tenant tenant;

    private final JobKit jobs = new JobKit();
    private final StoredResults results = new StoredResults();
    private final UUID server = Ids.next();

    @BeforeAll
    static void a_team() throws Exception {
        tenant = DATABASE.tenant("100.00");
    }

    @BeforeEach
    void nothing_is_queued_or_held() throws Exception {
        jobs.clear();
    }

    private ClaimedJob running() throws SQLException {
        jobs.queued(tenant);
        return jobs.claim(server, 1).getFirst();
    }

    private void settle(ClaimedJob job, String path) throws SQLException {
        String stored = "{\"MEMORY\": {\"path\": \"" + path + "\", \"size\": 1, \"digest\": \"" + DIGEST + "\"}}";
        jobs.settle(new Attempt(
                job,
                new Outcome.Succeeded(0.001, KeptResult.of("{}"), null, stored, List.of(path)),
                JobKit.succeeded(job).cost()));
    }

    private List<String> orphans(String... paths) throws SQLException {
        return DATABASE.ask(Role.WORKER, c -> results.orphans(c, List.of(paths)));
    }

    @Test
    void a_result_with_a_row_is_somebodys_and_that_of_another_attempt_is_not() throws Exception {
        ClaimedJob job = running();
        String own = StoredResults.path(job, "MEMORY");
        settle(job, own);
        String zombies = own.replace("/1-", "/7-");
        assertThat(orphans(own, zombies)).containsExactly(zombies);
    }

    @Test
    void what_an_attempt_has_written_waits_for_its_settlement() throws Exception {
        ClaimedJob job = running();
        assertThat(orphans(StoredResults.path(job, "MEMORY"))).isEmpty();
        jobs.settle(JobKit.failed(job));
        assertThat(orphans(StoredResults.path(job, "MEMORY"))).hasSize(1);
    }

    @Test
    void a_result_of_a_job_that_is_not_there_is_nobodys() throws Exception {
        String path = "results/" + tenant.team() + "/" + UUID.randomUUID() + "/1-COUNTS";
        assertThat(orphans(path)).containsExactly(path);
    }

    @Test
    void what_is_no_path_of_a_result_is_left_alone() throws Exception {
        assertThat(orphans("results/readme", "backup/" + UUID.randomUUID() + "/" + UUID.randomUUID() + "/1-COUNTS"))
                .isEmpty();
        assertThat(orphans()).isEmpty();
    }
}
