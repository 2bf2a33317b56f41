package org.quantumhub.account;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/// Which account belongs to a subject of an identity provider, on the connection of the caller's transaction.
@ApplicationScoped
public class Identities {

    public Optional<UUID> find(Connection connection, String issuer, String subject) throws SQLException {
        try (PreparedStatement find = connection.prepareStatement(
                "select user_id from hub.user_identities where issuer = ? and subject = ?")) {
            find.setString(1, issuer);
            find.setString(2, subject);
            try (ResultSet row = find.executeQuery()) {
                return row.next() ? Optional.of(row.getObject(1, UUID.class)) : Optional.empty();
            }
        }
    }

    public void link(Connection connection, String issuer, String subject, UUID userId) throws SQLException {
        try (PreparedStatement link = connection.prepareStatement(
                "insert into hub.user_identities (issuer, subject, user_id) values (?, ?, ?)")) {
            link.setString(1, issuer);
            link.setString(2, subject);
            link.setObject(3, userId);
            link.executeUpdate();
        }
    }
}
