package org.quantumhub.account;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Recovery codes as their stamps, on the connection of the caller's transaction. Row-level security shows a person's
/// own.
@ApplicationScoped
public class RecoveryCodes {

    /// Those of a person that were not used; locked, so that each is used once.
    public List<byte[]> unused(Connection connection, UUID userId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "select code_stamp from hub.user_recovery_codes where user_id = ? and used_at is null for update")) {
            statement.setObject(1, userId);
            try (ResultSet rows = statement.executeQuery()) {
                List<byte[]> stamps = new ArrayList<>();
                while (rows.next()) {
                    stamps.add(rows.getBytes(1));
                }
                return stamps;
            }
        }
    }

    public void use(Connection connection, UUID userId, byte[] stamp) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "update hub.user_recovery_codes set used_at = now() where user_id = ? and code_stamp = ?")) {
            statement.setObject(1, userId);
            statement.setBytes(2, stamp);
            statement.executeUpdate();
        }
    }

    /// From now on the person has these codes and no others.
    public void replace(Connection connection, UUID userId, List<byte[]> stamps) throws SQLException {
        try (PreparedStatement remove =
                connection.prepareStatement("delete from hub.user_recovery_codes where user_id = ?")) {
            remove.setObject(1, userId);
            remove.executeUpdate();
        }
        try (PreparedStatement add = connection.prepareStatement(
                "insert into hub.user_recovery_codes (user_id, code_stamp) values (?, ?)")) {
            for (byte[] stamp : stamps) {
                add.setObject(1, userId);
                add.setBytes(2, stamp);
                add.addBatch();
            }
            add.executeBatch();
        }
    }
}
