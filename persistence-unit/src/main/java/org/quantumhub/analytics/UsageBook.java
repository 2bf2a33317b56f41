package org.quantumhub.analytics;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.quantumhub.shared.Columns;
import org.quantumhub.shared.Ids;

/// Writes and sums up what was used, on the connection of the caller's transaction; row-level security decides whose it
/// is.
@ApplicationScoped
public class UsageBook {

    /// How the table says that there is none.
    private static final UUID NO_PROJECT = new UUID(0, 0);

    private static final String ROLL_UP = text("roll-up.sql");

    private static final String COUNT = """
            insert into hub.usage_analytics (id, date, team_id, user_id, endpoint, request_count)
            select id, date::date, team_id, user_id, endpoint, request_count
              from unnest(?::uuid[], ?::text[], ?::uuid[], ?::uuid[], ?::text[], ?::bigint[])
                   as c (id, date, team_id, user_id, endpoint, request_count)
             order by team_id, user_id, date, endpoint
            on conflict on constraint usage_analytics_once
               do update set request_count = usage_analytics.request_count + excluded.request_count, updated_at = now()
            """;

    /// The compute time of a person's jobs stands with the door they came through.
    private static final String COMPUTE = """
            insert into hub.usage_analytics (id, date, team_id, user_id, endpoint, compute_time_seconds)
            select gen_random_uuid(), d.day, d.team_id, d.user_id, 'POST /jobs', sum(d.compute_seconds)
              from hub.usage_days d
             where d.day = ?
             group by d.day, d.team_id, d.user_id
             order by d.team_id, d.user_id
            on conflict on constraint usage_analytics_once
               do update set compute_time_seconds = excluded.compute_time_seconds, updated_at = now()
            """;

    /// By what usage can be grouped.
    public enum Group {
        TEAM("team_id"),
        MEMBER("user_id"),
        BACKEND("backend"),
        PROJECT("project_id"),
        DAY("day");

        private final String column;

        Group(String column) {
            this.column = column;
        }
    }

    /// Requests of a person at a door on a day.
    public record Requests(LocalDate day, UUID teamId, UUID userId, String endpoint, long count) {}

    /// A sum of usage; what it is not grouped by is null.
    ///
    /// @param projectId null, too, for what was done for no project
    /// @param rolledAt when the newest part of it was rolled up
    public record Usage(
            @Nullable UUID teamId,
            @Nullable UUID userId,
            @Nullable String backend,
            @Nullable UUID projectId,
            @Nullable LocalDate day,
            String currency,
            long jobs,
            long completed,
            long failed,
            long cancelled,
            long shots,
            BigDecimal computeSeconds,
            BigDecimal cost,
            Instant rolledAt) {}

    /// What went through a door.
    public record Endpoint(LocalDate day, UUID userId, String endpoint, long requests, BigDecimal computeSeconds) {}

    /// Adds requests to what was counted before.
    public void count(Connection connection, List<Requests> requests) throws SQLException {
        if (requests.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(COUNT)) {
            Columns.of(requests)
                    .uuid(r -> Ids.next())
                    .text(r -> r.day().toString())
                    .uuid(Requests::teamId)
                    .uuid(Requests::userId)
                    .text(Requests::endpoint)
                    .bigint(Requests::count)
                    .bind(statement);
            statement.executeUpdate();
        }
    }

    /// Sums up the jobs that were submitted on a day.
    public void rollUp(Connection connection, LocalDate day) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ROLL_UP)) {
            statement.setObject(1, day);
            statement.setObject(2, day.atStartOfDay().atOffset(ZoneOffset.UTC));
            statement.setObject(3, day.plusDays(1).atStartOfDay().atOffset(ZoneOffset.UTC));
            statement.executeUpdate();
        }
        try (PreparedStatement statement = connection.prepareStatement(COMPUTE)) {
            statement.setObject(1, day);
            statement.executeUpdate();
        }
    }

    /// Usage of the days from `from` to before `to`, by currency and whatever it is grouped by.
    ///
    /// @param team null for all that are seen
    /// @param offset how many sums to leave out, for the next page
    public List<Usage> usage(
            Connection connection,
            @Nullable UUID team,
            Set<Group> groups,
            LocalDate from,
            LocalDate to,
            int offset,
            int atMost)
            throws SQLException {
        EnumSet<Group> by = groups.isEmpty() ? EnumSet.noneOf(Group.class) : EnumSet.copyOf(groups);
        String columns = by.stream().map(g -> ", " + g.column).collect(Collectors.joining());
        String sql = "select currency, sum(jobs), sum(completed), sum(failed), sum(cancelled), sum(shots),"
                + " sum(compute_seconds), sum(cost), max(rolled_at)" + columns
                + " from hub.usage_days where day >= ? and day < ?" + (team == null ? "" : " and team_id = ?")
                + " group by currency" + columns + " order by currency" + columns + " offset ? limit ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int parameter = 1;
            statement.setObject(parameter++, from);
            statement.setObject(parameter++, to);
            if (team != null) {
                statement.setObject(parameter++, team);
            }
            statement.setInt(parameter++, offset);
            statement.setInt(parameter, atMost);
            try (ResultSet row = statement.executeQuery()) {
                List<Usage> usage = new ArrayList<>();
                while (row.next()) {
                    usage.add(new Usage(
                            by.contains(Group.TEAM) ? row.getObject("team_id", UUID.class) : null,
                            by.contains(Group.MEMBER) ? row.getObject("user_id", UUID.class) : null,
                            by.contains(Group.BACKEND) ? row.getString("backend") : null,
                            by.contains(Group.PROJECT) ? project(row.getObject("project_id", UUID.class)) : null,
                            by.contains(Group.DAY) ? row.getObject("day", LocalDate.class) : null,
                            row.getString(1),
                            row.getLong(2),
                            row.getLong(3),
                            row.getLong(4),
                            row.getLong(5),
                            row.getLong(6),
                            row.getBigDecimal(7),
                            row.getBigDecimal(8),
                            row.getObject(9, OffsetDateTime.class).toInstant()));
                }
                return usage;
            }
        }
    }

    private static @Nullable UUID project(UUID stored) {
        return stored.equals(NO_PROJECT) ? null : stored;
    }

    /// Requests of a team, by day, person and door.
    public List<Endpoint> endpoints(
            Connection connection, UUID team, LocalDate from, LocalDate to, int offset, int atMost)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "select date, user_id, endpoint, request_count, compute_time_seconds from hub.usage_analytics"
                        + " where team_id = ? and date >= ? and date < ? order by date desc, user_id, endpoint offset ? limit ?")) {
            statement.setObject(1, team);
            statement.setObject(2, from);
            statement.setObject(3, to);
            statement.setInt(4, offset);
            statement.setInt(5, atMost);
            try (ResultSet row = statement.executeQuery()) {
                List<Endpoint> endpoints = new ArrayList<>();
                while (row.next()) {
                    endpoints.add(new Endpoint(
                            row.getObject(1, LocalDate.class),
                            row.getObject(2, UUID.class),
                            row.getString(3),
                            row.getLong(4),
                            row.getBigDecimal(5)));
                }
                return endpoints;
            }
        }
    }

    static String text(String file) {
        try (InputStream text = UsageBook.class.getResourceAsStream(file)) {
            return new String(Objects.requireNonNull(text, file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
