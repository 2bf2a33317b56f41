package org.quantumhub.analytics;

import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.shared.Columns;

/// Holds the statements of providers against the hub's own books, on the connection of the caller's transaction.
@ApplicationScoped
public class Reconciliation {

    private static final String DIFFERENCES = UsageBook.text("differences.sql");
    private static final String ADD = "insert into hub.provider_statements (id, provider, name, created_by)"
            + " values (?, ?, ?, ?) on conflict (provider, name) do nothing";
    private static final String LINES = """
            insert into hub.provider_statement_lines (statement_id, line, job_id, amount, currency, shots)
            select statement_id, line, job_id, amount, currency, shots
              from unnest(?::uuid[], ?::int[], ?::uuid[], ?::numeric[], ?::text[], ?::bigint[])
                   as l (statement_id, line, job_id, amount, currency, shots)
            """;
    private static final String EXISTS = "select 1 from hub.provider_statements where id = ?";

    /// A line of a statement.
    ///
    /// @param line its number in the file
    /// @param shots how many were run, if it says
    public record Line(
            int line,
            UUID jobId,
            BigDecimal amount,
            String currency,
            @Nullable Long shots) {}

    /// What does not agree.
    ///
    /// @param lines how often the statement asks for the job
    /// @param charged what the hub charged for it; null when the job is not known or not finished
    public record Difference(
            UUID jobId,
            String kind,
            BigDecimal asked,
            String currency,
            @Nullable Long shots,
            long lines,
            @Nullable String jobStatus,
            @Nullable BigDecimal charged) {}

    /// Takes a statement in.
    ///
    /// @return whether it is new
    public boolean add(Connection connection, UUID id, String provider, String name, UUID by, List<Line> lines)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ADD)) {
            statement.setObject(1, id);
            statement.setString(2, provider);
            statement.setString(3, name);
            statement.setObject(4, by);
            if (statement.executeUpdate() == 0) {
                return false;
            }
        }
        try (PreparedStatement statement = connection.prepareStatement(LINES)) {
            Columns.of(lines)
                    .uuid(line -> id)
                    .integer(Line::line)
                    .uuid(Line::jobId)
                    .numeric(Line::amount)
                    .text(Line::currency)
                    .bigint(Line::shots)
                    .bind(statement);
            statement.executeUpdate();
        }
        return true;
    }

    public boolean exists(Connection connection, UUID id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(EXISTS)) {
            statement.setObject(1, id);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    /// What does not agree, in the order of the jobs' ids.
    ///
    /// @param after the last job of the page before
    public List<Difference> differences(Connection connection, UUID statementId, @Nullable UUID after, int atMost)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DIFFERENCES)) {
            statement.setObject(1, statementId);
            statement.setString(2, after == null ? null : after.toString());
            statement.setInt(3, atMost);
            try (ResultSet row = statement.executeQuery()) {
                List<Difference> differences = new ArrayList<>();
                while (row.next()) {
                    long shots = row.getLong(4);
                    boolean silent = row.wasNull();
                    differences.add(new Difference(
                            row.getObject(1, UUID.class),
                            row.getString(10),
                            row.getBigDecimal(2),
                            row.getString(3),
                            silent ? null : shots,
                            row.getLong(5),
                            row.getString(6),
                            row.getBigDecimal(7)));
                }
                return differences;
            }
        }
    }
}
