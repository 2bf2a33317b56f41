package org.quantumhub.shared;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// The rows of a set-based statement, column by column: each column becomes one array parameter of an `unnest(...)`,
/// in the order in which it was added. One statement then writes a whole group of rows.
public final class Columns<T> {

    private final List<T> rows;
    private final List<Column> columns = new ArrayList<>();

    private record Column(String type, @Nullable Object[] values) {}

    private Columns(List<T> rows) {
        this.rows = rows;
    }

    public static <T> Columns<T> of(List<T> rows) {
        return new Columns<>(rows);
    }

    public Columns<T> uuid(Function<T, @Nullable UUID> value) {
        return add("uuid", UUID[]::new, value);
    }

    public Columns<T> text(Function<T, @Nullable String> value) {
        return add("text", String[]::new, value);
    }

    public Columns<T> integer(Function<T, @Nullable Integer> value) {
        return add("int4", Integer[]::new, value);
    }

    public Columns<T> bigint(Function<T, @Nullable Long> value) {
        return add("int8", Long[]::new, value);
    }

    public Columns<T> numeric(Function<T, @Nullable BigDecimal> value) {
        return add("numeric", BigDecimal[]::new, value);
    }

    public Columns<T> bool(Function<T, @Nullable Boolean> value) {
        return add("bool", Boolean[]::new, value);
    }

    /// A `text[]` column travels as its literal, because arrays of arrays must be rectangular: cast it in the
    /// statement.
    public Columns<T> texts(Function<T, List<String>> value) {
        return add("text", String[]::new, row -> TextArrayConverter.literal(value.apply(row)));
    }

    /// An array that is there already, of rows or of something all rows share.
    public Columns<T> array(String type, @Nullable Object[] values) {
        columns.add(new Column(type, values));
        return this;
    }

    /// Arrays of their own type travel as they are, where the driver can; as objects they would be written as literals,
    /// each quote of a text with a backslash.
    private Columns<T> add(String type, IntFunction<@Nullable Object[]> array, Function<T, ?> value) {
        @Nullable Object[] values = array.apply(rows.size());
        for (int i = 0; i < values.length; i++) {
            values[i] = value.apply(rows.get(i));
        }
        return array(type, values);
    }

    /// Binds the columns to the parameters 1, 2, 3 ... of the statement.
    public void bind(PreparedStatement statement) throws SQLException {
        bind(statement, 1);
    }

    /// Binds the columns to the parameters from `first` on.
    ///
    /// @return the parameter behind the last of them
    int bind(PreparedStatement statement, int first) throws SQLException {
        Connection connection = statement.getConnection();
        int next = first;
        for (Column column : columns) {
            Array array = connection.createArrayOf(column.type(), column.values());
            statement.setArray(next++, array);
        }
        return next;
    }
}
