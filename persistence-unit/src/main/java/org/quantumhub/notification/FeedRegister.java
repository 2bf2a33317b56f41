package org.quantumhub.notification;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.notification.FeedEntry.Audience;
import org.quantumhub.notification.FeedEntry.Hearer;

/// Reads and writes the feed. Ids are given out before commits, so a reader that only remembers the last id it saw
/// would
/// miss entries; it reads up to a horizon instead, below which nothing can appear any more.
@ApplicationScoped
public class FeedRegister {

    /// The newest entries that are seen, and the first transaction that had not begun: when all before that have ended,
    /// nothing appears below any more.
    public record Horizon(FeedCursor newest, long transactions) {}

    /// @param audience who of the team may hear of it
    public void add(
            Connection connection,
            @Nullable UUID teamId,
            @Nullable UUID userId,
            Audience audience,
            String type,
            @Nullable String subject,
            String data)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("insert into hub.feed_entries"
                + " (team_id, user_id, type, subject, data, audience) values (?, ?, ?, ?, ?::jsonb, ?)")) {
            statement.setObject(1, teamId);
            statement.setObject(2, userId);
            statement.setString(3, type);
            statement.setString(4, subject);
            statement.setString(5, data);
            statement.setString(6, audience.name());
            statement.executeUpdate();
        }
    }

    public Horizon horizon(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                        "select coalesce((select max(id) from hub.feed_entries), 0), coalesce((select max(id) from hub.job_events), 0),"
                                + " pg_snapshot_xmax(pg_current_snapshot())::text::bigint");
                ResultSet row = statement.executeQuery()) {
            row.next();
            return new Horizon(new FeedCursor(row.getLong(1), row.getLong(2)), row.getLong(3));
        }
    }

    public boolean isReached(Connection connection, Horizon horizon) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint >= ?")) {
            statement.setLong(1, horizon.transactions());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    /// What somebody may hear between two cursors, and perhaps more than that, oldest first; at most so many of each
    /// source. [FeedEntry#isFor] has the last word on each.
    public List<FeedEntry> between(Connection connection, Hearer hearer, FeedCursor from, FeedCursor to, int atMost)
            throws SQLException {
        List<FeedEntry> entries = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(
                "select id, team_id, user_id, type, subject, data::text, created_at, audience from hub.feed_entries"
                        + " where id > ? and id <= ? and (team_id = ? or user_id = ?"
                        + (hearer.bills() ? " or audience = 'BILLING'" : "") + ") order by id limit ?")) {
            statement.setLong(1, from.feed());
            statement.setLong(2, to.feed());
            statement.setObject(3, hearer.team());
            statement.setObject(4, hearer.person());
            statement.setInt(5, atMost);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    entries.add(new FeedEntry(
                            new FeedCursor(rows.getLong(1), from.jobs()),
                            rows.getObject(2, UUID.class),
                            rows.getObject(3, UUID.class),
                            Audience.valueOf(rows.getString(8)),
                            rows.getString(4),
                            rows.getString(5),
                            rows.getString(6),
                            rows.getObject(7, OffsetDateTime.class).toInstant()));
                }
            }
        }
        long told = entries.size() == atMost ? entries.getLast().cursor().feed() : to.feed();
        try (PreparedStatement statement = connection.prepareStatement(
                "select id, team_id, job_id, status, sub_status, reason, created_at from hub.job_events"
                        + " where id > ? and id <= ? and team_id = ? order by id limit ?")) {
            statement.setLong(1, from.jobs());
            statement.setLong(2, to.jobs());
            statement.setObject(3, hearer.team());
            statement.setInt(4, atMost);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    entries.add(job(rows, told));
                }
            }
        }
        return entries;
    }

    private static FeedEntry job(ResultSet row, long feed) throws SQLException {
        String status = row.getString(4);
        JsonObjectBuilder data =
                Json.createObjectBuilder().add("jobId", row.getString(3)).add("status", status);
        if (row.getString(5) != null) {
            data.add("subStatus", row.getString(5));
        }
        if (row.getString(6) != null) {
            data.add("reason", row.getString(6));
        }
        return new FeedEntry(
                new FeedCursor(feed, row.getLong(1)),
                row.getObject(2, UUID.class),
                null,
                Audience.MEMBERS,
                "job." + status.toLowerCase(Locale.ROOT),
                row.getString(3),
                data.build().toString(),
                row.getObject(7, OffsetDateTime.class).toInstant());
    }
}
