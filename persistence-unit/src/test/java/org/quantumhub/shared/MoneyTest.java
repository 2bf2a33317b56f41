package org.quantumhub.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {

    private static final Currency USD = Currency.getInstance("USD");

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 20261120})
    void sums_are_exact_in_any_order(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            Money a = any(random);
            Money b = any(random);
            Money c = any(random);
            assertThat(a.plus(b)).isEqualTo(b.plus(a));
            assertThat(a.plus(b).plus(c)).isEqualTo(a.plus(b.plus(c)));
            assertThat(a.plus(b).minus(b)).isEqualTo(a);
            assertThat(a.plus(Money.zero(USD))).isEqualTo(a);
            assertThat(a.minus(a)).isEqualTo(Money.zero(USD));
            assertThat(a.plus(b).amount().scale()).isEqualTo(Money.SCALE);
            assertThat(a.compareTo(b)).isEqualTo(a.amount().compareTo(b.amount()));
            assertThat(a.minus(b).isPositive()).isEqualTo(a.compareTo(b) > 0);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 20261120})
    void a_multiple_is_the_repeated_sum(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 100; i++) {
            Money a = any(random);
            int times = random.nextInt(20);
            Money sum = Money.zero(USD);
            for (int n = 0; n < times; n++) {
                sum = sum.plus(a);
            }
            assertThat(a.times(times)).isEqualTo(sum);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 20261120})
    void a_minimum_is_the_greater_of_two(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 100; i++) {
            Money a = any(random);
            Money minimum = any(random);
            assertThat(a.atLeast(minimum))
                    .isGreaterThanOrEqualTo(a)
                    .isGreaterThanOrEqualTo(minimum)
                    .isIn(a, minimum);
        }
    }

    @Test
    void one_amount_is_one_value_however_it_is_written() {
        assertThat(Money.of("1", "USD"))
                .isEqualTo(Money.of("1.00", "USD"))
                .isEqualTo(Money.of("1.000000000000", "USD"));
        assertThat(Money.of("1E+2", "USD")).isEqualTo(Money.of("100", "USD")).hasToString("100.00000000 USD");
        assertThat(Money.of("0.00000001", "USD")).hasToString("0.00000001 USD");
    }

    @Test
    void a_ninth_decimal_is_refused_and_not_rounded() {
        assertThatIllegalArgumentException().isThrownBy(() -> Money.of("0.000000001", "USD"));
        assertThatIllegalArgumentException().isThrownBy(() -> Money.of("1.123456789", "USD"));
    }

    @Test
    void currencies_are_never_mixed() {
        Money dollar = Money.of("1", "USD");
        Money euro = Money.of("1", "EUR");
        assertThat(dollar).isNotEqualTo(euro);
        assertThatIllegalArgumentException().isThrownBy(() -> dollar.plus(euro));
        assertThatIllegalArgumentException().isThrownBy(() -> dollar.minus(euro));
        assertThatIllegalArgumentException().isThrownBy(() -> dollar.compareTo(euro));
        assertThatIllegalArgumentException().isThrownBy(() -> dollar.atLeast(euro));
    }

    private static Money any(Random random) {
        return new Money(
                BigDecimal.valueOf(random.nextLong(-1_000_000_000_000L, 1_000_000_000_000L), random.nextInt(9)), USD);
    }
}
