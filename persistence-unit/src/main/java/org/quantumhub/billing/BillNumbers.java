package org.quantumhub.billing;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Makes bills of drafts: numbers without gaps, a row of them for each kind and year, on the connection of the caller's
/// transaction.
@ApplicationScoped
public class BillNumbers {

    private static final String NUMBERS =
            "insert into hub.bill_numbers (kind, year, last) values (?, ?, 0) on conflict do nothing";
    private static final String ALONE = "select last from hub.bill_numbers where kind = ? and year = ? for update";
    private static final String NEXT_NUMBER =
            "update hub.bill_numbers set last = last + 1 where kind = ? and year = ? returning last";
    private static final String ISSUE = """
            update hub.bills
               set number = ?, issued_at = now(), updated_at = now(), version = version + 1,
                   payment_status = case when due > 0 then 'PENDING' else 'PAID' end
             where id = ? and payment_status = 'DRAFT'
            returning id, team_id, user_id, number, total, due, currency, due_date
            """;
    private static final String DRAFTS = "select id, kind, extract(year from billing_date)::int from hub.bills"
            + " where payment_status = 'DRAFT' and id = ? for update";
    private static final String DISCARD = "update hub.bills set payment_status = 'CANCELLED', pending_amount = 0,"
            + " updated_at = now(), version = version + 1 where id = ? and payment_status = 'DRAFT'";

    /// Gives a draft its number and its day.
    ///
    /// @return empty when it is no draft any more
    public Optional<BillIssued> issue(Connection connection, UUID billId) throws SQLException {
        try (PreparedStatement draft = connection.prepareStatement(DRAFTS)) {
            draft.setObject(1, billId);
            try (ResultSet row = draft.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                BillKind kind = BillKind.valueOf(row.getString(2));
                return Optional.of(issue(connection, billId, kind, row.getInt(3)));
            }
        }
    }

    private BillIssued issue(Connection connection, UUID billId, BillKind kind, int year) throws SQLException {
        lock(connection, kind, year);
        String number;
        try (PreparedStatement next = connection.prepareStatement(NEXT_NUMBER)) {
            next.setString(1, kind.name());
            next.setInt(2, year);
            try (ResultSet row = next.executeQuery()) {
                row.next();
                number = String.format(
                        java.util.Locale.ROOT, "%s%d-%06d", kind == BillKind.INVOICE ? "" : "C", year, row.getInt(1));
            }
        }
        try (PreparedStatement issue = connection.prepareStatement(ISSUE)) {
            issue.setString(1, number);
            issue.setObject(2, billId);
            try (ResultSet row = issue.executeQuery()) {
                row.next();
                return new BillIssued(
                        row.getObject(1, UUID.class),
                        row.getObject(2, UUID.class),
                        row.getObject(3, UUID.class),
                        kind,
                        row.getString(4),
                        row.getBigDecimal(5),
                        row.getBigDecimal(6),
                        row.getString(7),
                        row.getObject(8, LocalDate.class));
            }
        }
    }

    /// Throws a draft away; its period can be billed again.
    ///
    /// @return whether it was a draft
    public boolean discard(Connection connection, UUID billId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DISCARD)) {
            statement.setObject(1, billId);
            return statement.executeUpdate() == 1;
        }
    }

    /// Whoever draws up or issues bills of the same kind and year waits here.
    static void lock(Connection connection, BillKind kind, int year) throws SQLException {
        for (String sql : List.of(NUMBERS, ALONE)) {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setString(1, kind.name());
                statement.setInt(2, year);
                statement.execute();
            }
        }
    }
}
