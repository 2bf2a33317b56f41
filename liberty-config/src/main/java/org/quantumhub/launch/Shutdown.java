package org.quantumhub.launch;

import java.util.ArrayDeque;
import java.util.Deque;

/// What has been started, to be stopped in the opposite order, once, by whoever comes first: a signal or the end.
final class Shutdown {
    private final Deque<Runnable> stops = new ArrayDeque<>();
    private volatile boolean begun;

    /// Remembers how to stop something that is about to be started.
    ///
    /// @throws HubFailure when the end has begun: then nothing may be started any more
    synchronized void first(Runnable stop) {
        if (begun) {
            throw new HubFailure("Stopped while starting.");
        }
        stops.push(stop);
    }

    boolean begun() {
        return begun;
    }

    /// Stops everything; a failure of one does not spare the others.
    void run() {
        begun = true;
        stopAll();
    }

    private synchronized void stopAll() {
        while (!stops.isEmpty()) {
            try {
                stops.pop().run();
            } catch (RuntimeException failure) {
                System.err.println("  " + failure.getMessage());
            }
        }
    }
}
