package org.quantumhub.account;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.quantumhub.shared.Columns;

/// Whether API keys are still what a server remembers of them, on the connection of the caller's transaction.
@ApplicationScoped
public class KeyStates {

    /// A key as it was when it was read.
    public record Remembered(UUID keyId, long version) {}

    /// Those among some keys that are active and have not been changed since.
    public Set<UUID> unchanged(Connection connection, List<Remembered> keys) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                select k.id
                  from unnest(?::uuid[], ?::int8[]) as r (id, version)
                  join hub.user_api_keys k on k.id = r.id and k.version = r.version and k.status = 'ACTIVE'
                """)) {
            Columns.of(keys).uuid(Remembered::keyId).bigint(Remembered::version).bind(statement);
            try (ResultSet rows = statement.executeQuery()) {
                Set<UUID> unchanged = new HashSet<>();
                while (rows.next()) {
                    unchanged.add(rows.getObject(1, UUID.class));
                }
                return unchanged;
            }
        }
    }
}
