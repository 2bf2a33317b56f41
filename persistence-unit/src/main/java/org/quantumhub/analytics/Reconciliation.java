package org.quantumhub.analytics;

import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.shared.Columns;

/// Holds the statements of providers against the hub's own books, on the connection of the caller's transaction.
@ApplicationScoped
public class Reconciliation {

    private static final String DIFFERENCES = UsageBook.text("differences.sql");
    private static final String ADD = """
            insert into hub.provider_statements (id, provider, name, created_by, period_start, period_end, digest)
            values (?, ?, ?, ?, ?, ?, ?)
            on conflict (provider, name) do nothing
            """;
    private static final String LINES = """
            insert into hub.provider_statement_lines (statement_id, line, job_id, task_id, amount, currency, shots)
            select statement_id, line, job_id, task_id, amount, currency, shots
              from unnest(?::uuid[], ?::int[], ?::uuid[], ?::text[], ?::numeric[], ?::text[], ?::bigint[])
                   as l (statement_id, line, job_id, task_id, amount, currency, shots)
            """;
    private static final String KNOWN =
            "select id, digest from hub.provider_statements where provider = ? and name = ?";
    private static final String EXISTS = "select 1 from hub.provider_statements where id = ?";

    /// A statement that is to be taken in.
    ///
    /// @param name its name with the provider, such as a month
    /// @param periodStart the first day that it covers, UTC; null, as the last day, when it does not say
    /// @param digest SHA-256 of what was sent, in hexadecimal digits
    public record NewStatement(
            UUID id,
            String provider,
            String name,
            UUID by,
            @Nullable LocalDate periodStart,
            @Nullable LocalDate periodEnd,
            String digest) {}

    /// A line of a statement. It names the hub's job, the provider's own id of the task, or both.
    ///
    /// @param line its number in the file
    /// @param shots how many were run, if it says
    public record Line(
            int line,
            @Nullable UUID jobId,
            @Nullable String taskId,
            BigDecimal amount,
            String currency,
            @Nullable Long shots) {}

    /// What does not agree.
    ///
    /// @param place where it stands in the order
    /// @param jobId null when the statement names a task that the hub did not order
    /// @param lines how often the statement asks for it
    /// @param charged what the hub charged for it; null when the job is not known or not finished
    public record Difference(
            UUID place,
            @Nullable UUID jobId,
            @Nullable String taskId,
            String kind,
            BigDecimal asked,
            String currency,
            @Nullable Long shots,
            long lines,
            @Nullable String jobStatus,
            @Nullable BigDecimal charged) {}

    /// A statement that was there already.
    ///
    /// @param same whether it was made of the very same file
    public record Known(UUID id, boolean same) {}

    /// Takes a statement in.
    ///
    /// @return the one that has its name already, if there is one; nothing was written then
    public Optional<Known> add(Connection connection, NewStatement added, List<Line> lines) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ADD)) {
            statement.setObject(1, added.id());
            statement.setString(2, added.provider());
            statement.setString(3, added.name());
            statement.setObject(4, added.by());
            statement.setObject(5, added.periodStart());
            statement.setObject(6, added.periodEnd());
            statement.setString(7, added.digest());
            if (statement.executeUpdate() == 0) {
                return Optional.of(known(connection, added));
            }
        }
        try (PreparedStatement statement = connection.prepareStatement(LINES)) {
            Columns.of(lines)
                    .uuid(line -> added.id())
                    .integer(Line::line)
                    .uuid(Line::jobId)
                    .text(Line::taskId)
                    .numeric(Line::amount)
                    .text(Line::currency)
                    .bigint(Line::shots)
                    .bind(statement);
            statement.executeUpdate();
        }
        return Optional.empty();
    }

    private static Known known(Connection connection, NewStatement added) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(KNOWN)) {
            statement.setString(1, added.provider());
            statement.setString(2, added.name());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new Known(row.getObject(1, UUID.class), added.digest().equals(row.getString(2)));
            }
        }
    }

    public boolean exists(Connection connection, UUID id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(EXISTS)) {
            statement.setObject(1, id);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    /// What does not agree, in an order that stays.
    ///
    /// @param after the last place of the page before
    public List<Difference> differences(Connection connection, UUID statementId, @Nullable UUID after, int atMost)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DIFFERENCES)) {
            statement.setObject(1, statementId);
            statement.setString(2, after == null ? null : after.toString());
            statement.setInt(3, atMost);
            try (ResultSet row = statement.executeQuery()) {
                List<Difference> differences = new ArrayList<>();
                while (row.next()) {
                    long shots = row.getLong(6);
                    boolean silent = row.wasNull();
                    differences.add(new Difference(
                            row.getObject(1, UUID.class),
                            row.getObject(2, UUID.class),
                            row.getString(3),
                            row.getString(10),
                            row.getBigDecimal(4),
                            row.getString(5),
                            silent ? null : shots,
                            row.getLong(7),
                            row.getString(8),
                            row.getBigDecimal(9)));
                }
                return differences;
            }
        }
    }
}
