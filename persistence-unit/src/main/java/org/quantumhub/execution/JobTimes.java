package org.quantumhub.execution;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// What happens to jobs because of the time, or because somebody wants them to wait, on the connection of the caller's
/// transaction. The time is the database's.
@ApplicationScoped
public class JobTimes {

    private static final String COME_DUE = JobQueue.statement("come-due.sql");
    private static final String EXPIRE = JobQueue.statement("expire.sql");
    private static final String PAUSE = JobQueue.statement("pause.sql");
    private static final String RESUME = JobQueue.statement("resume.sql");
    private static final String PURGE = JobQueue.statement("purge.sql");

    /// What a purge has removed.
    ///
    /// @param jobs whose results and logs are gone
    /// @param paths of results in the object store, to be removed there
    public record Purged(List<UUID> jobs, List<String> paths) {}

    /// Puts scheduled jobs whose time has come into the queue.
    ///
    /// @return how many
    public int comeDue(Connection connection, int atMost) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(COME_DUE)) {
            statement.setInt(1, atMost);
            return statement.executeUpdate();
        }
    }

    /// Ends jobs that nobody has begun in time.
    public List<Settled> expire(Connection connection, int atMost) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(EXPIRE)) {
            statement.setInt(1, atMost);
            return JobEndings.settled(statement);
        }
    }

    /// Removes what has been kept long enough.
    public Purged purge(Connection connection, int atMost) throws SQLException {
        List<UUID> jobs = new ArrayList<>();
        List<String> paths = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(PURGE)) {
            statement.setInt(1, atMost);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    UUID job = rows.getObject(1, UUID.class);
                    if (job != null) {
                        jobs.add(job);
                    } else {
                        paths.add(rows.getString(2));
                    }
                }
            }
        }
        return new Purged(jobs, paths);
    }

    /// Keeps a job or a bundle away from the lanes.
    ///
    /// @return how many rows wait from now on; 0 when nothing was left to pause
    public int pause(Connection connection, UUID id, UUID teamId) throws SQLException {
        return change(connection, PAUSE, id, teamId);
    }

    /// @return how many rows go on; 0 when nothing was paused
    public int resume(Connection connection, UUID id, UUID teamId) throws SQLException {
        return change(connection, RESUME, id, teamId);
    }

    private static int change(Connection connection, String sql, UUID id, UUID teamId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, teamId);
            statement.setObject(2, id);
            statement.setObject(3, id);
            return statement.executeUpdate();
        }
    }
}
