package org.quantumhub.audit;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The chain of seals over the audit log.
@ApplicationScoped
public class AuditChain {

    /// The moment up to which entries may be sealed: all with at most this id, once every transaction that runs now has
    /// ended.
    ///
    /// @param lastId the newest entry that is seen
    /// @param transactions the first transaction that had not begun
    public record Horizon(long lastId, long transactions) {}

    /// What is wrong.
    ///
    /// @param seal where
    /// @param entry which of its entries; null when it is the seal itself
    public record Fault(long seal, @Nullable Long entry, String fault) {}

    /// How the chain stands.
    ///
    /// @param head the hash of the newest seal in hexadecimal, to be kept elsewhere; empty when there is no seal
    public record Standing(long seals, long sealed, long unsealed, String head) {}

    public Horizon horizon(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                        connection.prepareStatement("select coalesce((select max(id) from hub.audit_log), 0),"
                                + " pg_snapshot_xmax(pg_current_snapshot())::text::bigint");
                ResultSet row = statement.executeQuery()) {
            row.next();
            return new Horizon(row.getLong(1), row.getLong(2));
        }
    }

    /// Whether everything that ran when the horizon was seen has ended.
    public boolean isReached(Connection connection, Horizon horizon) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint >= ?")) {
            statement.setLong(1, horizon.transactions());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    /// @return how many entries were sealed
    public int seal(Connection connection, Horizon horizon, int atMost) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select hub.seal_audit_log(?, ?)")) {
            statement.setLong(1, horizon.lastId());
            statement.setInt(2, atMost);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getInt(1) : 0;
            }
        }
    }

    public List<Fault> faults(Connection connection, int atMost) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select seal, entry, fault from hub.audit_faults() limit ?")) {
            statement.setInt(1, atMost);
            List<Fault> faults = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    long entry = rows.getLong(2);
                    boolean ofTheSeal = rows.wasNull();
                    faults.add(new Fault(rows.getLong(1), ofTheSeal ? null : entry, rows.getString(3)));
                }
            }
            return faults;
        }
    }

    public Standing standing(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                        select count(*), coalesce(sum(cardinality(ids)), 0),
                               (select count(*) from hub.audit_log l where l.id > coalesce(max(s.last_id), 0)),
                               coalesce((select encode(hash, 'hex') from hub.audit_seals order by id desc limit 1), '')
                          from hub.audit_seals s
                        """);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return new Standing(row.getLong(1), row.getLong(2), row.getLong(3), row.getString(4));
        }
    }
}
