package org.quantumhub.billing.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.quantumhub.billing.PriceVersion;
import org.quantumhub.shared.service.Herd;

@Timeout(30)
class ChargingTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private final Herd herd = new Herd();
    private final Charging charging = new Charging();
    private volatile PriceVersion listed = new Price(NOON.plusSeconds(1));

    private static final class Price extends PriceVersion {
        private final Instant end;

        Price(Instant end) {
            this.end = end;
        }

        @Override
        public boolean isOver(Instant now) {
            return !now.isBefore(end);
        }
    }

    @BeforeEach
    void open() {
        at(NOON);
        charging.prices = new Prices() {
            @Override
            public PriceVersion inForce(String backend, @Nullable String currency) {
                return herd.answer(listed);
            }
        };
    }

    private void at(Instant moment) {
        charging.clock = Clock.fixed(moment, ZoneOffset.UTC);
    }

    @Test
    void of_many_who_want_a_price_one_asks_the_database() throws InterruptedException {
        assertThat(herd.ask(() -> assertThat(charging.priceOf("aspen")).isSameAs(listed)))
                .isEqualTo(1);
    }

    @Test
    void a_price_is_not_remembered_beyond_its_end() throws InterruptedException {
        PriceVersion first = charging.priceOf("aspen");
        PriceVersion next = new Price(NOON.plusSeconds(60));
        listed = next;

        assertThat(charging.priceOf("aspen")).isSameAs(first);
        at(NOON.plusSeconds(1));
        assertThat(herd.ask(() -> assertThat(charging.priceOf("aspen")).isSameAs(next)))
                .isEqualTo(1);
    }
}
