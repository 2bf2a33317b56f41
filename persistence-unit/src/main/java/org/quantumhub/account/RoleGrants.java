package org.quantumhub.account;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.UUID;

/// Gives roles on behalf of the hub itself, on a connection of the background role: to the first administrator, and to
/// people of a company's identity provider. Requests give roles through [User#holdRoles].
@ApplicationScoped
public class RoleGrants {

    /// Whether there is anybody who administers the hub.
    public boolean administered(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                        "select exists (select from hub.user_roles r join hub.users u on u.id = r.user_id"
                                + " where r.role = 'ADMIN' and u.is_active)");
                ResultSet row = statement.executeQuery()) {
            return row.next() && row.getBoolean(1);
        }
    }

    /// Gives some roles and takes others, and leaves all further ones alone.
    ///
    /// @param governed the roles this is about
    /// @param held those of them that the person is to have
    public void exchange(
            Connection connection, UUID userId, Collection<PlatformRole> governed, Collection<PlatformRole> held)
            throws SQLException {
        try (PreparedStatement add = connection.prepareStatement(
                "insert into hub.user_roles (user_id, role) select ?, unnest(?::text[]) on conflict do nothing")) {
            add.setObject(1, userId);
            add.setArray(2, names(connection, held));
            add.executeUpdate();
        }
        try (PreparedStatement remove = connection.prepareStatement(
                "delete from hub.user_roles where user_id = ? and role = any (?::text[]) and role <> all (?::text[])")) {
            remove.setObject(1, userId);
            remove.setArray(2, names(connection, governed));
            remove.setArray(3, names(connection, held));
            remove.executeUpdate();
        }
    }

    private static java.sql.Array names(Connection connection, Collection<PlatformRole> roles) throws SQLException {
        return connection.createArrayOf("text", roles.stream().map(Enum::name).toArray());
    }

    /// From now on the person has these roles and no others.
    public void set(Connection connection, UUID userId, Collection<PlatformRole> roles) throws SQLException {
        try (PreparedStatement add = connection.prepareStatement(
                "insert into hub.user_roles (user_id, role) select ?, unnest(?::text[]) on conflict do nothing")) {
            add.setObject(1, userId);
            add.setArray(2, names(connection, roles));
            add.executeUpdate();
        }
        try (PreparedStatement remove = connection.prepareStatement(
                "delete from hub.user_roles where user_id = ? and role <> all (?::text[])")) {
            remove.setObject(1, userId);
            remove.setArray(2, names(connection, roles));
            remove.executeUpdate();
        }
    }
}
