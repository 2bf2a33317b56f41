package org.quantumhub.hardware.service;

import java.time.Duration;
import java.time.Instant;

/// Spares a provider that does not answer. After some failures in a row nothing is sent for a while, twice as long each
/// time; then a single call tries whether it is back.
public final class CircuitBreaker {

    private static final int FAILURES = 5;
    private static final Duration SHORTEST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(2);

    /// Whether calls go through.
    public enum State {
        CLOSED,
        OPEN,
        HALF_OPEN
    }

    private int failures;
    private Duration pause = SHORTEST;
    private Instant openUntil = Instant.MIN;
    private State state = State.CLOSED;

    /// Whether calls may be made now. After a pause one caller is let through as a probe until it reports.
    public synchronized boolean lets(Instant now) {
        if (state == State.OPEN && !openUntil.isAfter(now)) {
            state = State.HALF_OPEN;
            // should the probe never report, another may try after the same time
            openUntil = now.plus(pause);
            return true;
        }
        if (state == State.HALF_OPEN && !openUntil.isAfter(now)) {
            openUntil = now.plus(pause);
            return true;
        }
        return state == State.CLOSED;
    }

    public synchronized void succeeded() {
        failures = 0;
        pause = SHORTEST;
        state = State.CLOSED;
    }

    public synchronized void failed(Instant now) {
        failures++;
        if (state == State.HALF_OPEN || failures >= FAILURES) {
            if (state == State.HALF_OPEN) {
                pause = pause.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : pause.multipliedBy(2);
            }
            state = State.OPEN;
            openUntil = now.plus(pause);
        }
    }

    public synchronized State state() {
        return state;
    }
}
