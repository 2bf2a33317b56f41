package org.quantumhub.system;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.quantumhub.launch.DatabaseAddress;

/// Looks into the database past the hub, and changes what no request may.
record Sql(DatabaseAddress address, String user, String password) {

    @Override
    public String toString() {
        return user + " at " + address;
    }

    /// Rows as texts, in the order of the columns.
    List<List<@Nullable String>> rows(String sql, @Nullable Object... values) {
        try (Connection connection = address.connect(user, password);
                PreparedStatement statement = prepared(connection, sql, values);
                ResultSet result = statement.executeQuery()) {
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
        } catch (SQLException failure) {
            throw new IllegalStateException(sql, failure);
        }
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
        try (Connection connection = address.connect(user, password);
                PreparedStatement statement = prepared(connection, sql, values)) {
            return statement.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException(sql, failure);
        }
    }

    private PreparedStatement prepared(Connection connection, String sql, @Nullable Object... values)
            throws SQLException {
        connection.setSchema("hub");
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }
}
