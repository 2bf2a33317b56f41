package org.quantumhub.notification;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Mails that wait to be sent, on the connection of the caller's transaction.
@ApplicationScoped
public class MailOutbox {

    private static final String CLAIM = """
            update hub.mails set attempts = attempts + 1,
                                 next_attempt_at = now() + make_interval(secs => least(3600, 30 * power(2, least(attempts, 20))))
             where id in (select id from hub.mails where status = 'QUEUED' and next_attempt_at <= now()
                           order by next_attempt_at limit ? for update skip locked)
            returning id, recipient, template, content, attempts""";

    /// A mail on its way out.
    ///
    /// @param content its values, sealed
    /// @param attempt which try this is, from 1
    public record Claimed(UUID id, String recipient, String template, byte[] content, int attempt) {}

    /// Writes a mail down.
    ///
    /// @param userId whose account it is about, null for somebody without one
    /// @param content the values for the template, sealed
    public void put(
            Connection connection, UUID id, @Nullable UUID userId, String recipient, String template, byte[] content)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into hub.mails (id, user_id, recipient, template, content) values (?, ?, ?, ?, ?)")) {
            insert.setObject(1, id);
            insert.setObject(2, userId);
            insert.setString(3, recipient);
            insert.setString(4, template);
            insert.setBytes(5, content);
            insert.executeUpdate();
        }
    }

    /// Takes due mails. Each is due again later should the server die with it: half a minute after the first try, then
    /// twice as long each time, up to an hour.
    public List<Claimed> claim(Connection connection, int atMost) throws SQLException {
        try (PreparedStatement claim = connection.prepareStatement(CLAIM)) {
            claim.setInt(1, atMost);
            try (ResultSet rows = claim.executeQuery()) {
                List<Claimed> mails = new ArrayList<>();
                while (rows.next()) {
                    mails.add(new Claimed(
                            rows.getObject(1, UUID.class),
                            rows.getString(2),
                            rows.getString(3),
                            rows.getBytes(4),
                            rows.getInt(5)));
                }
                return mails;
            }
        }
    }

    /// The mail has left; what it said is forgotten.
    public void sent(Connection connection, UUID id) throws SQLException {
        change(
                connection,
                "update hub.mails set status = 'SENT', sent_at = now(), content = null, error = null where id = ?",
                id);
    }

    /// The mail did not leave; it is tried again when it is due.
    public void delayed(Connection connection, UUID id, String why) throws SQLException {
        change(connection, "update hub.mails set error = left(?, 500) where id = ?", why, id);
    }

    /// The mail will never leave.
    public void givenUp(Connection connection, UUID id, String why) throws SQLException {
        change(
                connection,
                "update hub.mails set status = 'FAILED', content = null, error = left(?, 500) where id = ?",
                why,
                id);
    }

    /// Removes mails that ended more than so many days ago.
    public int forget(Connection connection, int days) throws SQLException {
        return change(
                connection,
                "delete from hub.mails where status <> 'QUEUED' and created_at < now() - make_interval(days => ?)",
                days);
    }

    private static int change(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }
}
