package org.quantumhub.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quantumhub.billing.TransferKind.HOLD;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.Money;
import org.quantumhub.shared.TestDatabase;
import org.quantumhub.shared.TestDatabase.Role;
import org.quantumhub.shared.TestDatabase.Tenant;

/// Many postings, at random and at once.
class LedgerStormTest {

    private final TestDatabase database = TestDatabase.hub();
    private final Ledger ledger = new Ledger();
    private final Books books = new Books();

    /// Groups of transfers at random over a few teams, some of them impossible, against a model in memory.
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 20261120, 4242})
    void random_postings_leave_the_books_balanced(long seed) throws Exception {
        Random random = new Random(seed);
        List<Tenant> tenants = books.tenants(4, "50.00");
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
                group.add(
                        new Transfer(kind, tenant.team(), Ids.next(), new Money(amount, Books.usd()), "seed " + seed));
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
            assertThat(books.wallet(tenant))
                    .isEqualTo(Books.Amounts.of(
                            amounts[0].toPlainString(), amounts[1].toPlainString(), amounts[2].toPlainString()));
        }
        books.checkBooks(tenants);
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
            case FUNDING, CASH, LINE, TAX, ROUNDING -> -1;
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
                    Ledger.Purse purse =
                            ledger.lock(connection, List.of(tenant.team())).get(tenant.team());
                    if (purse == null || purse.available().compareTo(Money.of("1", "USD")) < 0) {
                        connection.rollback();
                        return false;
                    }
                }
                try {
                    ledger.post(connection, List.of(Books.transfer(HOLD, tenant, Ids.next(), "1")));
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
        List<Boolean> answers = Books.atOnce(Collections.nCopies(40, client));
        assertThat(answers).filteredOn(answer -> answer).hasSize(10);
        assertThat(books.wallet(tenant)).isEqualTo(Books.Amounts.of("0", "10", "0"));
        books.checkBooks(List.of(tenant));
    }

    @Test
    void groups_that_touch_the_same_teams_in_opposite_order_do_not_block_each_other() throws Exception {
        List<Tenant> forwards = books.tenants(6, "100.00");
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
                            group.add(Books.transfer(HOLD, tenant, Ids.next(), "0.01"));
                        }
                        ledger.post(connection, group);
                        connection.commit();
                    }
                }
                return true;
            });
        }
        assertThat(Books.atOnce(clients)).containsOnly(true);
        for (Tenant tenant : forwards) {
            assertThat(books.wallet(tenant)).isEqualTo(Books.Amounts.of("98.4", "1.6", "0"));
        }
        books.checkBooks(forwards);
    }
}
