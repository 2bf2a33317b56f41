package org.quantumhub.notification;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
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

    /// What a person wants to be told of.
    ///
    /// @param muted whether not at all
    /// @param byMail whether by mail as well; null when the person has not said
    public record Wish(boolean muted, @Nullable Boolean byMail) {}

    /// By topic; a topic of which a person has said nothing is missing.
    public Map<String, Wish> wishes(Connection connection, UUID person) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "select topic, muted, by_mail from hub.notification_preferences where user_id = ?")) {
            statement.setObject(1, person);
            Map<String, Wish> wishes = new TreeMap<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    wishes.put(rows.getString(1), new Wish(rows.getBoolean(2), rows.getObject(3, Boolean.class)));
                }
            }
            return wishes;
        }
    }

    /// Null leaves as it is.
    public void wish(
            Connection connection, UUID person, String topic, @Nullable Boolean muted, @Nullable Boolean byMail)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("insert into hub.notification_preferences as p"
                + " (user_id, topic, muted, by_mail) values (?, ?, coalesce(?, false), ?) on conflict (user_id, topic) do update"
                + " set muted = coalesce(?, p.muted), by_mail = coalesce(?, p.by_mail)")) {
            statement.setObject(1, person);
            statement.setString(2, topic);
            statement.setObject(3, muted, Types.BOOLEAN);
            statement.setObject(4, byMail, Types.BOOLEAN);
            statement.setObject(5, muted, Types.BOOLEAN);
            statement.setObject(6, byMail, Types.BOOLEAN);
            statement.executeUpdate();
        }
    }

    /// A message to the owners and admins of a team.
    ///
    /// @param topic what they may mute
    public record Message(String title, String text, NotificationType type, String topic) {}

    /// Puts a message into the inboxes of a team's owners and admins, except of those who have muted its topic.
    public void tellAdmins(Connection connection, UUID teamId, Message message) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                insert into hub.notifications (id, user_id, about_team, title, message, type, topic)
                select hub.next_id(), m.user_id, m.team_id, ?, ?, ?, ?
                  from hub.team_members m
                 where m.team_id = ? and m.role in ('OWNER', 'ADMIN')
                   and not exists (select from hub.notification_preferences p
                                    where p.user_id = m.user_id and p.topic = ? and p.muted)
                """)) {
            statement.setString(1, message.title());
            statement.setString(2, message.text());
            statement.setString(3, message.type().name());
            statement.setString(4, message.topic());
            statement.setObject(5, teamId);
            statement.setString(6, message.topic());
            statement.executeUpdate();
        }
    }

    /// Somebody with a verified address.
    public record Recipient(UUID userId, String email) {}

    /// The owners and admins of a team who want to be told of a topic by mail.
    ///
    /// @param usual whether who has said nothing does
    public List<Recipient> mailed(Connection connection, UUID teamId, String topic, boolean usual) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                select u.id, u.email
                  from hub.team_members m
                  join hub.users u on u.id = m.user_id and u.is_active and u.email_verified_at is not null
                  left join hub.notification_preferences p on p.user_id = m.user_id and p.topic = ?
                 where m.team_id = ? and m.role in ('OWNER', 'ADMIN')
                   and not coalesce(p.muted, false) and coalesce(p.by_mail, ?)
                 order by u.id
                """)) {
            statement.setString(1, topic);
            statement.setObject(2, teamId);
            statement.setBoolean(3, usual);
            List<Recipient> recipients = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    recipients.add(new Recipient(rows.getObject(1, UUID.class), rows.getString(2)));
                }
            }
            return recipients;
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
