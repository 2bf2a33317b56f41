package org.quantumhub.hardware;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.shared.Ids;

/// The books of the emulated devices, on the connection of the caller's transaction.
@ApplicationScoped
public class EmulatedTaskRegister {

    private static final String COLUMNS =
            "id, token, backend_slug, program, format, shots, seed, memory, status, starts_at, created_at, ended_at, failure, parameters";

    /// A task as the emulated device knows it.
    public record Entry(
            UUID id,
            String token,
            String backendSlug,
            String program,
            String format,
            int shots,
            long seed,
            boolean memory,
            String status,
            Instant startsAt,
            Instant createdAt,
            @Nullable Instant endedAt,
            @Nullable String failure,
            @Nullable String parameters) {}

    /// What is ordered.
    public record Order(
            String token,
            String backendSlug,
            String program,
            String format,
            int shots,
            long seed,
            boolean memory,
            @Nullable String parameters) {}

    /// Takes an order. The same token again finds the task it made.
    public UUID add(Connection connection, Order order, Instant startsAt) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "insert into hub.emulated_tasks (id, token, backend_slug, program, format, shots, seed, memory, starts_at, parameters)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb) on conflict (token) do nothing")) {
            statement.setObject(1, Ids.next());
            statement.setString(2, order.token());
            statement.setString(3, order.backendSlug());
            statement.setString(4, order.program());
            statement.setString(5, order.format());
            statement.setInt(6, order.shots());
            statement.setLong(7, order.seed());
            statement.setBoolean(8, order.memory());
            statement.setObject(9, OffsetDateTime.ofInstant(startsAt, ZoneOffset.UTC));
            statement.setString(10, order.parameters());
            statement.executeUpdate();
        }
        return find(connection, order.token()).orElseThrow().id();
    }

    public Optional<Entry> find(Connection connection, String token) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select " + COLUMNS + " from hub.emulated_tasks where token = ?")) {
            statement.setString(1, token);
            return entries(statement).stream().findFirst();
        }
    }

    public List<Entry> list(Connection connection, Collection<UUID> ids) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select " + COLUMNS + " from hub.emulated_tasks where id = any (?)")) {
            statement.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
            return entries(statement);
        }
    }

    public List<Entry> since(Connection connection, Instant from) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select " + COLUMNS + " from hub.emulated_tasks where created_at >= ?")) {
            statement.setObject(1, OffsetDateTime.ofInstant(from, ZoneOffset.UTC));
            return entries(statement);
        }
    }

    /// Begins the tasks whose time has come, and those whose runner has been silent for too long.
    public List<Entry> begin(Connection connection, UUID runner, int leaseSeconds, int atMost) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                update hub.emulated_tasks t
                   set status = 'RUNNING', runner = ?, runner_until = now() + make_interval(secs => ?)
                 where t.id = any (array (select d.id from hub.emulated_tasks d
                                           where d.status in ('QUEUED', 'RUNNING') and d.starts_at <= now()
                                             and (d.runner_until is null or d.runner_until < now())
                                           order by d.starts_at
                                           limit ?
                                             for update skip locked))
                returning\s""" + COLUMNS)) {
            statement.setObject(1, runner);
            statement.setDouble(2, leaseSeconds);
            statement.setInt(3, atMost);
            return entries(statement);
        }
    }

    /// Ends a task with its result or with what went wrong; one that has ended already stays as it is.
    public void end(Connection connection, UUID id, @Nullable String result, @Nullable String failure)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "update hub.emulated_tasks set status = case when ?::jsonb is null then 'FAILED' else 'COMPLETED' end,"
                        + " result = ?::jsonb, failure = ?, ended_at = now() where id = ? and status = 'RUNNING'")) {
            statement.setString(1, result);
            statement.setString(2, result);
            statement.setString(3, failure);
            statement.setObject(4, id);
            statement.executeUpdate();
        }
    }

    /// Cancels a task that waits; one that runs goes on, as on a device.
    public void cancel(Connection connection, UUID id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "update hub.emulated_tasks set status = 'CANCELLED', ended_at = now() where id = ? and status = 'QUEUED'")) {
            statement.setObject(1, id);
            statement.executeUpdate();
        }
    }

    public Optional<String> result(Connection connection, UUID id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "select result from hub.emulated_tasks where id = ? and result is not null")) {
            statement.setObject(1, id);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
            }
        }
    }

    /// How many wait or run on a device.
    public int open(Connection connection, String backendSlug) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "select count(*) from hub.emulated_tasks where backend_slug = ? and status in ('QUEUED', 'RUNNING')")) {
            statement.setString(1, backendSlug);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }

    private static List<Entry> entries(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            List<Entry> entries = new ArrayList<>();
            while (rows.next()) {
                OffsetDateTime ended = rows.getObject(12, OffsetDateTime.class);
                entries.add(new Entry(
                        rows.getObject(1, UUID.class),
                        rows.getString(2),
                        rows.getString(3),
                        rows.getString(4),
                        rows.getString(5),
                        rows.getInt(6),
                        rows.getLong(7),
                        rows.getBoolean(8),
                        rows.getString(9),
                        rows.getObject(10, OffsetDateTime.class).toInstant(),
                        rows.getObject(11, OffsetDateTime.class).toInstant(),
                        ended == null ? null : ended.toInstant(),
                        rows.getString(13),
                        rows.getString(14)));
            }
            return entries;
        }
    }
}
