package org.quantumhub.shared;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/// Set-based writes that travel to the database together and are done there one after the other: one round trip for
/// all of them, which counts while a transaction holds what others wait for. The first that fails fails them all.
public final class Pipeline {

    private final StringJoiner statements = new StringJoiner(";\n");
    private final List<Columns<?>> columns = new ArrayList<>();

    /// @param statement one statement, without a semicolon at its end
    /// @param rows its parameters, all of them
    public Pipeline add(String statement, Columns<?> rows) {
        statements.add(statement);
        columns.add(rows);
        return this;
    }

    /// Does what was added; nothing when nothing was.
    public void run(Connection connection) throws SQLException {
        if (columns.isEmpty()) {
            return;
        }
        try (PreparedStatement prepared = connection.prepareStatement(statements.toString())) {
            int next = 1;
            for (Columns<?> rows : columns) {
                next = rows.bind(prepared, next);
            }
            prepared.execute();
            // what each did is nobody's question, but the server keeps a statement for the next time, with its plan,
            // only
            // if nothing of its results is left
            boolean more = true;
            while (more) {
                more = prepared.getMoreResults() || prepared.getUpdateCount() >= 0;
            }
        }
    }
}
