package org.quantumhub.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quantumhub.billing.TransferKind.CHARGE;
import static org.quantumhub.billing.TransferKind.CREDIT;
import static org.quantumhub.billing.TransferKind.HOLD;
import static org.quantumhub.billing.TransferKind.REFUND;
import static org.quantumhub.billing.TransferKind.RELEASE;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.Money;
import org.quantumhub.shared.TestDatabase;
import org.quantumhub.shared.TestDatabase.Role;
import org.quantumhub.shared.TestDatabase.Tenant;

class LedgerTest {

    /// What a wallet shows.
    private record Amounts(String available, String held, String spent) {

        static Amounts of(String available, String held, String spent) {
            return new Amounts(exact(available), exact(held), exact(spent));
        }

        private static String exact(String amount) {
            return new BigDecimal(amount).setScale(Money.SCALE).toPlainString();
        }
    }

    private final TestDatabase database = TestDatabase.hub();
    private final Ledger ledger = new Ledger();

    @Test
    void money_goes_from_credit_through_hold_to_charge_and_release() throws Exception {
        Tenant tenant = database.tenant("10.00");
        UUID job = Ids.next();
        assertThat(wallet(tenant)).isEqualTo(Amounts.of("10", "0", "0"));
        post(tenant, transfer(HOLD, tenant, job, "3.00000001"));
        assertThat(wallet(tenant)).isEqualTo(Amounts.of("6.99999999", "3.00000001", "0"));
        post(tenant, transfer(CHARGE, tenant, job, "2"), transfer(RELEASE, tenant, job, "1.00000001"));
        assertThat(wallet(tenant)).isEqualTo(Amounts.of("8", "0", "2"));
        post(tenant, transfer(REFUND, tenant, job, "0.5"));
        assertThat(wallet(tenant)).isEqualTo(Amounts.of("8.5", "0", "1.5"));
        checkBooks(List.of(tenant));
    }

    @Test
    void requests_hold_and_give_back_and_post_nothing_else() throws Exception {
        Tenant tenant = database.tenant("10.00");
        UUID job = Ids.next();
        postAsRequest(tenant, transfer(HOLD, tenant, job, "3"));
        postAsRequest(tenant, transfer(RELEASE, tenant, job, "1"));
        for (TransferKind kind : List.of(CREDIT, CHARGE, REFUND)) {
            assertThatThrownBy(() -> postAsRequest(tenant, transfer(kind, tenant, Ids.next(), "1")))
                    .hasMessageContaining("row-level security");
        }
        assertThat(wallet(tenant)).isEqualTo(Amounts.of("8", "2", "0"));
    }

    @Test
    void a_wallet_is_welcomed_once() throws Exception {
        Tenant tenant = database.tenant("0");
        postAsRequest(tenant, transfer(CREDIT, tenant, Ids.next(), "5"));
        assertThatThrownBy(() -> postAsRequest(tenant, transfer(CREDIT, tenant, Ids.next(), "5")))
                .hasMessageContaining("row-level security");
        assertThat(wallet(tenant)).isEqualTo(Amounts.of("5", "0", "0"));
    }

    private void postAsRequest(Tenant tenant, Transfer... transfers) throws SQLException {
        database.inTransaction(Role.APP, tenant, connection -> ledger.post(connection, List.of(transfers)));
    }

    @Test
    void a_group_moves_many_wallets_at_once() throws Exception {
        List<Tenant> tenants = tenants(5, "1.00");
        List<Transfer> holds = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            holds.add(transfer(HOLD, tenants.get(i % 5), Ids.next(), "0.01"));
        }
        database.inTransaction(Role.WORKER, connection -> ledger.post(connection, holds));
        for (Tenant tenant : tenants) {
            assertThat(wallet(tenant)).isEqualTo(Amounts.of("0.9", "0.1", "0"));
        }
    }

    @Test
    void a_locked_wallet_tells_what_is_available() throws Exception {
        Tenant tenant = database.tenant("2.50");
        Map<UUID, Money> available = database.ask(
                Role.APP, tenant, connection -> ledger.lock(connection, List.of(tenant.team(), Ids.next())));
        assertThat(available).containsExactly(Map.entry(tenant.team(), Money.of("2.50", "USD")));
    }

    @ParameterizedTest
    @EnumSource(TransferKind.class)
    void nothing_happens_twice_for_one_reference(TransferKind kind) throws Exception {
        Tenant tenant = database.tenant("10.00");
        UUID other = Ids.next();
        post(tenant, transfer(HOLD, tenant, other, "5"));
        post(tenant, transfer(CHARGE, tenant, other, "2"));
        UUID job = Ids.next();
        post(tenant, transfer(kind, tenant, job, "0.5"));
        Amounts once = wallet(tenant);
        assertThatThrownBy(() -> post(tenant, transfer(kind, tenant, job, "0.25")))
                .hasMessageContaining("ledger_transfers_once");
        assertThat(wallet(tenant)).isEqualTo(once);
        UUID twin = Ids.next();
        assertThatThrownBy(() -> post(tenant, transfer(kind, tenant, twin, "0.1"), transfer(kind, tenant, twin, "0.1")))
                .hasMessageContaining("ledger_transfers_once");
        assertThat(wallet(tenant)).isEqualTo(once);
    }

    /// The guard matters: without it a job is charged twice.
    @Test
    void without_the_unique_key_a_second_charge_would_go_through() throws Exception {
        Tenant tenant = database.tenant("10.00");
        UUID job = Ids.next();
        try (Connection connection = database.connect(Role.SUPERUSER)) {
            connection.setAutoCommit(false);
            TestDatabase.change(connection, "alter table hub.ledger_transfers drop constraint ledger_transfers_once");
            ledger.post(connection, List.of(transfer(HOLD, tenant, job, "3")));
            ledger.post(connection, List.of(transfer(CHARGE, tenant, job, "1")));
            ledger.post(connection, List.of(transfer(CHARGE, tenant, job, "1")));
            assertThat(TestDatabase.value(connection, "select spent from hub.wallets where team_id = ?", tenant.team()))
                    .isEqualTo("2.00000000");
            connection.rollback();
        }
    }

    @Test
    void nobody_spends_what_is_not_available() throws Exception {
        Tenant tenant = database.tenant("1.00");
        Tenant rich = database.tenant("100.00");
        UUID job = Ids.next();
        assertThatThrownBy(() -> post(tenant, transfer(HOLD, tenant, job, "1.00000001")))
                .hasMessageContaining("wallets_available_covered");
        assertThatThrownBy(() -> post(tenant, transfer(CHARGE, tenant, job, "0.1")))
                .hasMessageContaining("wallets_held_covered");
        assertThatThrownBy(() -> post(tenant, transfer(RELEASE, tenant, job, "0.1")))
                .hasMessageContaining("wallets_held_covered");
        assertThatThrownBy(() -> post(tenant, transfer(REFUND, tenant, job, "0.1")))
                .hasMessageContaining("wallets_spent_covered");
        // one that cannot pay fails the whole group
        assertThatThrownBy(() -> database.inTransaction(
                        Role.WORKER,
                        connection -> ledger.post(
                                connection,
                                List.of(transfer(HOLD, rich, Ids.next(), "1"), transfer(HOLD, tenant, job, "2")))))
                .hasMessageContaining("wallets_available_covered");
        assertThat(wallet(tenant)).isEqualTo(Amounts.of("1", "0", "0"));
        assertThat(wallet(rich)).isEqualTo(Amounts.of("100", "0", "0"));
        assertThat(entries(tenant)).isEqualTo(2);
        post(tenant, transfer(HOLD, tenant, job, "1"));
        assertThat(wallet(tenant)).isEqualTo(Amounts.of("0", "1", "0"));
    }

    @ParameterizedTest
    @CsvSource({
        "HOLD, HELD, AVAILABLE",
        "HOLD, AVAILABLE, REVENUE",
        "CHARGE, AVAILABLE, REVENUE",
        "RELEASE, REVENUE, AVAILABLE",
        "CREDIT, REVENUE, AVAILABLE",
        "CREDIT, FUNDING, HELD",
        "GIFT, FUNDING, AVAILABLE"
    })
    void a_kind_moves_money_between_its_own_accounts_only(String kind, String debit, String credit) throws Exception {
        Tenant tenant = database.tenant("1.00");
        assertThatThrownBy(() -> insert(tenant, kind, debit, credit, "0.1", "USD"))
                .hasMessageContaining("ledger_transfers_kind");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-0.00000001", "-5", "NaN", "Infinity", "99999999999"})
    void an_amount_is_more_than_nothing_and_finite(String amount) throws Exception {
        Tenant tenant = database.tenant("1.00");
        assertThatThrownBy(() -> insert(tenant, "CREDIT", "FUNDING", "AVAILABLE", amount, "USD"))
                .isInstanceOf(SQLException.class);
        assertThat(wallet(tenant)).isEqualTo(Amounts.of("1", "0", "0"));
    }

    @Test
    void a_transfer_in_another_currency_than_the_wallets_is_refused() throws Exception {
        Tenant tenant = database.tenant("1.00");
        assertThatThrownBy(() -> insert(tenant, "CREDIT", "FUNDING", "AVAILABLE", "1", "EUR"))
                .hasMessageContaining("foreign key");
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void the_ledger_is_only_added_to(Role role) throws Exception {
        Tenant tenant = database.tenant("1.00");
        for (String verb : List.of(
                "update hub.ledger_transfers set amount = amount + 1",
                "update hub.ledger_transfers set description = ''",
                "delete from hub.ledger_transfers",
                "truncate hub.ledger_transfers",
                "truncate hub.wallets, hub.ledger_transfers cascade")) {
            assertThatThrownBy(() ->
                            database.inTransaction(role, tenant, connection -> TestDatabase.change(connection, verb)))
                    .as(verb)
                    .hasMessageFindingMatch("append-only|permission denied|read-only transaction");
        }
        assertThat(entries(tenant)).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"APP", "WORKER"})
    void amounts_of_a_wallet_follow_the_ledger_and_nothing_else(Role role) throws Exception {
        Tenant tenant = database.tenant("1.00");
        for (String verb : List.of(
                "update hub.wallets set available = 1000",
                "update hub.wallets set held = 0, spent = 0",
                "update hub.wallets set team_id = team_id",
                "insert into hub.wallets (team_id, currency, available) values (gen_random_uuid(), 'USD', 5)",
                "delete from hub.wallets",
                "select hub.post_transfers()")) {
            assertThatThrownBy(() ->
                            database.inTransaction(role, tenant, connection -> TestDatabase.change(connection, verb)))
                    .as(verb)
                    .hasMessageContaining("permission denied");
        }
        assertThat(wallet(tenant)).isEqualTo(Amounts.of("1", "0", "0"));
    }

    /// Groups of transfers at random over a few teams, some of them impossible, against a model in memory.
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 20261120, 4242})
    void random_postings_leave_the_books_balanced(long seed) throws Exception {
        Random random = new Random(seed);
        List<Tenant> tenants = tenants(4, "50.00");
        Map<UUID, BigDecimal[]> model = new HashMap<>();
        tenants.forEach(tenant ->
                model.put(tenant.team(), new BigDecimal[] {new BigDecimal(50), BigDecimal.ZERO, BigDecimal.ZERO}));
        int refused = 0;
        for (int round = 0; round < 60; round++) {
            Map<UUID, BigDecimal[]> after = new HashMap<>();
            model.forEach((team, amounts) -> after.put(team, amounts.clone()));
            List<Transfer> group = new ArrayList<>();
            for (int i = random.nextInt(8); i >= 0; i--) {
                Tenant tenant = tenants.get(random.nextInt(tenants.size()));
                TransferKind kind = TransferKind.values()[random.nextInt(TransferKind.values().length)];
                BigDecimal amount = BigDecimal.valueOf(1 + random.nextLong(1_500_000_000), Money.SCALE);
                group.add(new Transfer(kind, tenant.team(), Ids.next(), new Money(amount, usd()), "seed " + seed));
                apply(after, kind, tenant.team(), amount);
            }
            boolean possible = after.values().stream().flatMap(Arrays::stream).allMatch(a -> a.signum() >= 0);
            if (possible) {
                database.inTransaction(Role.WORKER, connection -> ledger.post(connection, group));
                model.putAll(after);
            } else {
                refused++;
                assertThatThrownBy(
                                () -> database.inTransaction(Role.WORKER, connection -> ledger.post(connection, group)))
                        .hasMessageContaining("_covered");
            }
        }
        assertThat(refused).isBetween(5, 55);
        for (Tenant tenant : tenants) {
            BigDecimal[] amounts = Objects.requireNonNull(model.get(tenant.team()));
            assertThat(wallet(tenant))
                    .isEqualTo(Amounts.of(
                            amounts[0].toPlainString(), amounts[1].toPlainString(), amounts[2].toPlainString()));
        }
        checkBooks(tenants);
    }

    private static void apply(Map<UUID, BigDecimal[]> model, TransferKind kind, UUID team, BigDecimal amount) {
        BigDecimal[] amounts = Objects.requireNonNull(model.get(team));
        int from = place(kind.debit());
        int to = place(kind.credit());
        if (from >= 0) {
            amounts[from] = amounts[from].subtract(amount);
        }
        if (to >= 0) {
            amounts[to] = amounts[to].add(amount);
        }
    }

    private static int place(TransferKind.Account account) {
        return switch (account) {
            case FUNDING -> -1;
            case AVAILABLE -> 0;
            case HELD -> 1;
            case REVENUE -> 2;
        };
    }

    @ParameterizedTest(name = "queueing at the wallet first: {0}")
    @ValueSource(booleans = {true, false})
    void a_wallet_for_ten_holds_gives_ten_to_forty_who_come_at_once(boolean locksFirst) throws Exception {
        Tenant tenant = database.tenant("10.00");
        CountDownLatch allHere = new CountDownLatch(40);
        Callable<Boolean> client = () -> {
            try (Connection connection = database.connect(Role.WORKER)) {
                connection.setAutoCommit(false);
                allHere.countDown();
                allHere.await();
                if (locksFirst) {
                    Money available =
                            ledger.lock(connection, List.of(tenant.team())).get(tenant.team());
                    if (available == null || available.compareTo(Money.of("1", "USD")) < 0) {
                        connection.rollback();
                        return false;
                    }
                }
                try {
                    ledger.post(connection, List.of(transfer(HOLD, tenant, Ids.next(), "1")));
                    connection.commit();
                    return true;
                } catch (SQLException refused) {
                    assertThat(refused.getMessage()).contains("wallets_available_covered");
                    assertThat(locksFirst)
                            .as("what was seen under the lock no longer fits")
                            .isFalse();
                    return false;
                }
            }
        };
        List<Boolean> answers = atOnce(Collections.nCopies(40, client));
        assertThat(answers).filteredOn(answer -> answer).hasSize(10);
        assertThat(wallet(tenant)).isEqualTo(Amounts.of("0", "10", "0"));
        checkBooks(List.of(tenant));
    }

    @Test
    void groups_that_touch_the_same_teams_in_opposite_order_do_not_block_each_other() throws Exception {
        List<Tenant> forwards = tenants(6, "100.00");
        List<Tenant> backwards = forwards.reversed();
        List<Callable<Boolean>> clients = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            List<Tenant> order = i % 2 == 0 ? forwards : backwards;
            clients.add(() -> {
                try (Connection connection = database.connect(Role.WORKER)) {
                    connection.setAutoCommit(false);
                    for (int round = 0; round < 40; round++) {
                        List<Transfer> group = new ArrayList<>();
                        for (Tenant tenant : order) {
                            group.add(transfer(HOLD, tenant, Ids.next(), "0.01"));
                        }
                        ledger.post(connection, group);
                        connection.commit();
                    }
                }
                return true;
            });
        }
        assertThat(atOnce(clients)).containsOnly(true);
        for (Tenant tenant : forwards) {
            assertThat(wallet(tenant)).isEqualTo(Amounts.of("98.4", "1.6", "0"));
        }
        checkBooks(forwards);
    }

    private static <T> List<T> atOnce(List<Callable<T>> clients) throws Exception {
        List<T> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(clients.size())) {
            List<Future<T>> futures = threads.invokeAll(clients);
            for (Future<T> future : futures) {
                answers.add(future.get());
            }
        }
        return answers;
    }

    private List<Tenant> tenants(int count, String credit) throws SQLException {
        List<Tenant> tenants = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tenants.add(database.tenant(credit));
        }
        tenants.sort(Comparator.comparing(Tenant::team));
        return tenants;
    }

    private static Currency usd() {
        return Currency.getInstance("USD");
    }

    private static Transfer transfer(TransferKind kind, Tenant tenant, UUID reference, String amount) {
        return new Transfer(kind, tenant.team(), reference, Money.of(amount, "USD"), "of a test");
    }

    private void post(Tenant tenant, Transfer... transfers) throws SQLException {
        database.inTransaction(Role.WORKER, tenant, connection -> ledger.post(connection, List.of(transfers)));
    }

    private void insert(Tenant tenant, String kind, String debit, String credit, String amount, String currency)
            throws SQLException {
        database.inTransaction(
                Role.WORKER,
                tenant,
                connection -> TestDatabase.change(
                        connection,
                        "insert into hub.ledger_transfers"
                                + " (team_id, kind, reference, debit_account, credit_account, amount, currency, description)"
                                + " values (?, ?, ?, ?, ?, ?::numeric, ?, 'of a test')",
                        tenant.team(),
                        kind,
                        Ids.next(),
                        debit,
                        credit,
                        amount,
                        currency));
    }

    private Amounts wallet(Tenant tenant) throws SQLException {
        return database.ask(Role.APP, tenant, connection -> {
            var row = TestDatabase.rows(connection, "select available, held, spent from hub.wallets")
                    .getFirst();
            return Amounts.of(String.valueOf(row.get(0)), String.valueOf(row.get(1)), String.valueOf(row.get(2)));
        });
    }

    private int entries(Tenant tenant) throws SQLException {
        return Integer.parseInt(database.ask(
                Role.APP,
                tenant,
                connection -> TestDatabase.value(connection, "select count(*) from hub.ledger_entries")));
    }

    /// Each transfer and all of them together sum to zero, and a wallet is the sum of its entries.
    private void checkBooks(List<Tenant> tenants) throws SQLException {
        database.inTransaction(Role.READER, connection -> {
            assertThat(
                            TestDatabase.column(
                                    connection,
                                    "select transfer_id from hub.ledger_entries group by transfer_id having sum(amount) <> 0 or count(*) <> 2"))
                    .isEmpty();
            assertThat(TestDatabase.column(
                            connection,
                            "select currency from hub.ledger_entries group by currency having sum(amount) <> 0"))
                    .isEmpty();
            for (Tenant tenant : tenants) {
                assertThat(TestDatabase.rows(connection, """
                                select w.available - coalesce(sum(e.amount) filter (where e.account = 'AVAILABLE'), 0),
                                       w.held - coalesce(sum(e.amount) filter (where e.account = 'HELD'), 0),
                                       w.spent - coalesce(sum(e.amount) filter (where e.account = 'REVENUE'), 0)
                                  from hub.wallets w left join hub.ledger_entries e on e.team_id = w.team_id
                                 where w.team_id = ? group by w.team_id
                                """, tenant.team()))
                        .singleElement()
                        .asInstanceOf(InstanceOfAssertFactories.LIST)
                        .allSatisfy(difference -> assertThat(new BigDecimal(String.valueOf(difference)))
                                .isZero());
            }
        });
    }
}
