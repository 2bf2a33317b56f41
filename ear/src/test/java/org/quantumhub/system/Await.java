package org.quantumhub.system;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Waits for what is to come, and fails when it does not.
final class Await {

    /// Ends a run that hangs and says nothing about speed: on a machine that others use too, a server has been seen to
    /// start twenty times slower than by itself.
    static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(50);

    private Await() {}

    /// The first value that is as wanted.
    static <T> T until(String what, Supplier<T> look, Predicate<T> wanted) {
        return until(what, PATIENCE, look, wanted);
    }

    /// The first value that is as wanted; for what would come by itself after a longer time.
    static <T> T until(String what, Duration limit, Supplier<T> look, Predicate<T> wanted) {
        long end = System.nanoTime() + limit.toNanos();
        T seen = look.get();
        while (!wanted.test(seen)) {
            if (System.nanoTime() > end) {
                throw new AssertionError(what + " did not happen within " + limit + "; last seen: " + seen);
            }
            LockSupport.parkNanos(PAUSE);
            seen = look.get();
        }
        return seen;
    }
}
