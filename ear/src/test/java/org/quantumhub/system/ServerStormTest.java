package org.quantumhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.quantumhub.system.HubClient.Person;
import org.quantumhub.system.HubProcess.Plan;

/// Two servers on one database, the clock of the second an hour ahead. Servers are killed and the database
/// crashes while jobs come in and run: none is lost, none is doubled, none is charged twice, and each has the
/// counts of an undisturbed run. What a dead server held is taken over within a minute.
///
/// `hub.storm.server.kills`, `hub.storm.crashes` and `hub.storm.server.jobs` make it larger; the profile `faults` sets
/// 20, 5 and 500.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(2)
class ServerStormTest {

    private static final int KILLS = Integer.getInteger("hub.storm.server.kills", 2);
    private static final int CRASHES = Integer.getInteger("hub.storm.crashes", 1);
    private static final int JOBS = Integer.getInteger("hub.storm.server.jobs", 60);
    private static final long SEED = Long.getLong("hub.storm.seed", System.nanoTime() % 1_000_000);

    // each shot of this circuit takes some 50 microseconds without the second compiler: a tenth of a second for a long
    // job, which is begun under a lease, and 15 thousandths for a short one, which is reserved
    private static final String CIRCUIT = Samples.slow(10);
    private static final int LONG = 2000;
    private static final int SHORT = 300;

    private static final String RESERVED =
            " select j.id, j.status, j.fence from reservations r join jobs j on j.id = any (r.jobs)"
                    + " where j.status = 'QUEUED'";

    private final Random random = new Random(SEED);
    private final TestDatabase database = TestDatabase.start(Project.workplace("server-storm"));
    private final Sql sql = database.sql();
    private final List<Plan> plans = List.of(
            new Plan("storm-east", Project.folder(), database, Map.of()),
            new Plan("storm-west", SkewedBuild.make(), database, Map.of()));
    private final List<HubProcess> servers = Collections.synchronizedList(
            new ArrayList<>(plans.stream().map(HubProcess::begin).toList()));
    private final Map<Long, UUID> accepted = new ConcurrentSkipListMap<>();
    private long fed;
    private final List<Double> takeovers = new ArrayList<>();
    private final List<Double> returns = new ArrayList<>();
    private int reserved;

    @AfterAll
    void end() {
        try (database) {
            servers.forEach(HubProcess::close);
        }
    }

    @Test
    void jobs_survive_the_death_of_servers_and_of_the_database() {
        System.out.println("Storm of servers, seed " + SEED + ": -Dhub.storm.seed=" + SEED + " repeats its order");
        servers.forEach(HubProcess::awaitReady);
        Person ada = servers.getFirst().client().register();
        Map<String, String> key = ada.withKey().headers();
        assertThat(timeAt(servers.getLast(), ada)).isAfter(Instant.now().plus(Duration.ofMinutes(50)));
        List<Boolean> disasters = new ArrayList<>(Collections.nCopies(KILLS, true));
        disasters.addAll(Collections.nCopies(CRASHES, false));
        Collections.shuffle(disasters, random);
        for (int i = 0; i < disasters.size(); i++) {
            long first = 1 + (long) JOBS * i / disasters.size();
            long last = (long) JOBS * (i + 1) / disasters.size();
            CompletableFuture<Void> submissions = CompletableFuture.runAsync(
                    () -> LongStream.rangeClosed(first, last).forEach(seed -> accepted.put(seed, submit(key, seed))),
                    task -> Thread.ofVirtual().start(task));
            if (disasters.get(i)) {
                kill(i % servers.size(), key);
            } else {
                crash(key);
            }
            submissions.join();
        }
        assertNothingLostOrDoubled(key);
        System.out.printf(
                "Storm of servers: %d kills, %d crashes of the database, %d jobs; reserved by whom was killed %d;"
                        + " seconds to take over %s, seconds until ready after a crash %s%n",
                KILLS, CRASHES, accepted.size(), reserved, takeovers, returns);
    }

    /// When a server believes that it signs a token.
    private static Instant timeAt(HubProcess server, Person person) {
        String token = server.client()
                .login(person.email(), person.password())
                .expect(200)
                .text("accessToken");
        byte[] claims = Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]);
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(claims))) {
            return Instant.ofEpochSecond(reader.readObject().getInt("iat"));
        }
    }

    /// Asks one server after the other, always with the same key, until one says yes.
    private UUID submit(Map<String, String> key, long seed) {
        int[] turn = {(int) seed};
        return Await.until(
                        "job " + seed + " is accepted",
                        () -> trySubmit(servers.get(turn[0]++ % servers.size()), key, seed),
                        id -> !id.isEmpty())
                .getFirst();
    }

    private static List<UUID> trySubmit(HubProcess server, Map<String, String> key, long seed) {
        try {
            Answer answer = new HubClient(server.client().hub(), key)
                    .with("Idempotency-Key", "storm-" + seed)
                    .submit(Samples.job(CIRCUIT, shots(seed), seed, ""));
            return answer.status() == 201 || answer.status() == 200 ? List.of(answer.id()) : List.of();
        } catch (UncheckedIOException dead) {
            return List.of();
        }
    }

    /// Two jobs in a row, one for each server, are of the same length.
    private static int shots(long seed) {
        return seed / 2 % 2 == 0 ? LONG : SHORT;
    }

    /// Kills a server while it runs jobs and starts it again, at once or only when the other one has taken over.
    private void kill(int victim, Map<String, String> key) {
        String name = plans.get(victim).name();
        UUID life = UUID.fromString(
                sql.value("select id from servers where name = ? and ended_at is null order by started_at desc", name));
        Await.until(name + " runs jobs", () -> heldBy(life), held -> !held.isEmpty() || feed(victim, key));
        servers.get(victim).killServer();
        long death = System.nanoTime();
        reserved += heldBy(life).stream()
                .filter(job -> job.contains("QUEUED"))
                .toList()
                .size();
        boolean atOnce = random.nextBoolean();
        if (atOnce) {
            servers.set(victim, HubProcess.begin(plans.get(victim)));
        }
        Await.until("what " + name + " held is taken over", () -> heldBy(life), List::isEmpty);
        takeovers.add((System.nanoTime() - death) / 1e9);
        if (!atOnce) {
            servers.set(victim, HubProcess.begin(plans.get(victim)));
        }
        servers.get(victim).awaitReady();
    }

    private List<List<String>> heldBy(UUID life) {
        return sql
                .rows(
                        "select id, status, fence from jobs where lease_owner = ? and status = 'RUNNING' union all"
                                + RESERVED + " and r.server_id = ?",
                        life,
                        life)
                .stream()
                .map(row -> row.stream().map(String::valueOf).toList())
                .toList();
    }

    /// One more job, by way of a server: all that came in may have been done before the server could take any.
    ///
    /// @return false, for it does not run yet
    private boolean feed(int server, Map<String, String> key) {
        // the first server that is asked is the one that the seed leads to
        long seed = (JOBS / servers.size() + ++fed) * servers.size() + server;
        accepted.put(seed, submit(key, seed));
        return false;
    }

    private void crash(Map<String, String> key) {
        Await.until(
                "jobs run",
                () -> sql.count("select count(*) from jobs where status = 'RUNNING'")
                        + sql.rows(RESERVED).size(),
                running -> running > 0 || feed(0, key));
        database.crash();
        long back = System.nanoTime();
        for (HubProcess server : servers) {
            Await.until("the servers are ready again", () -> ready(server), Boolean::booleanValue);
        }
        returns.add((System.nanoTime() - back) / 1e9);
    }

    private static boolean ready(HubProcess server) {
        try {
            return server.client().get("/health/ready").status() == 200;
        } catch (UncheckedIOException cut) {
            return false;
        }
    }

    private void assertNothingLostOrDoubled(Map<String, String> key) {
        Invariants.hold(sql);
        long jobs = JOBS + fed;
        assertThat(accepted).hasSize((int) jobs);
        assertThat(sql.rows("select status, count(*) from jobs group by status"))
                .as("as many jobs as were asked for, however often they were asked for")
                .containsExactly(List.of("COMPLETED", String.valueOf(jobs)));
        assertThat(sql.count("select count(*) from ledger_transfers where kind = 'CHARGE'"))
                .isEqualTo(jobs);
        HubClient client = new HubClient(servers.getLast().client().hub(), key);
        Map<Long, Map<String, Integer>> undisturbed = accepted.keySet().parallelStream()
                .collect(Collectors.toConcurrentMap(
                        seed -> seed, seed -> Samples.countsOfQasm(Samples.slowProgram(10), shots(seed), seed)));
        accepted.forEach((seed, job) -> assertThat(countsOf(client, job, seed))
                .as("as if nothing had happened, seed " + seed)
                .isEqualTo(undisturbed.get(seed)));
    }

    /// The counts of a job that exists once, has one result and was charged once.
    private Map<String, Integer> countsOf(HubClient client, UUID job, long seed) {
        assertThat(trySubmit(servers.getFirst(), client.headers(), seed)).containsExactly(job);
        assertThat(sql.count("select count(*) from ledger_transfers where reference = ? and kind = 'CHARGE'", job))
                .isEqualTo(1);
        assertThat(sql.count("select count(*) from job_results where job_id = ? and result_type = 'COUNTS'", job))
                .isEqualTo(1);
        Map<String, Integer> counts = new TreeMap<>();
        client.get("/api/v1/jobs/" + job + "/result")
                .expect(200)
                .json()
                .getJsonObject("counts")
                .forEach((bits, count) -> counts.put(bits, Integer.valueOf(count.toString())));
        return counts;
    }
}
