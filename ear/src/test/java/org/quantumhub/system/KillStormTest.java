package org.quantumhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.quantumhub.system.HubProcess.Plan;

/// A server that dies between any two steps of an order, again and again: no task is paid twice, none is forgotten, no
/// job is lost, and the books are right. Then the same with the mistake that all this guards against, which must show.
///
/// `hub.storm.kills` and `hub.storm.jobs` make it larger; the profile `faults` sets 50 and 200.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(1)
class KillStormTest {

    /// Method, moment, and at which call: after the call, after the intent, before the end; then those where less is in
    /// doubt, after the record, after a question, after the end.
    private static final List<String> POINTS = List.of(
            "submit after 2", "begin after 1", "settle before 1", "opened after 3", "poll after 1", "settle after 3");

    private static final int KILLS = Integer.getInteger("hub.storm.kills", 3);
    private static final int JOBS = Integer.getInteger("hub.storm.jobs", 18);

    private final TestDatabase database = TestDatabase.start(Project.workplace("storm"));
    private final ObjectStorage storage = ObjectStorage.start(Project.workplace("storm"));
    private final Path folder = Project.workplace("storm");
    private final Path build = CrashingBuild.make();
    private final Sql sql = database.sql();

    @AfterAll
    void end() {
        storage.close();
        database.close();
    }

    @Test
    void no_task_is_paid_twice_or_forgotten_however_often_the_server_dies() {
        try (BraketStub braket = BraketStub.start(storage)) {
            Set<UUID> accepted = storm(braket, KILLS, JOBS);
            try (HubProcess hub = HubProcess.start(plan(braket))) {
                hub.client();
                awaitEnds(accepted);
                Invariants.hold(sql);
            }
            figures(braket, accepted);
            assertThat(tasksPerProgram(braket).values())
                    .as("paid tasks of each job")
                    .containsOnly(1);
            assertThat(orphans(braket)).as("tasks in no book").isEmpty();
            assertThat(lost(accepted)).as("accepted jobs without an end").isEmpty();
            assertThat(
                            sql.rows(
                                    "select reference, count(*) from ledger_transfers where kind = 'CHARGE' group by 1 having count(*) <> 1"))
                    .isEmpty();
            assertThat(braket.wrongRequests()).isEmpty();
        }
    }

    /// What the storm found, as a table for the page of figures.
    private void figures(BraketStub braket, Set<UUID> accepted) {
        Map<String, Integer> perProgram = tasksPerProgram(braket);
        long doubles = perProgram.values().stream().filter(tasks -> tasks > 1).count();
        long charges = sql.count("select count(*) from ledger_transfers where kind = 'CHARGE'");
        long completed = sql.count("select count(*) from jobs where status = 'COMPLETED'");
        String table = """
                | kills | accepted jobs | jobs in the books | tasks at the provider | paid twice | orphans | lost | completed | charges |
                |---|---|---|---|---|---|---|---|---|
                | %d | %d | %d | %d | %d | %d | %d | %d | %d |
                """.formatted(
                        KILLS,
                        accepted.size(),
                        sql.count("select count(*) from jobs"),
                        braket.tasks().size(),
                        doubles,
                        orphans(braket).size(),
                        lost(accepted).size(),
                        completed,
                        charges);
        System.out.println("storm of kills\n" + table);
        write("figures.md", table);
    }

    /// Orders under a token that nobody wrote down: call, then record. The storm must find what is wrong with that.
    @Test
    void orders_that_are_recorded_only_after_the_call_are_paid_twice() {
        try (BraketStub braket = BraketStub.start(storage)) {
            write("naive", "");
            try (HubProcess hub = HubProcess.start(plan(braket))) {
                submit(hub.client().register().withKey(), 1000, 3);
                write("crash", "submit after 1");
                awaitDeath(hub);
            }
            try (HubProcess hub = HubProcess.start(plan(braket))) {
                hub.client();
                awaitEnds(Set.of());
            }
            assertThat(tasksPerProgram(braket).values()).anyMatch(tasks -> tasks > 1);
            assertThat(orphans(braket)).isNotEmpty();
        } finally {
            Project.delete(folder.resolve("naive"));
        }
    }

    private Set<UUID> storm(BraketStub braket, int kills, int jobs) {
        Set<UUID> accepted = new LinkedHashSet<>();
        Map<String, String> headers = new HashMap<>();
        int submitted = 0;
        for (int kill = 0; kill < kills; kill++) {
            try (HubProcess hub = HubProcess.start(plan(braket))) {
                HubClient client = headers.isEmpty()
                        ? hub.client().register().withKey()
                        : new HubClient(hub.client().hub(), headers);
                headers.putAll(client.headers());
                write("crash", POINTS.get(kill % POINTS.size()));
                int until = jobs * (kill + 1) / kills;
                accepted.addAll(submit(client, submitted, until - submitted));
                submitted = until;
                awaitDeath(hub);
            }
        }
        return accepted;
    }

    /// Each job with a program of its own, by which its tasks are told apart.
    private static List<UUID> submit(HubClient client, int first, int count) {
        List<UUID> accepted = new ArrayList<>();
        for (int i = first; i < first + count; i++) {
            String program = "\"OPENQASM 3.0; include \\\"stdgates.inc\\\"; qubit[2] q; bit[2] c; rx(0." + (1000 + i)
                    + ") q[0]; cx q[0], q[1]; c = measure q;\"";
            try {
                Answer answer =
                        client.submit("{\"backend\": \"iqm-garnet\", \"shots\": 10, \"circuit\": " + program + "}");
                if (answer.status() == 201) {
                    accepted.add(answer.id());
                }
            } catch (UncheckedIOException died) {
                // not accepted, or accepted and not told: what counts is what was told
            }
        }
        return accepted;
    }

    private void awaitDeath(HubProcess hub) {
        Await.until("the server dies", hub::isServing, serving -> !serving);
    }

    private void awaitEnds(Set<UUID> accepted) {
        Await.until(
                "the end of all jobs",
                () -> sql.count("select count(*) from jobs where completed_at is null"),
                open -> open == 0);
        assertThat(sql.count("select count(*) from jobs")).isGreaterThanOrEqualTo(accepted.size());
    }

    private static Map<String, Integer> tasksPerProgram(BraketStub braket) {
        Map<String, Integer> tasks = new TreeMap<>();
        braket.tasks().forEach(task -> tasks.merge(task.source(), 1, Integer::sum));
        assertThat(tasks).isNotEmpty();
        return tasks;
    }

    private Set<String> orphans(BraketStub braket) {
        Set<String> theirs = new HashSet<>();
        braket.tasks().forEach(task -> theirs.add(task.arn));
        sql.rows("select provider_task_id from provider_tasks").forEach(row -> theirs.remove(row.getFirst()));
        return theirs;
    }

    private List<UUID> lost(Set<UUID> accepted) {
        return accepted.stream()
                .filter(job -> sql.count("select count(*) from jobs where id = ? and status = 'COMPLETED'", job) != 1)
                .toList();
    }

    private Plan plan(BraketStub braket) {
        Map<String, String> settings = new TreeMap<>(BraketTest.settings(braket));
        settings.put("HUB_CRASH_FOLDER", folder.toString());
        // a catalogue that is being read would be one more thing to wait for
        settings.put("HUB_HARDWARE_REFRESH_SECONDS", "3600");
        return new Plan("storm-hub", build, database, settings);
    }

    private void write(String file, String content) {
        try {
            Files.writeString(folder.resolve(file), content);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }
}
