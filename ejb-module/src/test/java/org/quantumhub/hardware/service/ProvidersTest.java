package org.quantumhub.hardware.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ProvidersTest {

    private Instant now = Instant.parse("2026-11-21T08:00:00Z");
    private final Providers providers = new Providers();

    ProvidersTest() {
        providers.clock = new Clock() {
            @Override
            public Instant instant() {
                return now;
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
    }

    @Test
    void a_provider_throttles_until_it_does_something_again() {
        assertThat(providers.isThrottling("ionq")).isFalse();
        providers.throttled("ionq");
        assertThat(providers.isThrottling("ionq")).isTrue();
        assertThat(providers.isThrottling("amazon-braket")).isFalse();
        providers.flowing("ionq");
        assertThat(providers.isThrottling("ionq")).isFalse();
    }

    @Test
    void what_nobody_has_asked_for_a_minute_is_not_held_against_it() {
        providers.throttled("ionq");
        now = now.plusSeconds(59);
        assertThat(providers.isThrottling("ionq")).isTrue();
        now = now.plusSeconds(2);
        assertThat(providers.isThrottling("ionq")).isFalse();
    }
}
