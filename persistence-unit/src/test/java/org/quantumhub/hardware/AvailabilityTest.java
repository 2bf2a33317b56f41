package org.quantumhub.hardware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class AvailabilityTest {

    private static final String OFFICE = "[{\"day\": \"WEEKDAYS\", \"from\": \"09:00\", \"to\": \"16:59:59\"}]";

    // a Friday
    private static final Instant FRIDAY_NOON = Instant.parse("2026-11-20T12:00:00Z");

    @Test
    void without_windows_it_is_always_open() {
        Availability always = Availability.of("[]");
        assertThat(always.isOpen(FRIDAY_NOON)).isTrue();
        assertThat(always.nextOpening(FRIDAY_NOON)).contains(FRIDAY_NOON);
    }

    @Test
    void the_last_second_belongs_to_a_window() {
        Availability office = Availability.of(OFFICE);
        assertThat(office.isOpen(Instant.parse("2026-11-20T16:59:59Z"))).isTrue();
        assertThat(office.isOpen(Instant.parse("2026-11-20T17:00:00Z"))).isFalse();
        assertThat(office.isOpen(Instant.parse("2026-11-20T08:59:59Z"))).isFalse();
    }

    @Test
    void the_next_opening_lies_behind_the_weekend() {
        assertThat(Availability.of(OFFICE).nextOpening(Instant.parse("2026-11-20T17:00:00Z")))
                .contains(Instant.parse("2026-11-23T09:00:00Z"));
    }

    @Test
    void a_window_over_midnight_goes_on_into_the_next_day() {
        Availability night = Availability.of("[{\"day\": \"Saturday\", \"from\": \"22:00\", \"to\": \"01:59:59\"}]");
        assertThat(night.isOpen(Instant.parse("2026-11-22T01:30:00Z"))).isTrue();
        assertThat(night.isOpen(Instant.parse("2026-11-22T02:00:00Z"))).isFalse();
        assertThat(night.nextOpening(FRIDAY_NOON)).contains(Instant.parse("2026-11-21T22:00:00Z"));
    }

    @Test
    void a_day_that_does_not_exist_never_opens() {
        assertThat(Availability.of("[{\"day\": \"SOMEDAY\", \"from\": \"00:00\", \"to\": \"23:59:59\"}]")
                        .nextOpening(FRIDAY_NOON))
                .isEmpty();
        assertThatThrownBy(() -> Availability.of("[{\"day\": \"MONDAY\"}]")).isInstanceOf(RuntimeException.class);
    }
}
