package org.quantumhub.hardware.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.quantumhub.hardware.service.CircuitBreaker.State;

class CircuitBreakerTest {

    private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");

    private final CircuitBreaker breaker = new CircuitBreaker();

    @Test
    void opens_after_five_failures_in_a_row_and_lets_one_probe_through_later() {
        for (int i = 0; i < 4; i++) {
            breaker.failed(START);
        }
        breaker.succeeded();
        for (int i = 0; i < 5; i++) {
            assertThat(breaker.lets(START)).isTrue();
            breaker.failed(START);
        }
        assertThat(breaker.state()).isEqualTo(State.OPEN);
        assertThat(breaker.lets(START.plusSeconds(4))).isFalse();
        assertThat(breaker.lets(START.plusSeconds(5))).isTrue();
        assertThat(breaker.lets(START.plusSeconds(5))).as("a second probe").isFalse();
        breaker.succeeded();
        assertThat(breaker.lets(START.plusSeconds(5))).isTrue();
    }

    @Test
    void waits_twice_as_long_after_each_probe_that_fails_and_never_for_ever() {
        Instant now = START;
        for (int i = 0; i < 5; i++) {
            breaker.failed(now);
        }
        for (int seconds : new int[] {5, 10, 20, 40, 80, 120, 120}) {
            assertThat(breaker.lets(now.plusSeconds(seconds - 1))).isFalse();
            now = now.plusSeconds(seconds);
            assertThat(breaker.lets(now)).as("after %d s", seconds).isTrue();
            breaker.failed(now);
        }
    }

    @Test
    void a_probe_that_never_reports_does_not_shut_the_way_for_ever() {
        for (int i = 0; i < 5; i++) {
            breaker.failed(START);
        }
        assertThat(breaker.lets(START.plusSeconds(5))).isTrue();
        assertThat(breaker.lets(START.plusSeconds(10))).isTrue();
    }
}
