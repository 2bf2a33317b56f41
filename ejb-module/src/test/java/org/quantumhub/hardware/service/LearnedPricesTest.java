package org.quantumhub.hardware.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quantumhub.billing.PriceComponents;

class LearnedPricesTest {

    @ParameterizedTest(name = "{4}: {3}")
    @CsvSource({
        " , false, , 0.01, true, nobody has priced it",
        "0.01, true, , 0.02, true, the first version is not what is asked for",
        "0.01, true, , 0.010, false, the first version is what is asked for",
        "0.015, false, , 0.01, false, somebody has set a price before one was learned",
        "0.01, false, 0.01, 0.02, true, the list has what was asked for before",
        "0.015, false, 0.01, 0.02, false, somebody has set a price since",
        "0.02, false, 0.02, 0.02, false, nothing has changed",
        "0.02, false, 0.01, 0.02, false, the list has it already"
    })
    void a_price_follows_the_provider_unless_somebody_has_set_it(
            @Nullable BigDecimal listed,
            boolean only,
            @Nullable BigDecimal last,
            BigDecimal told,
            boolean follows,
            String why) {
        assertThat(LearnedPrices.follows(byShot(listed), only, byShot(last), shot(told)))
                .as(why)
                .isEqualTo(follows);
        assertThat(LearnedPrices.follows(bySecond(listed), only, bySecond(last), second(told)))
                .as(why + ", by time")
                .isEqualTo(follows);
    }

    @Test
    void a_price_by_time_follows_one_by_the_task() {
        PriceComponents flat = price("0.00375", "0", "0", "0.00375");
        PriceComponents told = price("0", "0", "0.00125", "0.00375");
        assertThat(LearnedPrices.follows(flat, true, null, told)).isTrue();
        assertThat(LearnedPrices.next(flat, told)).isEqualTo(told);
    }

    @Test
    void between_prices_by_the_shot_fee_and_minimum_stay_what_the_office_made_them() {
        PriceComponents listed = price("0.35", "0.01", "0", "1");
        PriceComponents told = price("0.30", "0.02", "0", "0.30");
        assertThat(LearnedPrices.next(listed, told)).isEqualTo(price("0.35", "0.02", "0", "1"));
        assertThat(LearnedPrices.next(null, told)).isEqualTo(told);
    }

    private static @Nullable PriceComponents byShot(@Nullable BigDecimal perShot) {
        return perShot == null ? null : shot(perShot);
    }

    private static @Nullable PriceComponents bySecond(@Nullable BigDecimal perSecond) {
        return perSecond == null ? null : second(perSecond);
    }

    private static PriceComponents shot(BigDecimal perShot) {
        return price("0.30", perShot.toPlainString(), "0", "0.30");
    }

    private static PriceComponents second(BigDecimal perSecond) {
        return price("0", "0", perSecond.toPlainString(), "0.01");
    }

    private static PriceComponents price(String fee, String perShot, String perSecond, String least) {
        return new PriceComponents(
                new BigDecimal(fee),
                new BigDecimal(perShot),
                new BigDecimal(perSecond),
                BigDecimal.ZERO,
                new BigDecimal(least));
    }
}
