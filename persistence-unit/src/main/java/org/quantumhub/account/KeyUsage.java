package org.quantumhub.account;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.quantumhub.shared.Columns;

/// How much API keys are used, on the connection of the caller's transaction.
@ApplicationScoped
public class KeyUsage {

    /// Requests of one key at one endpoint, to be added to the day.
    public record Used(UUID keyId, UUID userId, String endpoint, long requests) {}

    /// Requests of one key on one day.
    public record Day(LocalDate day, long requests) {}

    /// Adds requests to today, and notes that the keys were used just now.
    public void add(Connection connection, List<Used> used) throws SQLException {
        try (PreparedStatement add = connection.prepareStatement("""
                insert into hub.api_key_usage as u (api_key_id, user_id, day, endpoint, request_count)
                select n.key_id, n.user_id, (now() at time zone 'utc')::date, n.endpoint, n.requests
                  from unnest(?::uuid[], ?::uuid[], ?::text[], ?::int8[]) as n (key_id, user_id, endpoint, requests)
                 order by 1, 4
                on conflict (api_key_id, day, endpoint) do update set request_count = u.request_count + excluded.request_count
                """)) {
            Columns.of(used)
                    .uuid(Used::keyId)
                    .uuid(Used::userId)
                    .text(Used::endpoint)
                    .bigint(Used::requests)
                    .bind(add);
            add.executeUpdate();
        }
        try (PreparedStatement note =
                connection.prepareStatement("update hub.user_api_keys set last_used_at = now() where id = any (?)")) {
            note.setArray(
                    1,
                    connection.createArrayOf(
                            "uuid", used.stream().map(Used::keyId).distinct().toArray()));
            note.executeUpdate();
        }
    }

    /// The days of a key on which it was used, oldest first.
    public List<Day> days(Connection connection, UUID keyId, LocalDate from, LocalDate to) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select day, sum(request_count)::bigint from hub.api_key_usage"
                        + " where api_key_id = ? and day between ? and ? group by day order by day")) {
            statement.setObject(1, keyId);
            statement.setObject(2, from);
            statement.setObject(3, to);
            try (ResultSet rows = statement.executeQuery()) {
                List<Day> days = new ArrayList<>();
                while (rows.next()) {
                    days.add(new Day(rows.getObject(1, LocalDate.class), rows.getLong(2)));
                }
                return days;
            }
        }
    }
}
