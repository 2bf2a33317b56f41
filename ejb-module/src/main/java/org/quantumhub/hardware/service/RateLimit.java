package org.quantumhub.hardware.service;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Keeps calls within a rate with a burst: a bucket that fills steadily. A caller waits for its turn, because being
/// throttled by the provider costs more.
public final class RateLimit {

    private final double nanosPerCall;
    private final long burstNanos;
    private long next;

    /// @param perSecond calls in the long run
    /// @param burst calls at once after a rest
    public RateLimit(double perSecond, int burst) {
        this.nanosPerCall = TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.burstNanos = (long) (nanosPerCall * burst);
        this.next = System.nanoTime() - burstNanos;
    }

    /// Waits for the turn of one call.
    public void await() {
        long wait = reserve(System.nanoTime());
        while (wait > 0) {
            long before = System.nanoTime();
            LockSupport.parkNanos(wait);
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            wait -= System.nanoTime() - before;
        }
    }

    /// Takes a turn.
    ///
    /// @return nanoseconds until it comes
    synchronized long reserve(long now) {
        next = Math.max(next, now - burstNanos) + (long) nanosPerCall;
        return Math.max(0, next - now);
    }
}
