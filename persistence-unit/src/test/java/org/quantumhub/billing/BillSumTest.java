package org.quantumhub.billing;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quantumhub.billing.BillSum.Before;
import org.quantumhub.billing.BillSum.Line;
import org.quantumhub.billing.BillSum.Usage;

class BillSumTest {

    private static final BigDecimal ZERO = BigDecimal.ZERO;
    private static final Before NOTHING = new Before(ZERO, ZERO, ZERO, ZERO);
    private static final Tax VAT = new Tax("VAT", new BigDecimal("19"), null);

    private static Usage charge(String amount) {
        return new Usage(TransferKind.CHARGE, "work", 1, new BigDecimal(amount), 1, 1);
    }

    private static Before before(String carried, String granted, String prepaid) {
        return new Before(new BigDecimal(carried), ZERO, new BigDecimal(granted), new BigDecimal(prepaid));
    }

    @Test
    void what_a_line_leaves_over_goes_into_the_next() {
        BillSum sum = BillSum.of(List.of(charge("0.004"), charge("0.004"), charge("0.004")), NOTHING, Tax.NONE, 2);
        assertThat(sum.lines())
                .extracting(Line::amount)
                .map(BigDecimal::toString)
                .containsExactly("0.00", "0.01", "0.00");
        assertThat(sum.net()).isEqualByComparingTo("0.01");
        assertThat(sum.carriedOut()).isEqualByComparingTo("0.002");
        assertThat(sum.rounding()).isEqualByComparingTo("-0.002");
    }

    @Test
    void grants_come_first_then_what_was_paid_in_advance_and_tax_is_on_what_is_not_given_away() {
        BillSum sum = BillSum.of(List.of(charge("100")), before("0", "20", "60"), VAT, 2);
        assertThat(sum.granted()).isEqualByComparingTo("20");
        assertThat(sum.tax()).isEqualByComparingTo("15.20");
        assertThat(sum.total()).isEqualByComparingTo("95.20");
        assertThat(sum.prepaid()).isEqualByComparingTo("60");
        assertThat(sum.due()).isEqualByComparingTo("35.20");
        assertThat(sum.dueNet()).isEqualByComparingTo("20");
    }

    @Test
    void a_bill_that_gives_back_more_than_it_asks_for_leaves_the_difference_as_paid_in_advance() {
        Usage refund = new Usage(TransferKind.REFUND, "work", 1, new BigDecimal("10"), 1, 1);
        BillSum sum = BillSum.of(List.of(charge("4"), refund), before("0", "100", "0"), VAT, 2);
        assertThat(sum.net()).isEqualByComparingTo("-6");
        assertThat(sum.granted()).isZero();
        assertThat(sum.total()).isEqualByComparingTo("-7.14");
        assertThat(sum.prepaid()).isEqualByComparingTo("-7.14");
        assertThat(sum.due()).isZero();
        assertThat(sum.dueNet()).isZero();
    }

    @Test
    void a_currency_without_cents_is_rounded_to_whole_units() {
        BillSum sum = BillSum.of(List.of(charge("10.5"), charge("0.6")), before("0", "0", "3.9"), VAT, 0);
        assertThat(sum.lines())
                .extracting(Line::amount)
                .map(BigDecimal::toString)
                .containsExactly("11", "0");
        assertThat(sum.tax().toString()).isEqualTo("2");
        assertThat(sum.prepaid().toString()).isEqualTo("3");
    }

    /// A year of bills: whatever was used, the bills have asked for it to half a cent.
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 42, 20261121, 777})
    void the_bills_of_a_year_never_differ_from_the_ledger_by_more_than_half_a_cent(long seed) {
        Random random = new Random(seed);
        BigDecimal used = ZERO;
        BigDecimal billed = ZERO;
        Before before = before("0", "5", "7.123");
        BigDecimal granted = before.granted();
        BigDecimal prepaid = before.prepaid();
        for (int month = 0; month < 12; month++) {
            List<Usage> usages = new ArrayList<>();
            for (int i = random.nextInt(6); i >= 0; i--) {
                usages.add(new Usage(
                        random.nextInt(8) == 0 ? TransferKind.REFUND : TransferKind.CHARGE,
                        "work",
                        1,
                        BigDecimal.valueOf(1 + random.nextLong(300_000_000), 8),
                        1,
                        1));
            }
            BillSum sum = BillSum.of(usages, before, VAT, 2);
            assertThat(sum.carriedIn().add(sum.usage()))
                    .isEqualByComparingTo(sum.net().add(sum.carriedOut()));
            assertThat(sum.lines().stream().map(Line::amount).reduce(ZERO, BigDecimal::add))
                    .isEqualByComparingTo(sum.net());
            assertThat(sum.lines().stream().map(Line::exact).reduce(ZERO, BigDecimal::add))
                    .isEqualByComparingTo(sum.usage());
            assertThat(sum.due()).isNotNegative();
            used = used.add(sum.usage());
            billed = billed.add(sum.net());
            assertThat(used.subtract(billed).abs()).isLessThanOrEqualTo(new BigDecimal("0.005"));
            granted = granted.subtract(sum.granted());
            prepaid = prepaid.subtract(sum.prepaid());
            assertThat(granted).isNotNegative();
            before = new Before(sum.carriedOut(), sum.dueNet().signum() > 0 ? ZERO : sum.rounding(), granted, prepaid);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "DE, DE, , 19, ",
        "DE, , , 19, ",
        "DE, FR, FR123, 0, Reverse charge",
        "DE, FR, , 20, ",
        "DE, US, , 0, Not taxable",
        "DE, CH, CHE-1, 0, Not taxable",
        "CH, DE, DE1, 0, Not taxable",
        ", DE, , 0, ",
        "US, US, , 0, "
    })
    void tax_follows_from_the_two_countries(
            @Nullable String seller,
            @Nullable String buyer,
            @Nullable String taxId,
            BigDecimal rate,
            @Nullable String note) {
        Tax tax = Tax.between(seller, buyer, taxId, LocalDate.of(2026, 11, 1), (country, day) -> switch (country) {
            case "DE" -> new Tax.Rate("DE", "USt", new BigDecimal("19"), true);
            case "FR" -> new Tax.Rate("FR", "TVA", new BigDecimal("20"), true);
            case "CH" -> new Tax.Rate("CH", "MWST", new BigDecimal("8.1"), false);
            default -> null;
        });
        assertThat(tax.rate()).isEqualByComparingTo(rate);
        if (note == null) {
            assertThat(tax.note()).isNull();
        } else {
            assertThat(tax.note()).startsWith(note);
        }
    }
}
