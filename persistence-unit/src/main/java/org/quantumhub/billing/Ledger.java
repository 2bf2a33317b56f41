package org.quantumhub.billing;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.quantumhub.shared.Columns;
import org.quantumhub.shared.Money;
import org.quantumhub.shared.Pipeline;

/// Writes the ledger, a group of transfers at a time, on the connection of the caller's transaction.
/// Wallets follow by the ledger's own trigger.
@ApplicationScoped
public class Ledger {

    private static final String OPEN = "insert into hub.wallets (team_id, currency) values (?, ?)";

    /// Tells in passing whether any budget is to be asked, so that who has none pays for none.
    private static final String LOCK = """
            select w.team_id, w.available, w.currency,
                   exists (select from hub.budgets b where b.active and b.team_id = w.team_id)
                   or exists (select from hub.budgets b where b.active and b.team_id is null)
              from hub.wallets w
             where w.team_id = any (?)
             order by w.team_id
               for no key update of w
            """;

    private static final String CURRENCY = "select currency from hub.wallets where team_id = ?";

    private static final String POST = """
            insert into hub.ledger_transfers
                   (team_id, kind, reference, debit_account, credit_account, amount, currency, description)
            select team_id, kind, reference, debit_account, credit_account, amount, currency, description
              from unnest(?::uuid[], ?::text[], ?::uuid[], ?::text[], ?::text[], ?::numeric[], ?::text[], ?::text[])
                   with ordinality
                   as t (team_id, kind, reference, debit_account, credit_account, amount, currency, description, place)
             order by team_id, reference, place
            """;

    /// What a team can spend until the transaction ends.
    ///
    /// @param budgeted whether there are budgets that its spending may count towards
    public record Purse(Money available, boolean budgeted) {}

    /// The currency of a team's wallet, which never changes.
    public Optional<String> currency(Connection connection, UUID teamId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CURRENCY)) {
            statement.setObject(1, teamId);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }

    public void open(Connection connection, UUID teamId, String currency) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OPEN)) {
            statement.setObject(1, teamId);
            statement.setString(2, currency);
            statement.executeUpdate();
        }
    }

    /// Queues at the wallets of these teams, always in one order, and tells what is available in each.
    /// Until the transaction ends nobody else can change them, so what fits now still fits when it is posted.
    public Map<UUID, Purse> lock(Connection connection, Collection<UUID> teams) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
            statement.setArray(1, connection.createArrayOf("uuid", teams.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                Map<UUID, Purse> purses = new HashMap<>();
                while (rows.next()) {
                    Money available = new Money(rows.getBigDecimal(2), Currency.getInstance(rows.getString(3)));
                    purses.put(rows.getObject(1, UUID.class), new Purse(available, rows.getBoolean(4)));
                }
                return purses;
            }
        }
    }

    /// Posts the transfers. A second transfer of one kind for one reference, or one that a wallet does not cover,
    /// fails the statement, and with it the transaction.
    public void post(Connection connection, List<Transfer> transfers) throws SQLException {
        Pipeline pipeline = new Pipeline();
        post(pipeline, transfers);
        pipeline.run(connection);
    }

    /// Posts them together with what else is written.
    public void post(Pipeline pipeline, List<Transfer> transfers) {
        if (!transfers.isEmpty()) {
            pipeline.add(
                    POST,
                    Columns.of(transfers)
                            .uuid(Transfer::teamId)
                            .text(t -> t.kind().name())
                            .uuid(Transfer::reference)
                            .text(t -> t.kind().debit().name())
                            .text(t -> t.kind().credit().name())
                            .numeric(t -> t.amount().amount())
                            .text(t -> t.amount().currency().getCurrencyCode())
                            .text(Transfer::description));
        }
    }
}
