package org.quantumhub.execution;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/// Finds jobs whose result may stand for another run, on the connection of the caller's transaction.
@ApplicationScoped
public class CachedRuns {

    private static final String FIND = """
            select j.id from hub.jobs j
             where j.team_id = ? and j.cache_key = ? and j.status = 'COMPLETED' and j.cached_from is null and j.purged_at is null
               and j.completed_at > now() - interval '1 hour'
             order by j.id desc limit 1
            """;

    /// The newest job of the team that ran what this key stands for, within the hour.
    public Optional<UUID> find(Connection connection, UUID teamId, byte[] key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            statement.setObject(1, teamId);
            statement.setBytes(2, key);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(rows.getObject(1, UUID.class)) : Optional.empty();
            }
        }
    }
}
