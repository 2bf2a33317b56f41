package org.quantumhub.billing.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.quantumhub.billing.BudgetAction;
import org.quantumhub.billing.BudgetBook.Open;
import org.quantumhub.billing.BudgetBook.Taking;
import org.quantumhub.billing.Ledger.Purse;
import org.quantumhub.billing.service.Charging.Hold;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.Money;

class CoverageTest {

    private static final UUID TEAM = UUID.randomUUID();
    private static final UUID ADA = UUID.randomUUID();
    private static final UUID BOB = UUID.randomUUID();

    private static Hold hold(UUID user, String backend, String amount) {
        return new Hold(TEAM, user, backend, null, UUID.randomUUID(), Money.of(amount, "USD"), "work");
    }

    private static Open budget(
            @Nullable UUID user, @Nullable String backend, String amount, String used, BudgetAction action) {
        return new Open(
                UUID.randomUUID(),
                "cap",
                TEAM,
                user,
                backend,
                null,
                Money.of(amount, "USD"),
                action,
                LocalDate.EPOCH,
                Money.of(used, "USD"));
    }

    private static Coverage cover(String available, List<Open> budgets, Hold... holds) {
        return Coverage.of(List.of(holds), Map.of(TEAM, new Purse(Money.of(available, "USD"), true)), budgets);
    }

    private static String code(Coverage coverage, Hold hold) {
        return refusal(coverage, hold).code().name();
    }

    private static HubException refusal(Coverage coverage, Hold hold) {
        return Objects.requireNonNull(coverage.refusals().get(hold.reference()));
    }

    @Test
    void a_group_is_gone_through_in_order_until_the_purse_is_empty() {
        Hold first = hold(ADA, "a", "6");
        Hold tooDear = hold(ADA, "a", "5");
        Hold fits = hold(ADA, "a", "4");
        Coverage coverage = cover("10", List.of(), first, tooDear, fits);
        assertThat(coverage.holds()).containsExactly(first, fits);
        assertThat(code(coverage, tooDear)).isEqualTo("INSUFFICIENT_FUNDS");
    }

    @Test
    void each_budget_counts_its_own_and_the_tightest_decides() {
        Open wide = budget(null, null, "10", "0", BudgetAction.BLOCK_PAID);
        Open adas = budget(ADA, null, "3", "1", BudgetAction.BLOCK_PAID);
        Open onA = budget(null, "a", "1", "0", BudgetAction.NOTIFY);
        Hold one = hold(ADA, "a", "2");
        Hold two = hold(ADA, "b", "0.01");
        Hold three = hold(BOB, "b", "8");
        Hold four = hold(BOB, "b", "0.01");
        Coverage coverage = cover("100", List.of(wide, adas, onA), one, two, three, four);
        assertThat(coverage.holds()).containsExactly(one, three);
        assertThat(code(coverage, two)).isEqualTo("BUDGET_EXCEEDED");
        assertThat(code(coverage, four)).isEqualTo("BUDGET_EXCEEDED");
        List<Taking> takings = coverage.takings(new HashSet<>(List.of(one.reference())));
        assertThat(takings).extracting(Taking::budgetId).containsExactly(wide.id(), adas.id(), onA.id());
    }

    @ParameterizedTest
    @EnumSource(BudgetAction.class)
    void free_work_is_stopped_by_the_budgets_that_stop_everything(BudgetAction action) {
        Hold free = hold(ADA, "a", "0");
        Coverage coverage = cover("1", List.of(budget(null, null, "5", "5", action)), free);
        assertThat(coverage.refusals().isEmpty()).isEqualTo(!action.stopsFreeWork());
        assertThat(coverage.takings(new HashSet<>(List.of(free.reference())))).isEmpty();
    }

    @Test
    void another_currency_is_neither_paid_for_nor_counted() {
        Hold euros = new Hold(TEAM, ADA, "a", null, UUID.randomUUID(), Money.of("1", "EUR"), "work");
        assertThat(code(cover("10", List.of(), euros), euros)).isEqualTo("INSUFFICIENT_FUNDS");
        Coverage coverage = Coverage.of(
                List.of(euros),
                Map.of(TEAM, new Purse(Money.of("10", "EUR"), true)),
                List.of(budget(null, null, "0", "0", BudgetAction.BLOCK_ALL)));
        assertThat(coverage.refusals()).isEmpty();
    }

    @Test
    void what_a_platform_budget_amounts_to_is_not_told() {
        Open platform = new Open(
                UUID.randomUUID(),
                "secret",
                null,
                null,
                null,
                null,
                Money.of("12345", "USD"),
                BudgetAction.BLOCK_PAID,
                LocalDate.EPOCH,
                Money.of("12345", "USD"));
        Hold hold = hold(ADA, "a", "1");
        Coverage coverage = cover("10", List.of(platform), hold);
        assertThat(String.valueOf(refusal(coverage, hold).getMessage())).doesNotContain("12345", "secret");
    }
}
