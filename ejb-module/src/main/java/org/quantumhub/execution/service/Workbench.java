package org.quantumhub.execution.service;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.quantumhub.engine.simulator.Cancellation;
import org.quantumhub.execution.ClaimedJob;

/// The jobs that this server has taken and not settled yet.
@ApplicationScoped
public class Workbench {

    private final Map<UUID, Piece> pieces = new ConcurrentHashMap<>();
    private volatile boolean closing;

    private static final class Piece {
        final ClaimedJob job;
        final long since = System.nanoTime();
        volatile boolean cancelled;

        Piece(ClaimedJob job) {
            this.job = job;
        }
    }

    void take(ClaimedJob job) {
        pieces.put(job.id(), new Piece(job));
    }

    void leave(UUID jobId) {
        pieces.remove(jobId);
    }

    /// Asks for a job to be stopped, if this server works on it.
    void cancel(UUID jobId) {
        Piece piece = pieces.get(jobId);
        if (piece != null) {
            piece.cancelled = true;
        }
    }

    boolean isCancelled(UUID jobId) {
        Piece piece = pieces.get(jobId);
        return piece != null && piece.cancelled;
    }

    /// For the engine to ask now and then: somebody cancelled the job, or the server is stopping.
    Cancellation cancellationOf(UUID jobId) {
        Piece piece = pieces.get(jobId);
        return piece == null ? () -> closing : () -> piece.cancelled || closing;
    }

    /// Jobs taken longer ago than this, whose leases must be kept alive.
    List<ClaimedJob> takenLongerAgoThan(long nanos) {
        long now = System.nanoTime();
        return pieces.values().stream()
                .filter(piece -> now - piece.since > nanos)
                .map(piece -> piece.job)
                .toList();
    }

    int size() {
        return pieces.size();
    }

    /// From now on nothing new is begun and what runs is stopped; it is left for another server.
    void close() {
        closing = true;
    }

    boolean isClosing() {
        return closing;
    }
}
