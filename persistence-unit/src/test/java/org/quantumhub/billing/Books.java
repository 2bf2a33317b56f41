package org.quantumhub.billing;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.Money;
import org.quantumhub.shared.TestDatabase;
import org.quantumhub.shared.TestDatabase.Role;
import org.quantumhub.shared.TestDatabase.Tenant;

/// The books as tests keep them: teams with money, transfers, and the checks that must hold after whatever was done.
final class Books {

    /// What a wallet shows.
    record Amounts(String available, String held, String spent) {

        static Amounts of(String available, String held, String spent) {
            return new Amounts(exact(available), exact(held), exact(spent));
        }

        private static String exact(String amount) {
            return new BigDecimal(amount).setScale(Money.SCALE).toPlainString();
        }
    }

    private final TestDatabase database = TestDatabase.hub();
    private final Ledger ledger = new Ledger();

    List<Tenant> tenants(int count, String credit) throws SQLException {
        List<Tenant> tenants = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tenants.add(database.tenant(credit));
        }
        tenants.sort(Comparator.comparing(Tenant::team));
        return tenants;
    }

    static Currency usd() {
        return Currency.getInstance("USD");
    }

    static Transfer transfer(TransferKind kind, Tenant tenant, UUID reference, String amount) {
        return new Transfer(kind, tenant.team(), reference, Money.of(amount, "USD"), "of a test");
    }

    void post(Tenant tenant, Transfer... transfers) throws SQLException {
        database.inTransaction(Role.WORKER, tenant, connection -> ledger.post(connection, List.of(transfers)));
    }

    Amounts wallet(Tenant tenant) throws SQLException {
        return database.ask(Role.APP, tenant, connection -> {
            var row = TestDatabase.rows(connection, "select available, held, spent from hub.wallets")
                    .getFirst();
            return Amounts.of(String.valueOf(row.get(0)), String.valueOf(row.get(1)), String.valueOf(row.get(2)));
        });
    }

    /// The kinds of the transfers for a piece of work, in the order of the book.
    List<TransferKind> kinds(UUID reference) throws SQLException {
        return database.ask(
                Role.WORKER,
                connection -> TestDatabase.rows(
                                connection,
                                "select kind from hub.ledger_transfers where reference = ? order by id",
                                reference)
                        .stream()
                        .map(row -> TransferKind.valueOf(String.valueOf(row.getFirst())))
                        .toList());
    }

    int entries(Tenant tenant) throws SQLException {
        return Integer.parseInt(database.ask(
                Role.APP,
                tenant,
                connection -> TestDatabase.value(connection, "select count(*) from hub.ledger_entries")));
    }

    /// Each transfer and all of them together sum to zero, and a wallet is the sum of its entries.
    void checkBooks(List<Tenant> tenants) throws SQLException {
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

    static <T> List<T> atOnce(List<Callable<T>> clients) throws Exception {
        List<T> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(clients.size())) {
            List<Future<T>> futures = threads.invokeAll(clients);
            for (Future<T> future : futures) {
                answers.add(future.get());
            }
        }
        return answers;
    }

    /// Posts as it would have been posted at another time.
    void past(Tenant tenant, TransferKind kind, UUID reference, String amount, String description, String time)
            throws SQLException {
        database.inTransaction(
                Role.WORKER,
                connection -> TestDatabase.change(
                        connection,
                        "insert into hub.ledger_transfers (team_id, kind, reference, debit_account, credit_account, amount,"
                                + " currency, description, created_at)"
                                + " values (?, ?, ?, ?, ?, ?::numeric, 'USD', ?, ?::timestamptz)",
                        tenant.team(),
                        kind.name(),
                        reference,
                        kind.debit().name(),
                        kind.credit().name(),
                        amount,
                        description,
                        time));
    }

    /// A piece of work that was held for and charged at another time.
    void pastCharge(Tenant tenant, String amount, String description, String time) throws SQLException {
        UUID job = Ids.next();
        past(tenant, TransferKind.HOLD, job, amount, description, time);
        past(tenant, TransferKind.CHARGE, job, amount, description, time);
    }
}
