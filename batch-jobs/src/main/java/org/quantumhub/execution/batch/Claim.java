package org.quantumhub.execution.batch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.execution.ClaimedJob;

/// The jobs a lane has claimed: those still to be read, and those not settled yet. Lives in the step's context, where
/// reader, writer and checkpoint of one lane find it.
final class Claim {

    private final Deque<ClaimedJob> unread = new ArrayDeque<>();
    private final Map<UUID, ClaimedJob> unsettled = new LinkedHashMap<>();

    void take(List<ClaimedJob> jobs) {
        unread.addAll(jobs);
        jobs.forEach(job -> unsettled.put(job.id(), job));
    }

    @Nullable
    ClaimedJob next() {
        return unread.poll();
    }

    boolean isRead() {
        return unread.isEmpty();
    }

    void settled(UUID jobId) {
        unsettled.remove(jobId);
    }

    List<ClaimedJob> unsettled() {
        return new ArrayList<>(unsettled.values());
    }
}
