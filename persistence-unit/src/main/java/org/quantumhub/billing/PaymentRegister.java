package org.quantumhub.billing;

import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.Money;

/// Books payments, on the connection of the caller's transaction: the money, the ledger and the bill's standing
/// together.
@ApplicationScoped
public class PaymentRegister {

    private static final String BY_NUMBER = "select id from hub.bills where number = ?";
    private static final String BOOK = """
            insert into hub.payments (id, team_id, bill_id, method, amount, currency, received_on, external_id, payer, note, created_by)
            values (?, ?, ?, ?, ?, ?, coalesce(?, (now() at time zone 'UTC')::date), ?, ?, ?, ?)
            on conflict (method, external_id) do nothing
            """;
    private static final String KNOWN =
            "select id, team_id, bill_id, amount, currency from hub.payments" + " where method = ? and external_id = ?";

    private final Funding funding = new Funding();

    /// Money that came in.
    ///
    /// @param billId what it is for; null for money paid in advance
    /// @param receivedOn today, if null
    /// @param externalId the other side's word for it; the same word is booked once
    public record Incoming(
            UUID teamId,
            @Nullable UUID billId,
            PaymentMethod method,
            Money amount,
            @Nullable LocalDate receivedOn,
            String externalId,
            @Nullable String payer,
            @Nullable String note,
            @Nullable UUID createdBy) {}

    /// What became of it.
    public sealed interface Outcome {

        /// @param advance the part that no bill asked for, which now lies in the wallet
        record Booked(UUID paymentId, PaymentReceived event, BigDecimal advance) implements Outcome {}

        /// It was booked before.
        record Known(UUID paymentId) implements Outcome {}

        record NoSuchBill() implements Outcome {}

        record OtherCurrency(String billed) implements Outcome {}

        /// The bill is not to be paid: a draft, cancelled, or nothing is left to pay.
        record NothingDue(BillStatus status) implements Outcome {}
    }

    public Optional<UUID> byNumber(Connection connection, String number) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(BY_NUMBER)) {
            statement.setString(1, number);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getObject(1, UUID.class)) : Optional.empty();
            }
        }
    }

    /// The team whose bill it is.
    public Optional<UUID> teamOf(Connection connection, UUID billId) throws SQLException {
        return BillStanding.lock(connection, billId).map(BillStanding::teamId);
    }

    /// Books a payment: the bill's standing, and in the ledger what it restores of the credit line, its tax, its
    /// rounding,
    /// and what was paid beyond the bill.
    public Outcome book(Connection connection, Incoming payment) throws SQLException {
        Optional<UUID> known = known(connection, payment);
        if (known.isPresent()) {
            return new Outcome.Known(known.get());
        }
        Optional<BillStanding> bill = Optional.empty();
        if (payment.billId() != null) {
            bill = BillStanding.lock(connection, payment.billId())
                    .filter(b -> b.teamId().equals(payment.teamId()));
            if (bill.isEmpty()) {
                return new Outcome.NoSuchBill();
            }
            if (!bill.get().currency().equals(payment.amount().currency())) {
                return new Outcome.OtherCurrency(bill.get().currency().getCurrencyCode());
            }
            if (!bill.get().canBePaid()) {
                return new Outcome.NothingDue(bill.get().status());
            }
        }
        UUID id = Ids.next();
        if (!insert(connection, id, payment)) {
            return new Outcome.Known(known(connection, payment).orElse(id));
        }
        BigDecimal forBill = BigDecimal.ZERO;
        if (bill.isPresent()) {
            forBill = payment.amount().amount().min(bill.get().pending());
            settle(connection, bill.get(), id, forBill);
        }
        BigDecimal advance = payment.amount().amount().subtract(forBill);
        if (advance.signum() > 0) {
            Money extra = new Money(advance, payment.amount().currency());
            funding.post(connection, new Transfer(TransferKind.TOPUP, payment.teamId(), id, extra, "Paid in advance"));
        }
        boolean paid = bill.isPresent() && forBill.compareTo(bill.get().pending()) == 0;
        return new Outcome.Booked(
                id,
                new PaymentReceived(
                        id,
                        payment.teamId(),
                        payment.billId(),
                        payment.method(),
                        payment.amount().amount(),
                        payment.amount().currency().getCurrencyCode(),
                        paid),
                advance);
    }

    private void settle(Connection connection, BillStanding bill, UUID paymentId, BigDecimal amount)
            throws SQLException {
        BigDecimal before = bill.paid().add(bill.credited());
        BigDecimal net = bill.netOf(before.add(amount)).subtract(bill.netOf(before));
        BigDecimal tax = amount.subtract(net);
        boolean last = amount.compareTo(bill.pending()) == 0;
        String text = "Bill " + bill.number();
        BigDecimal restored = net;
        if (last && bill.rounding().signum() > 0 && net.compareTo(bill.rounding()) > 0) {
            restored = net.subtract(bill.rounding());
            bill.post(connection, TransferKind.ROUND_IN, paymentId, bill.rounding(), text);
        } else if (last && bill.rounding().signum() < 0 && net.signum() > 0) {
            bill.post(
                    connection,
                    TransferKind.ROUND_OUT,
                    paymentId,
                    bill.rounding().negate(),
                    text);
        }
        bill.post(connection, TransferKind.PAYMENT, paymentId, restored, text);
        bill.post(connection, TransferKind.TAX, paymentId, tax, text);
        BillStatus status = last
                ? BillStatus.PAID
                : bill.status() == BillStatus.PENDING ? BillStatus.PARTIALLY_PAID : bill.status();
        bill.becomes(
                connection,
                bill.paid().add(amount),
                bill.credited(),
                bill.pending().subtract(amount),
                status);
    }

    private static Optional<UUID> known(Connection connection, Incoming payment) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(KNOWN)) {
            statement.setString(1, payment.method().name());
            statement.setString(2, payment.externalId());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getObject(1, UUID.class)) : Optional.empty();
            }
        }
    }

    private static boolean insert(Connection connection, UUID id, Incoming payment) throws SQLException {
        return BillStanding.execute(
                        connection,
                        BOOK,
                        id,
                        payment.teamId(),
                        payment.billId(),
                        payment.method().name(),
                        payment.amount().amount(),
                        payment.amount().currency().getCurrencyCode(),
                        payment.receivedOn(),
                        payment.externalId(),
                        payment.payer(),
                        payment.note(),
                        payment.createdBy())
                == 1;
    }
}
