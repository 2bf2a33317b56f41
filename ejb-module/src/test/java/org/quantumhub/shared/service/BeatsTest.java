package org.quantumhub.shared.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BeatsTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @Test
    void eachBeatHasItsMomentOfThePeriod() {
        assertEquals(NOON.plusMillis(400), first(NOON, 1_000, 400));
        assertEquals(NOON.plusMillis(1_700), first(NOON.plusMillis(400), 2_000, 1_700));
        assertEquals(NOON.plusMillis(6_300), first(NOON.plusMillis(1_301), 5_000, 1_300));
    }

    @Test
    void aBeatThatIsNowComesNextTime() {
        assertEquals(NOON.plusSeconds(1), first(NOON, 1_000, 0));
        assertEquals(NOON.plusMillis(1_400), first(NOON.plusMillis(400), 1_000, 400));
    }

    @Test
    void aMomentOutsideOfThePeriodIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> first(NOON, 1_000, 1_000));
        assertThrows(IllegalArgumentException.class, () -> first(NOON, 1_000, -1));
    }

    private static Instant first(Instant now, long period, long moment) {
        return now.plus(Beats.delay(now, Duration.ofMillis(period), Duration.ofMillis(moment)));
    }
}
