package org.quantumhub.load;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Measures the simulator lane: how long a job of an idle hub takes from its submission to its end, and how many jobs a
/// second a full queue gives, while it is long and when it is short.
///
/// The jobs have 5 qubits, 5 layers and 1,024 shots; each has a result and a charge of its own. The queue is filled
/// with
/// jobs of many circuits, up to 5,000 each, of different teams.
final class LaneRun {

    private static final int QUBITS = 5;
    private static final int LAYERS = 5;
    private static final int BUNDLE = 5_000;
    private static final int IDLE_JOBS = 300;
    private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(10);

    private final URI hub;
    private final List<String> keys;
    private final SplittableRandom random = new SplittableRandom(5);

    LaneRun(URI hub, List<String> keys) {
        this.hub = hub;
        this.keys = keys;
    }

    /// One job after the other, in a hub that has nothing else to do.
    void idle() throws IOException {
        long[] nanos = new long[IDLE_JOBS];
        try (Client client = new Client(hub)) {
            String headers = headers(0);
            for (int i = -IDLE_JOBS; i < IDLE_JOBS; i++) {
                long begin = System.nanoTime();
                String job = Population.good(client.send(Http.request(
                        "POST",
                        "/api/v1/jobs",
                        headers,
                        "{\"circuit\":" + circuit() + ",\"shots\":1024,\"seed\":" + i * i + "}")));
                String ended = Population.good(client.send(
                        Http.request("GET", "/api/v1/jobs/" + Population.member(job, "id") + "?wait=30", headers, "")));
                if (!ended.contains("\"COMPLETED\"")) {
                    throw new IOException("a job did not complete: " + ended);
                }
                // the first half only warms up
                nanos[Math.max(i, 0)] = System.nanoTime() - begin;
            }
        }
        Arrays.sort(nanos);
        System.out.printf(
                Locale.ROOT,
                "idle: from the submission to the end of a job, as its submitter sees it: p50 %.1f ms, p99 %.1f ms%n",
                nanos[IDLE_JOBS / 2] / 1e6,
                nanos[IDLE_JOBS * 99 / 100] / 1e6);
    }

    /// Fills the queue with so many jobs and looks how it empties.
    void drain(int jobs) throws IOException {
        try (Client client = new Client(hub)) {
            long before = ended(client);
            long begin = System.nanoTime();
            int submitted = 0;
            for (int bundle = 0; submitted < jobs; bundle++) {
                int size = Math.min(BUNDLE, jobs - submitted);
                Population.good(client.send(Http.request("POST", "/api/v1/jobs", headers(bundle), bundle(size))));
                submitted += size;
            }
            long full = System.nanoTime();
            List<long[]> looks = new ArrayList<>();
            long done = ended(client) - before;
            looks.add(new long[] {full, done});
            while (done < jobs && System.nanoTime() - full < PATIENCE) {
                LockSupport.parkNanos(LOOK);
                done = ended(client) - before;
                looks.add(new long[] {System.nanoTime(), done});
            }
            if (done < jobs) {
                throw new IOException("only " + done + " of " + jobs + " jobs ended within ten minutes");
            }
            System.out.printf(
                    Locale.ROOT,
                    "queue of %,d: filled in %.1f s, when %,d had ended already; all ended %.1f s after the first submission: %,.0f jobs per second%n",
                    jobs,
                    (full - begin) / 1e9,
                    looks.getFirst()[1],
                    (looks.getLast()[0] - begin) / 1e9,
                    jobs / ((looks.getLast()[0] - begin) / 1e9));
            bands(jobs, looks);
        }
    }

    /// The rate while the queue was so long, in four parts of what was left when it was full.
    private static void bands(int jobs, List<long[]> looks) {
        long left = jobs - looks.getFirst()[1];
        for (int band = 0; band < 4; band++) {
            long from = jobs - left + left * band / 4;
            long to = jobs - left + left * (band + 1) / 4;
            long[] first = look(looks, from);
            long[] last = look(looks, to);
            if (last[0] > first[0]) {
                System.out.printf(
                        Locale.ROOT,
                        "  %,9d to %,9d queued: %,8.0f jobs per second%n",
                        jobs - first[1],
                        jobs - last[1],
                        (last[1] - first[1]) / ((last[0] - first[0]) / 1e9));
            }
        }
    }

    private static long[] look(List<long[]> looks, long done) {
        return looks.stream().filter(look -> look[1] >= done).findFirst().orElse(looks.getLast());
    }

    private String headers(int user) {
        return "X-API-Key: " + keys.get(user % keys.size()) + "\r\n";
    }

    private String bundle(int size) {
        StringBuilder json = new StringBuilder(size * 64)
                .append("{\"circuit\":\"OPENQASM 3; include \\\"stdgates.inc\\\"; input float a; qubit[" + QUBITS
                        + "] q; ");
        for (int layer = 0; layer < LAYERS; layer++) {
            for (int q = 0; q < QUBITS; q++) {
                json.append("ry(a + " + layer + "." + q + ") q[" + q + "]; ");
            }
            for (int q = 0; q + 1 < QUBITS; q++) {
                json.append("cx q[" + q + "], q[" + (q + 1) + "]; ");
            }
        }
        json.append("\",\"shots\":1024,\"seed\":1,\"parameterSets\":[");
        for (int i = 0; i < size; i++) {
            json.append(i == 0 ? "" : ",").append(String.format(Locale.ROOT, "{\"a\":%.4f}", random.nextDouble(6.28)));
        }
        return json.append("]}").toString();
    }

    private String circuit() {
        String bundle = bundle(0);
        return bundle.substring(bundle.indexOf(':') + 1, bundle.indexOf(",\"shots\""))
                .replace("input float a;", "const float a = 0.5;");
    }

    /// How many jobs the server has brought to their end, bundles not counted.
    private static long ended(Client client) throws IOException {
        String metrics = Population.good(client.send(Http.request("GET", "/metrics", "", "")));
        return metrics.lines()
                .filter(line -> line.startsWith("hub_jobs_ended_total{"))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
