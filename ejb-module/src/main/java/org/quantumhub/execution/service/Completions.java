package org.quantumhub.execution.service;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// Who waits for which job to end. Jobs that end on this server tell at once; those that end elsewhere are found by the
/// ticker, which asks the database about everything somebody waits for.
@ApplicationScoped
public class Completions {

    private final Map<UUID, Waiters> waiting = new ConcurrentHashMap<>();

    /// All who wait for one job share a future; the last one to leave takes it away.
    private static final class Waiters {
        final CompletableFuture<Boolean> ended = new CompletableFuture<>();
        int count;
    }

    /// Completes with true when the job ends, with false when the time is over.
    CompletionStage<Boolean> of(UUID jobId, int seconds) {
        Waiters waiters = waiting.compute(jobId, (id, present) -> {
            Waiters all = present == null ? new Waiters() : present;
            all.count++;
            return all;
        });
        return waiters.ended
                .copy()
                .completeOnTimeout(false, seconds, TimeUnit.SECONDS)
                .whenComplete((ended, failure) -> leave(jobId, waiters));
    }

    private void leave(UUID jobId, Waiters waiters) {
        waiting.computeIfPresent(jobId, (id, present) -> present == waiters && --present.count == 0 ? null : present);
    }

    void ended(UUID jobId) {
        Waiters waiters = waiting.get(jobId);
        if (waiters != null) {
            waiters.ended.complete(true);
        }
    }

    /// How many jobs somebody waits for.
    int size() {
        return waiting.size();
    }

    Set<UUID> awaited() {
        return Set.copyOf(waiting.keySet());
    }
}
