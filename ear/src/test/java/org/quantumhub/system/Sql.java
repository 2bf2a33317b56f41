package org.quantumhub.system;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;
import org.quantumhub.launch.DatabaseAddress;

/// Looks into the database past the hub, and changes what no request may. Each statement is a transaction of its own;
/// connections are kept for the next one, because coming in costs more than most statements.
final class Sql {

    private static final String PAST_TRIGGERS = "set local session_replication_role = replica";

    private final DatabaseAddress address;
    private final String user;
    private final String password;
    private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();

    Sql(DatabaseAddress address, String user, String password) {
        this.address = address;
        this.user = user;
        this.password = password;
    }

    @FunctionalInterface
    private interface Work<T> {
        T with(PreparedStatement statement) throws SQLException;
    }

    private <T> T ask(String sql, @Nullable Object[] values, Work<T> work) {
        if (sql.startsWith("set ")) {
            throw new IllegalArgumentException("stays with the connection for whoever comes next: " + sql);
        }
        return on(connection -> asked(connection, sql, values, work), sql);
    }

    @FunctionalInterface
    private interface Visit<T> {
        T with(Connection connection) throws SQLException;
    }

    private <T> T on(Visit<T> visit, String sql) {
        try {
            Connection connection = enter();
            boolean done = false;
            try {
                T result = visit.with(connection);
                done = true;
                return result;
            } finally {
                if (done) {
                    idle.push(connection);
                } else {
                    connection.close();
                }
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(sql, failure);
        }
    }

    private static <T> T asked(Connection connection, String sql, @Nullable Object[] values, Work<T> work)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return work.with(statement);
        }
    }

    private Connection enter() throws SQLException {
        for (Connection kept = idle.poll(); kept != null; kept = idle.poll()) {
            // the database may have crashed since
            if (kept.isValid(10)) {
                return kept;
            }
            kept.close();
        }
        Connection fresh = address.connect(user, password);
        fresh.setSchema("hub");
        return fresh;
    }

    /// Rows as texts, in the order of the columns.
    List<List<@Nullable String>> rows(String sql, @Nullable Object... values) {
        return ask(sql, values, statement -> {
            try (ResultSet result = statement.executeQuery()) {
                List<List<@Nullable String>> rows = new ArrayList<>();
                int columns = result.getMetaData().getColumnCount();
                while (result.next()) {
                    List<@Nullable String> row = new ArrayList<>(columns);
                    for (int column = 1; column <= columns; column++) {
                        row.add(result.getString(column));
                    }
                    rows.add(row);
                }
                return rows;
            }
        });
    }

    /// The one value of the one row.
    String value(String sql, @Nullable Object... values) {
        List<List<@Nullable String>> rows = rows(sql, values);
        String value = rows.isEmpty() ? null : rows.getFirst().getFirst();
        if (value == null) {
            throw new IllegalStateException("nothing found by " + sql);
        }
        return value;
    }

    long count(String sql, @Nullable Object... values) {
        return Long.parseLong(value(sql, values));
    }

    int run(String sql, @Nullable Object... values) {
        return ask(sql, values, PreparedStatement::executeUpdate);
    }

    /// Changes what triggers keep as it is, such as when something happened.
    int runPastTriggers(String sql, @Nullable Object... values) {
        return on(
                connection -> {
                    connection.setAutoCommit(false);
                    asked(connection, PAST_TRIGGERS, new Object[0], PreparedStatement::execute);
                    int changed = asked(connection, sql, values, PreparedStatement::executeUpdate);
                    connection.commit();
                    connection.setAutoCommit(true);
                    return changed;
                },
                sql);
    }

    @Override
    public String toString() {
        return user + " at " + address;
    }
}
