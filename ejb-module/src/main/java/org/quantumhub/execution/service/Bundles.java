package org.quantumhub.execution.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.quantumhub.execution.JobStatus;
import org.quantumhub.execution.Settled;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.service.HubThreads;

/// Lets the parents of bundles follow their children.
///
/// Counting children costs more the more there are, and they end in groups: what moves is gathered for a tenth of a
/// second and counted once, and for longer where counting takes so long that it would be a twentieth of the work. The
/// ticker looks after what a server that died has left uncounted.
@ApplicationScoped
public class Bundles {

    private static final long LEAST_GATHERING_MILLIS = 100;
    private static final long MOST_GATHERING_MILLIS = 1000;
    private static final int PAUSES = 20;

    @Inject
    BundleTransactions transactions;

    @Inject
    Completions completions;

    @Inject
    Workbench workbench;

    @Inject
    ExecutionMetrics metrics;

    @Inject
    HubThreads threads;

    private final Set<UUID> moved = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean gathering = new AtomicBoolean();
    private volatile long gatheringMillis = LEAST_GATHERING_MILLIS;

    /// A child of a bundle has begun or ended; null for jobs that are no children.
    void childMoved(@Nullable UUID bundle) {
        if (bundle != null && moved.add(bundle) && gathering.compareAndSet(false, true)) {
            CompletableFuture.delayedExecutor(gatheringMillis, TimeUnit.MILLISECONDS, this::onPool)
                    .execute(this::followMoved);
        }
    }

    private void onPool(Runnable work) {
        try {
            threads.pool().execute(work);
        } catch (RejectedExecutionException stopping) {
            // another server's ticker goes on
            gathering.set(false);
        }
    }

    private void followMoved() {
        gathering.set(false);
        List<UUID> parents = new ArrayList<>(moved);
        moved.removeAll(parents);
        long start = System.nanoTime();
        follow(parents);
        gatheringMillis = Math.clamp(
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) * PAUSES,
                LEAST_GATHERING_MILLIS,
                MOST_GATHERING_MILLIS);
    }

    void follow(Collection<UUID> parents) {
        if (!parents.isEmpty()) {
            transactions.follow(parents).forEach(completions::ended);
        }
    }

    /// Cancels what is left of a bundle: at once what waits, and by asking what runs.
    void cancel(Caller caller, UUID parent) {
        for (Settled changed : transactions.cancel(caller, parent)) {
            if (changed.status() == JobStatus.CANCELLED) {
                metrics.ended(changed);
                completions.ended(changed.jobId());
            } else {
                workbench.cancel(changed.jobId());
            }
        }
        follow(List.of(parent));
    }
}
