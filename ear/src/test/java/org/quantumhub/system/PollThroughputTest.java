package org.quantumhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.quantumhub.system.HubProcess.Plan;

/// How many tasks a server asks after in a second, and how late it is, while very many are open. Prints figures and
/// judges no time. Runs where `hub.poll.tasks` says how many tasks are to be open, such as 10000; `hub.poll.rounds` is
/// how often each of them is asked after, 3 unless told.
///
/// The rates at which Braket may be called are set so high that they do not count: with the published ones, 10,000
/// tasks are asked after in a few minutes, however fast a server is.
@EnabledIfSystemProperty(named = "hub.poll.tasks", matches = "[0-9]+")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PollThroughputTest {

    private static final int TASKS = Integer.getInteger("hub.poll.tasks", 0);
    private static final int ROUNDS = Integer.getInteger("hub.poll.rounds", 3);
    private static final int LARGEST_BUNDLE = 2_500;
    private static final Duration LIMIT = Duration.ofMinutes(20);

    private final TestDatabase database = TestDatabase.start(Project.workplace("poll"));
    private final ObjectStorage storage = ObjectStorage.start(Project.workplace("poll"));
    private final BraketStub braket = BraketStub.start(storage);
    private final Sql sql = database.sql();

    @AfterAll
    void end() {
        try (database;
                storage) {
            braket.close();
        }
    }

    @Test
    void many_open_tasks_are_asked_after() {
        braket.letAllWait();
        try (HubProcess hub = HubProcess.start(new Plan("poll-hub", Project.folder(), database, settings()))) {
            HubClient client = hub.client().register().withKey();
            for (int left = TASKS; left > 0; left -= LARGEST_BUNDLE) {
                submit(client, Math.min(left, LARGEST_BUNDLE));
            }
            long start = System.nanoTime();
            Await.until("all orders are made", LIMIT, this::open, open -> open == TASKS);
            double ordering = seconds(start);
            long before = polls();
            start = System.nanoTime();
            double[] worst = {0};
            Await.until(
                    "every task is asked after " + ROUNDS + " times",
                    LIMIT,
                    () -> {
                        worst[0] = Math.max(worst[0], lag());
                        return polls();
                    },
                    polls -> polls - before >= (long) ROUNDS * TASKS);
            double asking = seconds(start);
            long asked = polls() - before;
            print(ordering, asking, asked, worst[0]);
            assertThat(open()).isEqualTo(TASKS);
            assertThat(braket.wrongRequests()).isEmpty();
        }
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>(BraketTest.settings(braket));
        settings.put("HUB_JVM_OPTIONS", "");
        settings.put("HUB_PROVIDER_AMAZON_BRAKET_ORDERS_PER_SECOND", "10000");
        settings.put("HUB_PROVIDER_AMAZON_BRAKET_QUESTIONS_PER_SECOND", "10000");
        settings.put("HUB_PROVIDERS_LEASE_SECONDS", "60");
        settings.put("HUB_HARDWARE_REFRESH_SECONDS", "3600");
        settings.put("HUB_PROVIDERS_RECONCILE_SECONDS", "3600");
        // enough for the holds of all of them
        settings.put("HUB_BILLING_WELCOME_CREDIT", String.valueOf(TASKS + 100));
        return settings;
    }

    /// Programs that ask for a result go alone: each is a task.
    private static void submit(HubClient client, int count) {
        String program = "\"OPENQASM 3.0;\\nqubit[2] q;\\nh q[0];\\ncnot q[0], q[1];\\n"
                + "#pragma braket result expectation z(q[0]) @ z(q[1])\\n\"";
        String circuits = IntStream.range(0, count).mapToObj(i -> program).collect(Collectors.joining(",", "[", "]"));
        client.submit("{\"backend\": \"iqm-garnet\", \"shots\": 10, \"circuits\": " + circuits + "}")
                .expect(201);
    }

    private long open() {
        return sql.count("select count(*) from provider_tasks where state = 'OPEN'");
    }

    private long polls() {
        return sql.count("select coalesce(sum(polls), 0) from provider_tasks");
    }

    /// By how many seconds the task that is most overdue is late.
    private double lag() {
        return Double.parseDouble(
                sql.value("select coalesce(max(extract(epoch from now() - next_due_at)), 0) from provider_tasks"
                        + " where state = 'OPEN' and (lease_until is null or lease_until < now())"));
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private static void print(double ordering, double asking, long asked, double lag) {
        System.out.printf(java.util.Locale.ROOT, """
                polling
                | open tasks | ordered a second | asked after a second | most overdue, seconds |
                |---|---|---|---|
                | %d | %.0f | %.0f | %.1f |
                %n""", TASKS, TASKS / ordering, asked / asking, lag);
    }
}
