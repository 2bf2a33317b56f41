package org.quantumhub.billing;

import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.shared.Ids;

/// Writes credit notes, on the connection of the caller's transaction: the paper, the ledger and the bill's standing
/// together.
@ApplicationScoped
public class CreditNotes {

    private static final String NOTE = """
            insert into hub.bills (id, team_id, user_id, kind, corrects_id, reason, period_start, period_end, currency, usage, net,
                                   tax_name, tax_rate, tax, tax_note, total, prepaid, due, pending_amount, billing_date, due_date,
                                   seller, buyer)
            values (?, ?, ?, 'CREDIT_NOTE', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, (now() at time zone 'UTC')::date,
                    (now() at time zone 'UTC')::date, ?::jsonb, ?::jsonb)
            """;
    private static final String NOTE_LINE = """
            insert into hub.billing_items (bill_id, position, team_id, description, quantity, unit, exact_amount, amount)
            values (?, 1, ?, ?, 1, 'credit', ?, ?)
            """;

    /// What became of a wish to take a bill back.
    public sealed interface Noted {
        record Drawn(UUID noteId) implements Noted {}

        record NoSuchBill() implements Noted {}

        /// More than is left of the bill.
        record TooMuch(BigDecimal left) implements Noted {}
    }

    /// Takes a bill back, or a part of it, by a credit note: what was not paid yet is no longer asked for, and what was
    /// paid
    /// lies in the wallet as money paid in advance. The note is a draft; [BillNumbers#issue] gives it its number.
    ///
    /// @param amount with tax; all that is left of the bill, if null
    public Noted credit(Connection connection, UUID billId, @Nullable BigDecimal amount, String reason)
            throws SQLException {
        Optional<BillStanding> found =
                BillStanding.lock(connection, billId).filter(b -> b.kind() == BillKind.INVOICE && b.number() != null);
        if (found.isEmpty()) {
            return new Noted.NoSuchBill();
        }
        BillStanding bill = found.get();
        BigDecimal left = bill.due().subtract(bill.credited());
        BigDecimal taken = amount == null ? left : amount.setScale(left.scale(), RoundingMode.UNNECESSARY);
        if (taken.compareTo(left) > 0 || taken.signum() <= 0) {
            return new Noted.TooMuch(left);
        }
        BigDecimal unpaid = taken.min(bill.pending());
        BigDecimal before = bill.paid().add(bill.credited());
        BigDecimal unpaidNet = bill.netOf(before.add(unpaid)).subtract(bill.netOf(before));
        BigDecimal paid = taken.subtract(unpaid);
        BigDecimal paidNet = bill.netOf(paid);
        UUID note = Ids.next();
        BigDecimal net = unpaidNet.add(paidNet);
        writeNote(connection, note, bill, net.negate(), taken.negate(), reason);
        String text = "Credit note to bill " + bill.number();
        bill.post(connection, TransferKind.WAIVE, note, unpaidNet, text);
        bill.post(connection, TransferKind.RETURN, note, paidNet, text);
        bill.post(connection, TransferKind.TAX_BACK, note, paid.subtract(paidNet), text);
        BigDecimal credited = bill.credited().add(taken);
        boolean whole = credited.compareTo(bill.due()) == 0;
        BigDecimal pending = bill.pending().subtract(unpaid);
        BillStatus status = whole
                ? bill.paid().signum() > 0 ? BillStatus.REFUNDED : BillStatus.CANCELLED
                : pending.signum() == 0 ? BillStatus.PAID : bill.status();
        bill.becomes(connection, bill.paid(), credited, pending, status);
        return new Noted.Drawn(note);
    }

    private static void writeNote(
            Connection connection, UUID note, BillStanding bill, BigDecimal net, BigDecimal total, String reason)
            throws SQLException {
        Object[] values = {
            note,
            bill.teamId(),
            bill.userId(),
            bill.id(),
            reason,
            bill.periodStart(),
            bill.periodEnd(),
            bill.currency().getCurrencyCode(),
            net,
            net,
            bill.taxName(),
            bill.taxRate(),
            total.subtract(net),
            bill.taxNote(),
            total,
            total,
            bill.seller(),
            bill.buyer()
        };
        BillStanding.execute(connection, NOTE, values);
        BillStanding.execute(
                connection, NOTE_LINE, note, bill.teamId(), "To bill " + bill.number() + ": " + reason, net, net);
    }
}
