package org.quantumhub.billing;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.quantumhub.shared.Money;

/// Money that people post by hand, on the connection of the caller's transaction: each with a reference of its own, so
/// that
/// asking twice posts once.
@ApplicationScoped
public class Funding {

    private static final String POST = """
            insert into hub.ledger_transfers
                   (team_id, kind, reference, debit_account, credit_account, amount, currency, description)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (reference, kind) do nothing
            """;

    /// The charge is locked through its wallet, which the posting queues at; the unique key lets one refund win.
    private static final String REFUND = """
            insert into hub.ledger_transfers
                   (team_id, kind, reference, debit_account, credit_account, amount, currency, description)
            select c.team_id, 'REFUND', c.reference, 'REVENUE', 'AVAILABLE', coalesce(?, c.amount), c.currency, ?
              from hub.ledger_transfers c
             where c.reference = ? and c.kind = 'CHARGE' and coalesce(?, c.amount) <= c.amount
            on conflict (reference, kind) do nothing
            """;

    private static final String FIND =
            "select team_id, amount, currency from hub.ledger_transfers" + " where reference = ? and kind = ?";

    /// What stands in the ledger for a reference.
    public record Posted(UUID teamId, Money amount) {}

    /// Posts a transfer unless its reference has one of this kind already.
    ///
    /// @return whether it was posted by this call
    public boolean post(Connection connection, Transfer transfer) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(POST)) {
            statement.setObject(1, transfer.teamId());
            statement.setString(2, transfer.kind().name());
            statement.setObject(3, transfer.reference());
            statement.setString(4, transfer.kind().debit().name());
            statement.setString(5, transfer.kind().credit().name());
            statement.setBigDecimal(6, transfer.amount().amount());
            statement.setString(7, transfer.amount().currency().getCurrencyCode());
            statement.setString(8, transfer.description());
            return statement.executeUpdate() == 1;
        }
    }

    /// Gives a charge back, once.
    ///
    /// @param amount how much of it, at most all; all, if empty
    /// @return whether it was posted by this call
    public boolean refund(Connection connection, UUID reference, Optional<Money> amount, String description)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(REFUND)) {
            statement.setBigDecimal(1, amount.map(Money::amount).orElse(null));
            statement.setString(2, description);
            statement.setObject(3, reference);
            statement.setBigDecimal(4, amount.map(Money::amount).orElse(null));
            return statement.executeUpdate() == 1;
        }
    }

    public Optional<Posted> find(Connection connection, UUID reference, TransferKind kind) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            statement.setObject(1, reference);
            statement.setString(2, kind.name());
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(new Posted(
                                row.getObject(1, UUID.class),
                                new Money(row.getBigDecimal(2), java.util.Currency.getInstance(row.getString(3)))))
                        : Optional.empty();
            }
        }
    }
}
