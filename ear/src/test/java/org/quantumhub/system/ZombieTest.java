package org.quantumhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.quantumhub.system.HubClient.Person;
import org.quantumhub.system.HubProcess.Plan;

/// A server that sleeps through its lease and wakes up believing that the job is still its own.
///
/// Two servers on one database. The first is stopped while it runs a job, the second takes the job over and is stopped
/// before it ends, the first goes on and settles. Nothing in this depends on how fast anybody is: the second server's
/// leases outlive its sleep.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(3)
class ZombieTest {

    // some seconds on a quiet core: long enough to be stopped in the middle of it
    private static final String LONG_JOB = Samples.job(Samples.slow(10), 75_000, 1, "");
    private static final String SHORT_JOB = Samples.job(Samples.slow(10), 400, 1, "");
    private static final Map<String, String> SHORT_LEASE = Map.of("HUB_EXECUTION_LEASE_SECONDS", "3");
    private static final Map<String, String> LONG_LEASE = Map.of("HUB_EXECUTION_LEASE_SECONDS", "300");

    private final TestDatabase database = TestDatabase.start(Project.workplace("faults"));
    private final Sql sql = database.sql();
    private final HubProcess heir = HubProcess.begin(new Plan("zombie-heir", Project.folder(), database, LONG_LEASE));

    @AfterAll
    void end() {
        try (database) {
            heir.close();
        }
    }

    @Test
    void a_zombie_changes_nothing() {
        try (HubProcess zombie = HubProcess.start(new Plan("zombie", Project.folder(), database, SHORT_LEASE))) {
            heir.awaitReady();
            UUID job = takenOver(zombie);
            Await.until(
                    "the zombie tries to settle",
                    () -> zombie.metric("hub_settlements_fenced"),
                    refused -> refused >= 1);
            assertThat(state(job)).isEqualTo(List.of("RUNNING", "2"));
            assertThat(resultFences(job)).isEmpty();

            heir.signal("CONT");
            ended(job);
            assertThat(state(job)).isEqualTo(List.of("COMPLETED", "2"));
            assertThat(resultFences(job)).containsExactly(List.of("2"));
            assertThat(charges(job)).isEqualTo(1);
            assertThat(zombiesAmongResults()).noneMatch(row -> row.contains(job.toString()));
            a_key_revoked_here_is_refused_there(zombie);
        }
    }

    /// The same with a hub whose settlement does not ask for the fence: it shows that the test above can fail.
    @Test
    void without_the_fence_the_zombies_result_stands() {
        try (HubProcess zombie =
                HubProcess.start(new Plan("zombie-unfenced", UnfencedBuild.make(), database, SHORT_LEASE))) {
            heir.awaitReady();
            UUID job = takenOver(zombie);
            ended(job);
            assertThat(state(job)).isEqualTo(List.of("COMPLETED", "2"));
            assertThat(resultFences(job)).containsExactly(List.of("1"));
            assertThat(zombiesAmongResults()).anyMatch(row -> row.contains(job.toString()));
            heir.signal("CONT");
        }
    }

    /// The same with jobs that the zombie had only reserved: they are begun as lost under fence 1, and run under fence
    /// 2.
    @Test
    void a_zombie_changes_nothing_of_what_it_had_reserved() {
        try (HubProcess zombie =
                HubProcess.start(new Plan("zombie-reserving", Project.folder(), database, SHORT_LEASE))) {
            heir.awaitReady();
            HubClient client = zombie.client().register().client();
            stop(heir);
            List<UUID> jobs = Await.until(
                    "the zombie sleeps over what it has reserved",
                    () -> {
                        client.submit(SHORT_JOB).expect(201);
                        stop(zombie);
                        List<UUID> reserved = reserved();
                        if (reserved.isEmpty()) {
                            zombie.signal("CONT");
                        }
                        return reserved;
                    },
                    reserved -> !reserved.isEmpty());
            assertThat(jobs).allSatisfy(job -> assertThat(state(job)).isEqualTo(List.of("QUEUED", "0")));
            heir.signal("CONT");
            jobs.forEach(this::ended);
            zombie.signal("CONT");
            Await.until(
                    "the zombie tries to settle",
                    () -> zombie.metric("hub_settlements_fenced"),
                    refused -> refused >= jobs.size());
            for (UUID job : jobs) {
                assertThat(state(job)).isEqualTo(List.of("COMPLETED", "2"));
                assertThat(resultFences(job)).containsExactly(List.of("2"));
                assertThat(charges(job)).isEqualTo(1);
            }
        }
    }

    private List<UUID> reserved() {
        return sql
                .rows("select j.id from reservations r join jobs j on j.id = any (r.jobs) where j.status = 'QUEUED'")
                .stream()
                .map(row -> UUID.fromString(String.valueOf(row.getFirst())))
                .toList();
    }

    /// A job that the zombie began under fence 1 and the heir holds under fence 2. The zombie is awake, the heir
    /// sleeps.
    private UUID takenOver(HubProcess zombie) {
        HubClient client = zombie.client().register().client();
        stop(heir);
        UUID job = client.submit(LONG_JOB).expect(201).id();
        Await.until("the zombie runs the job", () -> state(job), List.of("RUNNING", "1")::equals);
        stop(zombie);
        assertThat(state(job)).isEqualTo(List.of("RUNNING", "1"));
        heir.signal("CONT");
        Await.until("the heir takes it over", () -> state(job), List.of("RUNNING", "2")::equals);
        stop(heir);
        zombie.signal("CONT");
        return job;
    }

    /// Stops a server between its transactions, so that it sleeps on no lock that others wait for.
    private void stop(HubProcess hub) {
        Await.until(
                "the server stops outside of a transaction",
                () -> {
                    hub.signal("STOP");
                    long open = sql.count(
                            "select count(*) from pg_stat_activity where datname = 'hub'"
                                    + " and usename in ('hub_app', 'hub_worker') and state <> 'idle' and xact_start is not null");
                    if (open > 0) {
                        hub.signal("CONT");
                    }
                    return open;
                },
                open -> open == 0);
    }

    private void ended(UUID job) {
        Await.until("the job ends", () -> state(job), state -> state.getFirst().equals("COMPLETED"));
    }

    private List<String> state(UUID job) {
        return sql.rows("select status, fence from jobs where id = ?", job).getFirst().stream()
                .map(String::valueOf)
                .toList();
    }

    private List<List<String>> resultFences(UUID job) {
        return sql.rows("select fence from job_results where job_id = ?", job).stream()
                .map(row -> row.stream().map(String::valueOf).toList())
                .toList();
    }

    private long charges(UUID job) {
        return sql.count("select count(*) from ledger_transfers where reference = ? and kind = 'CHARGE'", job);
    }

    /// What the invariants of production find.
    private List<String> zombiesAmongResults() {
        String query = Invariants.queries().entrySet().stream()
                .filter(entry -> entry.getKey().contains("zombie"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
        return sql.rows(query).stream().map(Object::toString).toList();
    }

    private void a_key_revoked_here_is_refused_there(HubProcess here) {
        Person person = here.client().register();
        HubClient there = new HubClient(heir.client().hub(), person.withKey().headers());
        there.get("/api/v1/wallet").expect(200);
        String key = person.client()
                .get("/api/v1/api-keys")
                .expect(200)
                .json()
                .getJsonArray("items")
                .getJsonObject(0)
                .getString("id");
        person.client().delete("/api/v1/api-keys/" + key).expect(204);
        Await.until(
                "the other server refuses the key",
                () -> there.get("/api/v1/wallet").status(),
                status -> status == 401);
    }
}
