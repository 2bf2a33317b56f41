package org.quantumhub.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quantumhub.billing.TransferKind.CHARGE;
import static org.quantumhub.billing.TransferKind.HOLD;
import static org.quantumhub.billing.TransferKind.RELEASE;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quantumhub.billing.BudgetBook.Change;
import org.quantumhub.billing.BudgetBook.Open;
import org.quantumhub.billing.BudgetBook.Taking;
import org.quantumhub.billing.BudgetBook.Wanted;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.Money;
import org.quantumhub.shared.Pipeline;
import org.quantumhub.shared.TestDatabase;
import org.quantumhub.shared.TestDatabase.Role;
import org.quantumhub.shared.TestDatabase.Tenant;

class BudgetTest {

    private final TestDatabase database = TestDatabase.hub();
    private final BudgetBook book = new BudgetBook();
    private final Ledger ledger = new Ledger();
    private final Books books = new Books();

    private UUID budget(Tenant tenant, String amount, BudgetPeriod period, BudgetAction action) throws SQLException {
        Wanted wanted = new Wanted(
                Ids.next(),
                tenant.team(),
                "cap",
                BudgetScope.TEAM,
                null,
                null,
                null,
                Money.of(amount, "USD"),
                period,
                action);
        database.inTransaction(Role.APP, tenant, connection -> book.add(connection, wanted));
        return wanted.id();
    }

    /// A hold as a submission makes it: the money and its budgets in one transaction.
    private void hold(Tenant tenant, UUID reference, String amount) throws SQLException {
        database.inTransaction(Role.APP, tenant, connection -> hold(connection, tenant, reference, amount));
    }

    private void hold(Connection connection, Tenant tenant, UUID reference, String amount) throws SQLException {
        List<Open> open = book.lock(connection, List.of(tenant.team())).stream()
                .filter(budget -> tenant.team().equals(budget.teamId()))
                .toList();
        ledger.post(connection, List.of(Books.transfer(HOLD, tenant, reference, amount)));
        take(
                connection,
                open.stream()
                        .map(b -> new Taking(b.id(), reference, tenant.team(), new BigDecimal(amount), b.periodStart()))
                        .toList());
    }

    private void take(Connection connection, List<Taking> takings) throws SQLException {
        Pipeline pipeline = new Pipeline();
        book.take(pipeline, takings);
        pipeline.run(connection);
    }

    private BigDecimal used(UUID budget) throws SQLException {
        return new BigDecimal(database.<String>ask(
                Role.WORKER,
                connection -> TestDatabase.value(connection, "select used from hub.budgets where id = ?", budget)));
    }

    private List<String> warnings(UUID budget) throws SQLException {
        return database
                .ask(
                        Role.WORKER,
                        connection -> TestDatabase.column(
                                connection,
                                "select threshold from hub.budget_warnings where budget_id = ? order by threshold",
                                budget))
                .stream()
                .map(String::valueOf)
                .toList();
    }

    @ParameterizedTest
    @EnumSource(
            value = BudgetAction.class,
            names = {"BLOCK_PAID", "BLOCK_ALL", "CANCEL_RUNNING"})
    void a_cap_is_reached_and_never_passed(BudgetAction action) throws Exception {
        Tenant tenant = database.tenant("100.00");
        UUID budget = budget(tenant, "10.00", BudgetPeriod.MONTH, action);
        hold(tenant, Ids.next(), "9.99999999");
        hold(tenant, Ids.next(), "0.00000001");
        assertThatThrownBy(() -> hold(tenant, Ids.next(), "0.00000001"))
                .hasMessageContaining("a budget does not cover this");
        assertThat(used(budget)).isEqualByComparingTo("10");
        assertThat(books.wallet(tenant)).isEqualTo(Books.Amounts.of("90", "10", "0"));
    }

    @Test
    void a_budget_that_only_notifies_is_passed_and_tells() throws Exception {
        Tenant tenant = database.tenant("100.00");
        UUID budget = budget(tenant, "1.00", BudgetPeriod.DAY, BudgetAction.NOTIFY);
        hold(tenant, Ids.next(), "5");
        assertThat(used(budget)).isEqualByComparingTo("5");
        assertThat(warnings(budget)).containsExactly("50", "80", "100");
    }

    @Test
    void each_threshold_is_recorded_once() throws Exception {
        Tenant tenant = database.tenant("100.00");
        UUID budget = budget(tenant, "10.00", BudgetPeriod.YEAR, BudgetAction.BLOCK_PAID);
        hold(tenant, Ids.next(), "4.99999999");
        assertThat(warnings(budget)).isEmpty();
        hold(tenant, Ids.next(), "0.00000001");
        assertThat(warnings(budget)).containsExactly("50");
        UUID job = Ids.next();
        hold(tenant, job, "3");
        assertThat(warnings(budget)).containsExactly("50", "80");
        books.post(tenant, Books.transfer(RELEASE, tenant, job, "3"));
        hold(tenant, Ids.next(), "3");
        hold(tenant, Ids.next(), "2");
        assertThat(warnings(budget)).containsExactly("50", "80", "100");
        List<BudgetThresholdReached> told = database.ask(Role.WORKER, connection -> book.untold(connection, 1_000));
        assertThat(told)
                .filteredOn(t -> t.budgetId().equals(budget))
                .extracting(BudgetThresholdReached::threshold)
                .containsExactlyInAnyOrder(50, 80, 100);
        assertThat(database.<List<BudgetThresholdReached>>ask(
                        Role.WORKER, connection -> book.untold(connection, 1_000)))
                .isEmpty();
    }

    @Test
    void what_is_released_can_be_spent_again_and_what_is_charged_cannot() throws Exception {
        Tenant tenant = database.tenant("100.00");
        UUID budget = budget(tenant, "10.00", BudgetPeriod.MONTH, BudgetAction.BLOCK_PAID);
        UUID job = Ids.next();
        hold(tenant, job, "10");
        assertThatThrownBy(() -> hold(tenant, Ids.next(), "1")).hasMessageContaining("does not cover");
        books.post(tenant, Books.transfer(CHARGE, tenant, job, "4"), Books.transfer(RELEASE, tenant, job, "6"));
        assertThat(used(budget)).isEqualByComparingTo("4");
        hold(tenant, Ids.next(), "6");
        assertThatThrownBy(() -> hold(tenant, Ids.next(), "0.01")).hasMessageContaining("does not cover");
    }

    @Test
    void a_new_period_begins_with_nothing_used_and_gets_nothing_back_from_the_old() throws Exception {
        Tenant tenant = database.tenant("100.00");
        UUID budget = budget(tenant, "10.00", BudgetPeriod.DAY, BudgetAction.BLOCK_ALL);
        UUID job = Ids.next();
        hold(tenant, job, "10");
        // yesterday, as if it had been then
        database.inTransaction(Role.SUPERUSER, connection -> {
            TestDatabase.change(connection, "set local session_replication_role = replica");
            TestDatabase.change(
                    connection, "update hub.budgets set period_start = period_start - 1 where id = ?", budget);
            TestDatabase.change(
                    connection,
                    "update hub.budget_entries set period_start = period_start - 1 where budget_id = ?",
                    budget);
        });
        hold(tenant, Ids.next(), "7");
        assertThat(used(budget)).isEqualByComparingTo("7");
        books.post(tenant, Books.transfer(RELEASE, tenant, job, "10"));
        assertThat(used(budget)).isEqualByComparingTo("7");
    }

    @Test
    void a_lower_cap_stops_what_comes_and_a_switched_off_budget_nothing() throws Exception {
        Tenant tenant = database.tenant("100.00");
        UUID budget = budget(tenant, "10.00", BudgetPeriod.TOTAL, BudgetAction.BLOCK_PAID);
        hold(tenant, Ids.next(), "8");
        database.inTransaction(
                Role.APP,
                tenant,
                connection -> assertThat(book.change(
                                connection, budget, tenant.team(), new Change(null, new BigDecimal("5"), null, null)))
                        .isTrue());
        assertThatThrownBy(() -> hold(tenant, Ids.next(), "0.1")).hasMessageContaining("does not cover");
        database.inTransaction(
                Role.APP,
                tenant,
                connection -> book.change(connection, budget, tenant.team(), new Change(null, null, null, false)));
        hold(tenant, Ids.next(), "50");
        assertThat(used(budget)).isEqualByComparingTo("8");
    }

    /// The wallet would pay for all of them; the budget is what stops them.
    @ParameterizedTest(name = "by {0}")
    @ValueSource(strings = {"0.07", "0.01"})
    void a_thousand_at_once_never_take_a_cent_more_than_the_cap(String each) throws Exception {
        Tenant tenant = database.tenant("1000.00");
        UUID budget = budget(tenant, "10.00", BudgetPeriod.MONTH, BudgetAction.BLOCK_PAID);
        AtomicInteger left = new AtomicInteger(1_100);
        Callable<Integer> client = () -> {
            int taken = 0;
            try (Connection connection = database.connect(Role.APP)) {
                connection.setAutoCommit(false);
                while (left.getAndDecrement() > 0) {
                    TestDatabase.set(connection, "hub.team", tenant.team().toString());
                    try {
                        hold(connection, tenant, Ids.next(), each);
                        connection.commit();
                        taken++;
                    } catch (SQLException refused) {
                        connection.rollback();
                        assertThat(refused.getMessage()).contains("does not cover");
                    }
                }
            }
            return taken;
        };
        int taken = Books.atOnce(Collections.nCopies(40, client)).stream()
                .mapToInt(Integer::intValue)
                .sum();
        BigDecimal cap = new BigDecimal("10.00");
        int fitting = cap.divideToIntegralValue(new BigDecimal(each)).intValue();
        assertThat(taken).isEqualTo(fitting);
        BigDecimal sum = new BigDecimal(each).multiply(BigDecimal.valueOf(fitting));
        assertThat(sum).isLessThanOrEqualTo(cap);
        assertThat(used(budget)).isEqualByComparingTo(sum);
        assertThat(books.wallet(tenant).held())
                .isEqualTo(sum.setScale(Money.SCALE).toPlainString());
    }

    @Test
    void requests_neither_write_what_is_used_nor_take_from_a_budget_of_others() throws Exception {
        Tenant tenant = database.tenant("10.00");
        Tenant other = database.tenant("10.00");
        UUID budget = budget(tenant, "5.00", BudgetPeriod.MONTH, BudgetAction.BLOCK_PAID);
        for (String verb : List.of(
                "update hub.budgets set used = 0",
                "update hub.budgets set team_id = team_id",
                "delete from hub.budgets",
                "insert into hub.budget_warnings (budget_id, period_start, threshold, used) values (gen_random_uuid(), now(), 50, 1)")) {
            assertThatThrownBy(() -> database.inTransaction(
                            Role.APP, tenant, connection -> TestDatabase.change(connection, verb)))
                    .as(verb)
                    .hasMessageContaining("permission denied");
        }
        Taking theft = new Taking(budget, Ids.next(), other.team(), BigDecimal.ONE, LocalDate.EPOCH);
        assertThatThrownBy(
                        () -> database.inTransaction(Role.APP, other, connection -> take(connection, List.of(theft))))
                .hasMessageContaining("a budget of another team");
        assertThat(database.<List<Open>>ask(
                        Role.APP, other, connection -> book.lock(connection, List.of(tenant.team()))))
                .noneMatch(open -> budget.equals(open.id()));
    }

    @Test
    void a_budget_of_the_platform_counts_for_everybody_and_is_changed_by_nobody_from_outside() throws Exception {
        Tenant tenant = database.tenant("10.00");
        UUID id = Ids.next();
        Wanted wanted = new Wanted(
                id,
                null,
                "everybody",
                BudgetScope.PLATFORM,
                null,
                null,
                null,
                Money.of("3", "USD"),
                BudgetPeriod.MONTH,
                BudgetAction.BLOCK_ALL);
        assertThatThrownBy(() -> database.inTransaction(Role.APP, tenant, connection -> book.add(connection, wanted)))
                .hasMessageContaining("row-level security");
        database.inTransaction(Role.WORKER, connection -> book.add(connection, wanted));
        try {
            List<Open> seen =
                    database.ask(Role.APP, tenant, connection -> book.lock(connection, List.of(tenant.team())));
            Open open = seen.stream().filter(b -> b.id().equals(id)).findFirst().orElseThrow();
            assertThat(open.counts(tenant.team(), tenant.user(), "any", null, Currency.getInstance("USD")))
                    .isTrue();
            assertThat(open.counts(tenant.team(), tenant.user(), "any", null, Currency.getInstance("EUR")))
                    .isFalse();
            assertThatThrownBy(() -> database.inTransaction(
                            Role.APP,
                            tenant,
                            connection -> book.change(
                                    connection, id, null, new Change("mine", new BigDecimal("1000"), null, null))))
                    .hasMessageContaining("row-level security");
            UUID job = Ids.next();
            database.inTransaction(
                    Role.APP,
                    tenant,
                    connection -> take(
                            connection,
                            List.of(new Taking(id, job, tenant.team(), new BigDecimal("3"), open.periodStart()))));
            assertThatThrownBy(() -> database.inTransaction(
                            Role.APP,
                            tenant,
                            connection -> take(
                                    connection,
                                    List.of(new Taking(
                                            id,
                                            Ids.next(),
                                            tenant.team(),
                                            new BigDecimal("0.01"),
                                            open.periodStart())))))
                    .hasMessageContaining("does not cover");
        } finally {
            database.inTransaction(
                    Role.WORKER, connection -> book.change(connection, id, null, new Change(null, null, null, false)));
        }
    }

    @Test
    void a_scope_names_what_it_counts_and_nothing_else() {
        for (String values : List.of(
                "'TEAM', null, null",
                "'PLATFORM', gen_random_uuid(), null",
                "'BACKEND', null, null",
                "'MEMBER', null, null")) {
            assertThatThrownBy(() -> database.inTransaction(
                            Role.WORKER,
                            connection -> TestDatabase.change(
                                    connection,
                                    "insert into hub.budgets (id, name, amount, currency, period, action, scope, team_id, backend)"
                                            + " values (gen_random_uuid(), 'x', 1, 'USD', 'DAY', 'NOTIFY', " + values
                                            + ")")))
                    .as(values)
                    .hasMessageFindingMatch("budgets_scope_named|foreign key");
        }
    }

    /// The guard matters: without the condition in the update, the cap is passed.
    @Test
    void without_the_condition_the_cap_would_be_passed() throws Exception {
        Tenant tenant = database.tenant("100.00");
        UUID budget = budget(tenant, "1.00", BudgetPeriod.MONTH, BudgetAction.BLOCK_PAID);
        try (Connection connection = database.connect(Role.SUPERUSER)) {
            connection.setAutoCommit(false);
            String function =
                    TestDatabase.value(connection, "select pg_get_functiondef('hub.post_budget_entries'::regproc)");
            String without = function.replace("and (b.action = 'NOTIFY' or b.used + d.amount <= b.amount)", "");
            assertThat(without).isNotEqualTo(function);
            TestDatabase.change(connection, without);
            TestDatabase.set(connection, "hub.team", tenant.team().toString());
            hold(connection, tenant, Ids.next(), "5");
            assertThat(TestDatabase.value(connection, "select used from hub.budgets where id = ?", budget))
                    .isEqualTo("5.00000000");
            connection.rollback();
        }
    }
}
