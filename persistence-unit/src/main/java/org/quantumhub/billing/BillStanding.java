package org.quantumhub.billing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Currency;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.shared.Money;

/// How a bill stands, locked until the transaction ends.
///
/// @param due what was to be paid of it in the beginning
/// @param dueNet the part of that which is no tax
/// @param rounding what its payments take more than the ledger
record BillStanding(
        UUID id,
        UUID teamId,
        UUID userId,
        @Nullable String number,
        BillKind kind,
        BillStatus status,
        Currency currency,
        BigDecimal due,
        BigDecimal dueNet,
        BigDecimal rounding,
        BigDecimal paid,
        BigDecimal credited,
        BigDecimal pending,
        LocalDate periodStart,
        LocalDate periodEnd,
        @Nullable String taxName,
        BigDecimal taxRate,
        @Nullable String taxNote,
        String seller,
        String buyer) {

    private static final String LOCK = """
            select id, team_id, user_id, number, kind, payment_status, currency, due, net - granted - greatest(prepaid, 0), rounding,
                   paid_amount, credited, pending_amount, period_start, period_end, tax_name, tax_rate, tax_note, seller::text, buyer::text
              from hub.bills where id = ? for update
            """;

    private static final String STAND = """
            update hub.bills
               set paid_amount = ?, credited = ?, pending_amount = ?, payment_status = ?, updated_at = now(), version = version + 1
             where id = ?
            """;

    /// The part of the first `settled` of what is due that is no tax.
    BigDecimal netOf(BigDecimal settled) {
        return due.signum() == 0
                ? BigDecimal.ZERO
                : dueNet.multiply(settled).divide(due, due.scale(), RoundingMode.HALF_UP);
    }

    boolean canBePaid() {
        return kind == BillKind.INVOICE && pending.signum() > 0 && status != BillStatus.DRAFT;
    }

    static Optional<BillStanding> lock(Connection connection, UUID billId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
            statement.setObject(1, billId);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                return Optional.of(new BillStanding(
                        row.getObject(1, UUID.class),
                        row.getObject(2, UUID.class),
                        row.getObject(3, UUID.class),
                        row.getString(4),
                        BillKind.valueOf(row.getString(5)),
                        BillStatus.valueOf(row.getString(6)),
                        Currency.getInstance(row.getString(7)),
                        row.getBigDecimal(8),
                        row.getBigDecimal(9),
                        row.getBigDecimal(10),
                        row.getBigDecimal(11),
                        row.getBigDecimal(12),
                        row.getBigDecimal(13),
                        row.getObject(14, LocalDate.class),
                        row.getObject(15, LocalDate.class),
                        row.getString(16),
                        row.getBigDecimal(17),
                        row.getString(18),
                        row.getString(19),
                        row.getString(20)));
            }
        }
    }

    /// Writes how it stands now.
    void becomes(
            Connection connection, BigDecimal nowPaid, BigDecimal nowCredited, BigDecimal nowPending, BillStatus now)
            throws SQLException {
        execute(connection, STAND, nowPaid, nowCredited, nowPending, now.name(), id);
    }

    /// Posts what moves in the ledger with it; nothing moves nothing.
    void post(Connection connection, TransferKind transfer, UUID reference, BigDecimal amount, String text)
            throws SQLException {
        if (amount.signum() > 0) {
            new Funding()
                    .post(connection, new Transfer(transfer, teamId, reference, new Money(amount, currency), text));
        }
    }

    static int execute(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }
}
