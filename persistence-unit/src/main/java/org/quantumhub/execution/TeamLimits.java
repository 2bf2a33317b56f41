package org.quantumhub.execution;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/// How many jobs of a team may run at a time, on the connection of the caller's transaction.
@ApplicationScoped
public class TeamLimits {

    /// The teams that have a limit of their own.
    public Map<UUID, Integer> all(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                        connection.prepareStatement("select team_id, max_running from hub.team_limits");
                ResultSet rows = statement.executeQuery()) {
            Map<UUID, Integer> limits = new HashMap<>();
            while (rows.next()) {
                limits.put(rows.getObject(1, UUID.class), rows.getInt(2));
            }
            return limits;
        }
    }

    /// @return whether there is such a team
    public boolean set(Connection connection, UUID teamId, int maxRunning) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                insert into hub.team_limits (team_id, max_running) select id, ? from hub.teams where id = ?
                on conflict (team_id) do update
                   set max_running = excluded.max_running, updated_at = now(), version = team_limits.version + 1
                """)) {
            statement.setInt(1, maxRunning);
            statement.setObject(2, teamId);
            return statement.executeUpdate() > 0;
        }
    }

    public void remove(Connection connection, UUID teamId) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("delete from hub.team_limits where team_id = ?")) {
            statement.setObject(1, teamId);
            statement.executeUpdate();
        }
    }
}
