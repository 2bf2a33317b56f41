package org.quantumhub.hardware.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    @Test
    void lets_a_burst_through_and_then_keeps_the_rate() {
        RateLimit limit = new RateLimit(10, 3);
        long now = System.nanoTime();
        for (int i = 0; i < 3; i++) {
            assertThat(limit.reserve(now)).isZero();
        }
        long tenth = TimeUnit.MILLISECONDS.toNanos(100);
        assertThat(limit.reserve(now)).isBetween(1L, tenth);
        assertThat(limit.reserve(now)).isBetween(tenth, 2 * tenth);
        assertThat(limit.reserve(now + 10 * tenth)).isZero();
    }
}
