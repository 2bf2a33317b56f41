package org.quantumhub.shared.service;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;

/// The two ways into the database. Inside a transaction every connection of one way is the same connection.
@ApplicationScoped
public class Database {

    @Resource(lookup = "jdbc/hub")
    DataSource requests;

    @Resource(lookup = "jdbc/lane")
    DataSource background;

    /// Work on a connection that belongs to the running transaction.
    @FunctionalInterface
    public interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /// As the role that serves requests: row-level security shows it what the transaction acts for.
    public <T> T asRequest(Work<T> work) {
        return on(requests, work);
    }

    /// As the role of lanes and timers, which sees every team and has no way in from the web.
    public <T> T asBackground(Work<T> work) {
        return on(background, work);
    }

    private static <T> T on(DataSource source, Work<T> work) {
        try (Connection connection = source.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    /// The database refused or could not be reached.
    public static final class DatabaseException extends HubException {

        DatabaseException(SQLException cause) {
            super(ProblemCode.UNAVAILABLE, "The database did not answer as expected; please try again.", cause);
        }
    }
}
