package org.quantumhub.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quantumhub.billing.PaymentRegister.Incoming;
import org.quantumhub.billing.PaymentRegister.Outcome;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.Money;
import org.quantumhub.shared.TestDatabase;
import org.quantumhub.shared.TestDatabase.Role;
import org.quantumhub.shared.TestDatabase.Tenant;

class PaymentTest {

    private final TestDatabase database = TestDatabase.hub();
    private final Books books = new Books();
    private BillingKit kit = new BillingKit();
    private final PaymentRegister payments = new PaymentRegister();
    private final CreditNotes notes = new CreditNotes();
    private final Dunning dunning = new Dunning();

    /// A team that has used a part of its credit line of 100, and its bill. The seller is German, so is the buyer: 19
    /// percent.
    private Tenant billed(String used) throws SQLException {
        Tenant tenant = database.tenant("0");
        books.past(tenant, TransferKind.ADVANCE, Ids.next(), "100", "line", kit.time(-1));
        books.pastCharge(tenant, used, "Job on a", kit.time(1));
        kit.close();
        return tenant;
    }

    private UUID bill(Tenant tenant) throws SQLException {
        return UUID.fromString(database.ask(
                Role.WORKER,
                connection -> TestDatabase.value(
                        connection, "select id from hub.bills where team_id = ? and kind = 'INVOICE'", tenant.team())));
    }

    private String of(UUID bill, String column) throws SQLException {
        return database.ask(
                Role.WORKER,
                connection ->
                        TestDatabase.value(connection, "select " + column + " from hub.bills where id = ?", bill));
    }

    private Outcome pay(Tenant tenant, UUID bill, String amount, String key) throws SQLException {
        return database.ask(
                Role.WORKER,
                connection -> payments.book(
                        connection,
                        new Incoming(
                                tenant.team(),
                                bill,
                                PaymentMethod.MANUAL,
                                Money.of(amount, "USD"),
                                null,
                                tenant.team() + key,
                                null,
                                null,
                                null)));
    }

    private List<String> account(Tenant tenant, String account) throws SQLException {
        return database
                .ask(
                        Role.WORKER,
                        connection -> TestDatabase.column(
                                connection,
                                "select coalesce(sum(amount), 0) from hub.ledger_entries where team_id = ? and account = ?",
                                tenant.team(),
                                account))
                .stream()
                .map(String::valueOf)
                .toList();
    }

    @Test
    void a_paid_bill_restores_the_credit_line_exactly() throws Exception {
        Tenant tenant = billed("10.00400001");
        UUID bill = bill(tenant);
        assertThat(of(bill, "net")).isEqualTo("10.00");
        assertThat(of(bill, "tax")).isEqualTo("1.90");
        assertThat(of(bill, "due")).isEqualTo("11.90");
        assertThat(pay(tenant, bill, "11.90", "a")).isInstanceOf(Outcome.Booked.class);
        assertThat(of(bill, "payment_status")).isEqualTo("PAID");
        assertThat(books.wallet(tenant)).isEqualTo(Books.Amounts.of("100", "0", "10.00400001"));
        assertThat(account(tenant, "TAX")).containsExactly("1.90000000");
        assertThat(account(tenant, "ROUNDING")).containsExactly("-0.00400001");
        assertThat(account(tenant, "CASH")).containsExactly("-11.90000000");
        books.checkBooks(List.of(tenant));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {3, 14, 159})
    void paid_in_parts_it_comes_to_the_same(long seed) throws Exception {
        Random random = new Random(seed);
        Tenant tenant = billed("33.335" + (10_000 + random.nextInt(80_000)));
        UUID bill = bill(tenant);
        BigDecimal left = new BigDecimal(of(bill, "due"));
        for (int part = 0; left.signum() > 0; part++) {
            BigDecimal some = BigDecimal.valueOf(1 + random.nextLong(1_500), 2).min(left);
            assertThat(pay(tenant, bill, some.toPlainString(), "part " + part)).isInstanceOf(Outcome.Booked.class);
            left = left.subtract(some);
            assertThat(new BigDecimal(of(bill, "pending_amount"))).isEqualByComparingTo(left);
            assertThat(of(bill, "payment_status")).isEqualTo(left.signum() == 0 ? "PAID" : "PARTIALLY_PAID");
        }
        assertThat(books.wallet(tenant).available()).isEqualTo("100.00000000");
        assertThat(account(tenant, "TAX")).containsExactly(of(bill, "tax") + "000000");
        books.checkBooks(List.of(tenant));
    }

    @Test
    void the_same_payment_is_booked_once_and_what_is_too_much_lies_in_the_wallet() throws Exception {
        Tenant tenant = billed("10");
        UUID bill = bill(tenant);
        Outcome first = pay(tenant, bill, "12.00", "twice");
        assertThat(first).isInstanceOfSatisfying(Outcome.Booked.class, booked -> {
            assertThat(booked.advance()).isEqualByComparingTo("0.10");
            assertThat(booked.event().billPaid()).isTrue();
        });
        assertThat(pay(tenant, bill, "12.00", "twice"))
                .isEqualTo(new Outcome.Known(((Outcome.Booked) first).paymentId()));
        assertThat(books.wallet(tenant).available()).isEqualTo("100.10000000");
        assertThat(pay(tenant, bill, "1", "late")).isEqualTo(new Outcome.NothingDue(BillStatus.PAID));
        assertThat(pay(database.tenant("0"), bill, "1", "stranger")).isEqualTo(new Outcome.NoSuchBill());
        books.checkBooks(List.of(tenant));
    }

    @Test
    void a_credit_note_takes_back_what_was_not_paid_and_returns_what_was() throws Exception {
        Tenant tenant = billed("10");
        UUID bill = bill(tenant);
        pay(tenant, bill, "5.95", "half");
        assertThat(credit(bill, "20")).isEqualTo(new CreditNotes.Noted.TooMuch(new BigDecimal("11.90")));
        CreditNotes.Noted noted = credit(bill, null);
        assertThat(noted).isInstanceOf(CreditNotes.Noted.Drawn.class);
        assertThat(of(bill, "payment_status")).isEqualTo("REFUNDED");
        assertThat(of(bill, "pending_amount")).isEqualTo("0.00");
        // the line is whole again; net and tax of what was paid lie there as money paid in advance
        assertThat(books.wallet(tenant)).isEqualTo(Books.Amounts.of("105.95", "0", "0"));
        assertThat(account(tenant, "TAX")).containsExactly("0.00000000");
        UUID note = ((CreditNotes.Noted.Drawn) noted).noteId();
        BillIssued issued = database.ask(
                Role.WORKER, connection -> kit.numbers.issue(connection, note).orElseThrow());
        assertThat(issued.number()).matches("C[0-9]{4}-[0-9]{6}");
        assertThat(issued.total()).isEqualByComparingTo("-11.90");
        assertThat(of(note, "net")).isEqualTo("-10.00");
        assertThat(credit(bill, "0.01")).isEqualTo(new CreditNotes.Noted.TooMuch(new BigDecimal("0.00")));
        assertThat(credit(note, "0.01")).isEqualTo(new CreditNotes.Noted.NoSuchBill());
        books.checkBooks(List.of(tenant));
    }

    @Test
    void a_bill_that_is_taken_back_before_it_was_paid_is_cancelled_and_not_billed_again() throws Exception {
        Tenant tenant = billed("10");
        UUID bill = bill(tenant);
        credit(bill, null);
        assertThat(of(bill, "payment_status")).isEqualTo("CANCELLED");
        assertThat(books.wallet(tenant)).isEqualTo(Books.Amounts.of("100", "0", "0"));
        kit.close();
        assertThat(bill(tenant)).isEqualTo(bill);
    }

    private CreditNotes.Noted credit(UUID bill, @org.jspecify.annotations.Nullable String amount) throws SQLException {
        return database.ask(
                Role.WORKER,
                connection ->
                        notes.credit(connection, bill, amount == null ? null : new BigDecimal(amount), "of a test"));
    }

    @Test
    void an_overdue_bill_is_noted_and_its_payer_reminded_once_a_level() throws Exception {
        // due centuries before it was drawn up
        kit = new BillingKit(-200_000);
        Tenant tenant = billed("10");
        UUID bill = bill(tenant);
        database.inTransaction(Role.WORKER, connection -> dunning.markOverdue(connection, 10_000));
        assertThat(of(bill, "payment_status")).isEqualTo("OVERDUE");
        List<BillOverdue> told = database.ask(Role.WORKER, connection -> dunning.remind(connection, 10_000));
        assertThat(told)
                .filteredOn(reminder -> reminder.billId().equals(bill))
                .extracting(BillOverdue::level)
                .containsExactly(3);
        assertThat(database.<List<BillOverdue>>ask(Role.WORKER, connection -> dunning.remind(connection, 10_000)))
                .isEmpty();
        pay(tenant, bill, "1", "a little");
        assertThat(of(bill, "payment_status")).isEqualTo("OVERDUE");
        pay(tenant, bill, "10.90", "the rest");
        assertThat(of(bill, "payment_status")).isEqualTo("PAID");
    }

    @Test
    void an_issued_bill_is_not_changed_and_nothing_of_it_is_removed() throws Exception {
        Tenant tenant = billed("10");
        UUID bill = bill(tenant);
        for (String verb : List.of(
                "update hub.bills set net = 1, total = 1, due = 1 where id = ?",
                "update hub.bills set number = 'mine' where id = ?",
                "update hub.bills set due_date = due_date + 100 where id = ?",
                "update hub.bills set buyer = '{}' where id = ?",
                "update hub.bills set payment_status = 'DRAFT' where id = ?",
                "update hub.bills set payment_status = 'REFUNDED' where id = ?",
                "update hub.billing_items set amount = 0 where bill_id = ?",
                "delete from hub.billing_items where bill_id = ?",
                "delete from hub.bills where id = ?",
                "insert into hub.billing_items (bill_id, position, team_id, description, quantity, unit, exact_amount, amount)"
                        + " select id, 99, team_id, 'extra', 1, 'x', 0, 0 from hub.bills where id = ?")) {
            assertThatThrownBy(() -> database.inTransaction(
                            Role.SUPERUSER, connection -> TestDatabase.change(connection, verb, bill)))
                    .as(verb)
                    .hasMessageFindingMatch("never changed|no way from|not removed|written with it and stay|bills_");
        }
        for (String verb : List.of(
                "update hub.bills set paid_amount = due, pending_amount = 0",
                "insert into hub.payments select * from hub.payments",
                "delete from hub.bills")) {
            assertThatThrownBy(() -> database.inTransaction(
                            Role.APP, tenant, connection -> TestDatabase.change(connection, verb)))
                    .as(verb)
                    .hasMessageContaining("permission denied");
        }
    }
}
