package org.quantumhub.billing;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.Money;

/// Keeps what bank statements told, on the connection of the caller's transaction.
@ApplicationScoped
public class BankRegister {

    private static final String KNOWS = "select 1 from hub.bank_entries where entry_key = ?";
    private static final String ADD = """
            insert into hub.bank_entries (id, entry_key, booked_on, amount, currency, payer, remittance, outcome, payment_id, file_name)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;
    private static final String LIST =
            "select id, entry_key, booked_on, amount, currency, payer, remittance, outcome, payment_id"
                    + " from hub.bank_entries where id < coalesce(?, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)"
                    + " and (not ? or outcome <> 'MATCHED') order by id desc limit ?";

    /// An entry with its id.
    public record Kept(UUID id, BankEntry entry) {}

    public boolean knows(Connection connection, String key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(KNOWS)) {
            statement.setString(1, key);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    public void add(Connection connection, BankEntry entry, String file) throws SQLException {
        BillStanding.execute(
                connection,
                ADD,
                Ids.next(),
                entry.key(),
                entry.bookedOn(),
                entry.amount().amount(),
                entry.amount().currency().getCurrencyCode(),
                entry.payer(),
                entry.remittance(),
                entry.outcome().name(),
                entry.paymentId(),
                file);
    }

    /// Entries, newest first, one more than asked for when there are more.
    ///
    /// @param open only what was not matched
    public List<Kept> list(Connection connection, boolean open, @Nullable UUID before, int size) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LIST)) {
            statement.setObject(1, before, java.sql.Types.OTHER);
            statement.setBoolean(2, open);
            statement.setInt(3, size + 1);
            try (ResultSet rows = statement.executeQuery()) {
                List<Kept> entries = new ArrayList<>();
                while (rows.next()) {
                    BankEntry entry = new BankEntry(
                            rows.getString(2),
                            rows.getObject(3, LocalDate.class),
                            new Money(rows.getBigDecimal(4), Currency.getInstance(rows.getString(5))),
                            rows.getString(6),
                            rows.getString(7),
                            BankEntry.Outcome.valueOf(rows.getString(8)),
                            rows.getObject(9, UUID.class));
                    entries.add(new Kept(rows.getObject(1, UUID.class), entry));
                }
                return entries;
            }
        }
    }
}
