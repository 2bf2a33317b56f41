package org.quantumhub.billing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.quantumhub.billing.BillRegister.Terms;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.TestDatabase;
import org.quantumhub.shared.TestDatabase.Role;
import org.quantumhub.shared.TestDatabase.Tenant;

/// Billing as the batch job does it, in a month long ago that no other test has.
final class BillingKit {

    private static final AtomicInteger MONTHS = new AtomicInteger();
    private static final UUID FIRST = new UUID(0, 0);

    final BillRegister register = new BillRegister();
    final BillNumbers numbers = new BillNumbers();
    final BillingPeriod period;
    final Terms terms;

    private final TestDatabase database = TestDatabase.hub();
    private final Books books = new Books();

    BillingKit() {
        this(14);
    }

    /// @param paymentDays from the billing date, which lies in a year of its own, so that numbers are its own too
    BillingKit(int paymentDays) {
        int number = MONTHS.getAndIncrement();
        LocalDate month = LocalDate.of(1700 + number, 3, 1);
        period = new BillingPeriod(month, month.plusMonths(1));
        terms = new Terms("{\"name\": \"Quantum Hub\"}", "DE", LocalDate.of(2100 + number, 1, 2), paymentDays);
    }

    String time(int day) {
        return period.start().plusDays(day) + "T12:00:00Z";
    }

    /// A team with a purse and some charges in the period.
    Tenant tenant(Random random, int charges) throws SQLException {
        Tenant tenant = database.tenant("0");
        books.past(tenant, TransferKind.ADVANCE, Ids.next(), "1000", "line", time(-10));
        if (random.nextBoolean()) {
            books.past(tenant, TransferKind.CREDIT, Ids.next(), "0." + (1 + random.nextInt(9)), "gift", time(-9));
        }
        for (int i = 0; i < charges; i++) {
            String amount = "0.0" + (10_000 + random.nextInt(80_000));
            books.pastCharge(tenant, amount, "Job on device-" + random.nextInt(4), time(random.nextInt(25)));
        }
        return tenant;
    }

    /// One chunk of the close: a few teams in one transaction.
    ///
    /// @return the last team; the same as `after` when there is none left
    UUID chunk(Connection connection, UUID after, int teams) throws SQLException {
        UUID last = after;
        for (UUID team : register.teams(connection, period, after, teams)) {
            var drawn = register.drawUp(connection, team, period, terms);
            if (drawn.isPresent()) {
                numbers.issue(connection, drawn.get());
            }
            last = team;
        }
        return last;
    }

    void close() throws SQLException {
        UUID last = FIRST;
        UUID before;
        do {
            before = last;
            UUID after = last;
            last = database.ask(Role.WORKER, connection -> chunk(connection, after, 20));
        } while (!last.equals(before));
    }

    /// Everything that was billed for the period, but for when the rows were written.
    List<String> bills(Connection connection) throws SQLException {
        List<String> all = new ArrayList<>();
        TestDatabase.column(
                        connection,
                        "select (to_jsonb(b) - 'created_at' - 'updated_at' - 'issued_at')::text from hub.bills b"
                                + " where period_start = ? order by id",
                        period.start())
                .forEach(row -> all.add(String.valueOf(row)));
        TestDatabase.column(
                        connection,
                        "select to_jsonb(i)::text from hub.billing_items i join hub.bills b on b.id = i.bill_id"
                                + " where b.period_start = ? order by i.bill_id, i.position",
                        period.start())
                .forEach(row -> all.add(String.valueOf(row)));
        return all;
    }

    /// A connection that breaks at a statement.
    static Connection breaking(Connection connection, int statement) {
        AtomicInteger left = new AtomicInteger(statement);
        return (Connection) Proxy.newProxyInstance(
                BillingKit.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement") && left.decrementAndGet() == 0) {
                        throw new SQLException("killed");
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
