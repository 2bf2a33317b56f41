package org.quantumhub.execution;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Which servers there are, on the connection of the caller's transaction.
@ApplicationScoped
public class ServerRegister {

    /// Enters a server that starts. Earlier starts under the same name have ended, whether they said so or not.
    ///
    /// @return the ids of those earlier starts
    public List<UUID> enter(Connection connection, UUID id, String name) throws SQLException {
        List<UUID> earlier = new ArrayList<>();
        try (PreparedStatement end = connection.prepareStatement(
                "update hub.servers set ended_at = now() where name = ? and ended_at is null returning id")) {
            end.setString(1, name);
            try (ResultSet rows = end.executeQuery()) {
                while (rows.next()) {
                    earlier.add(rows.getObject(1, UUID.class));
                }
            }
        }
        try (PreparedStatement enter =
                connection.prepareStatement("insert into hub.servers (id, name) values (?, ?)")) {
            enter.setObject(1, id);
            enter.setString(2, name);
            enter.executeUpdate();
        }
        return earlier;
    }

    public void beat(Connection connection, UUID id) throws SQLException {
        try (PreparedStatement beat =
                connection.prepareStatement("update hub.servers set heartbeat_at = now() where id = ?")) {
            beat.setObject(1, id);
            beat.executeUpdate();
        }
    }

    /// How many servers have given a sign of life lately.
    public int alive(Connection connection, int seconds) throws SQLException {
        try (PreparedStatement alive = connection.prepareStatement("select count(*) from hub.servers"
                + " where ended_at is null and heartbeat_at > now() - make_interval(secs => ?)")) {
            alive.setInt(1, seconds);
            try (ResultSet row = alive.executeQuery()) {
                return row.next() ? row.getInt(1) : 0;
            }
        }
    }

    public void leave(Connection connection, UUID id) throws SQLException {
        try (PreparedStatement leave =
                connection.prepareStatement("update hub.servers set ended_at = now() where id = ?")) {
            leave.setObject(1, id);
            leave.executeUpdate();
        }
    }
}
