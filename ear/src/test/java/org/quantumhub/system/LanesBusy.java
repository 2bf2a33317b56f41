package org.quantumhub.system;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/// Keeps every lane of the hub at work, until it is closed: what is submitted meanwhile stays in the queue.
final class LanesBusy implements AutoCloseable {

    private final Map<UUID, HubClient> started = new LinkedHashMap<>();

    LanesBusy(HubClient client) {
        for (int lane = 0; lane < RunningHub.LANES; lane++) {
            UUID job = client.submit(Samples.job(Samples.slow(10), 1_000_000, 1, ""))
                    .expect(201)
                    .id();
            started.put(job, client);
            Await.until(
                    "the job runs",
                    () -> client.get("/api/v1/jobs/" + job).expect(200).text("status"),
                    "RUNNING"::equals);
        }
    }

    @Override
    public void close() {
        started.forEach((job, client) -> client.delete("/api/v1/jobs/" + job));
        started.forEach((job, client) -> client.ended(job));
    }
}
