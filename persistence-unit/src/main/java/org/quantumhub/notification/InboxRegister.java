package org.quantumhub.notification;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Notifications in the database, as far as row-level security shows them: each person's own.
@ApplicationScoped
public class InboxRegister {

    private static final String ALL =
            "select id, about_team, title, message, type, topic, read, read_at, created_at from hub.notifications";

    /// Newest first, one more than asked for when there are more.
    public List<Notification> of(
            Connection connection, UUID person, boolean unreadOnly, @Nullable UUID before, int atMost)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ALL + " where user_id = ?"
                + (unreadOnly ? " and not read" : "")
                + " and (?::uuid is null or id < ?::uuid) order by id desc limit ?")) {
            statement.setObject(1, person);
            statement.setObject(2, before);
            statement.setObject(3, before);
            statement.setInt(4, atMost + 1);
            return found(statement);
        }
    }

    public long unread(Connection connection, UUID person) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select count(*) from hub.notifications where user_id = ? and not read")) {
            statement.setObject(1, person);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /// @param id null for all
    /// @return how many were read now or before
    public int read(Connection connection, UUID person, @Nullable UUID id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("update hub.notifications"
                + " set read = true, read_at = coalesce(read_at, now()) where user_id = ?"
                + (id == null ? " and not read" : " and id = ?"))) {
            statement.setObject(1, person);
            if (id != null) {
                statement.setObject(2, id);
            }
            return statement.executeUpdate();
        }
    }

    public Optional<Notification> find(Connection connection, UUID person, UUID id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ALL + " where user_id = ? and id = ?")) {
            statement.setObject(1, person);
            statement.setObject(2, id);
            return found(statement).stream().findFirst();
        }
    }

    public Map<String, Boolean> muted(Connection connection, UUID person) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "select topic, muted from hub.notification_preferences where user_id = ?")) {
            statement.setObject(1, person);
            Map<String, Boolean> muted = new TreeMap<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    muted.put(rows.getString(1), rows.getBoolean(2));
                }
            }
            return muted;
        }
    }

    public void mute(Connection connection, UUID person, String topic, boolean muted) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "insert into hub.notification_preferences"
                        + " (user_id, topic, muted) values (?, ?, ?) on conflict (user_id, topic) do update set muted = excluded.muted")) {
            statement.setObject(1, person);
            statement.setString(2, topic);
            statement.setBoolean(3, muted);
            statement.executeUpdate();
        }
    }

    private static List<Notification> found(PreparedStatement statement) throws SQLException {
        List<Notification> found = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                OffsetDateTime read = rows.getObject(8, OffsetDateTime.class);
                found.add(new Notification(
                        rows.getObject(1, UUID.class),
                        rows.getObject(2, UUID.class),
                        rows.getString(3),
                        rows.getString(4),
                        NotificationType.valueOf(rows.getString(5)),
                        rows.getString(6),
                        rows.getBoolean(7),
                        read == null ? null : read.toInstant(),
                        rows.getObject(9, OffsetDateTime.class).toInstant()));
            }
        }
        return found;
    }
}
