package org.quantumhub.execution.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.quantumhub.shared.Money;

class SharedCostTest {

    static LongStream seeds() {
        return LongStream.range(0, 50);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void the_parts_are_the_whole_and_differ_by_the_last_decimals_alone(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Money zero = Money.of("0", "USD");
        Money all = new Money(BigDecimal.valueOf(random.nextLong(1_000_000_000_000L), Money.SCALE), zero.currency());
        List<Boolean> pays = IntStream.range(0, 1 + random.nextInt(100))
                .mapToObj(i -> random.nextInt(4) > 0)
                .toList();
        List<Money> parts = SharedCost.of(all, pays);
        assertThat(parts).hasSameSizeAs(pays);
        BigDecimal sum = parts.stream().map(Money::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(sum).isEqualByComparingTo(pays.contains(true) ? all.amount() : BigDecimal.ZERO);
        BigDecimal most = BigDecimal.valueOf(pays.size(), Money.SCALE);
        List<BigDecimal> paid = IntStream.range(0, pays.size())
                .filter(pays::get)
                .mapToObj(i -> parts.get(i).amount())
                .toList();
        paid.forEach(part -> assertThat(part.subtract(paid.getLast()).abs()).isLessThan(most));
    }

    @Test
    void the_first_who_pays_takes_what_does_not_divide() {
        List<Money> parts = SharedCost.of(Money.of("1.00", "USD"), List.of(false, true, true, true));
        assertThat(parts.stream().map(part -> part.amount().toPlainString()))
                .containsExactly("0.00000000", "0.33333334", "0.33333333", "0.33333333");
    }
}
