package org.quantumhub.hardware.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        assertThat(LearnedPrices.follows(listed, only, last, told)).as(why).isEqualTo(follows);
    }
}
