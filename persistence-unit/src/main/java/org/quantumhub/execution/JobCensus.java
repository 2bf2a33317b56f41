package org.quantumhub.execution;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Counts jobs of all teams, for metrics, on the connection of the caller's transaction.
@ApplicationScoped
public class JobCensus {

    /// Jobs of one status on one backend.
    public record Group(JobStatus status, String backend) {}

    /// How many jobs are on their way.
    public Map<Group, Long> unfinished(Connection connection) throws SQLException {
        // each part has a partial index; finished jobs, the bulk of the table, are never visited
        try (PreparedStatement statement = connection.prepareStatement(
                        "select status, backend_slug, count(*) from hub.jobs where status = 'QUEUED' group by 1, 2"
                                + " union all select status, backend_slug, count(*) from hub.jobs"
                                + " where status in ('PROVISIONING', 'RUNNING', 'CANCELLING') group by 1, 2");
                ResultSet rows = statement.executeQuery()) {
            Map<Group, Long> counts = new HashMap<>();
            while (rows.next()) {
                counts.put(new Group(JobStatus.valueOf(rows.getString(1)), rows.getString(2)), rows.getLong(3));
            }
            return counts;
        }
    }

    /// Which of these jobs have come to their end.
    public List<UUID> ended(Connection connection, Collection<UUID> jobs) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "select id from hub.jobs where id = any (?) and completed_at is not null")) {
            statement.setArray(1, connection.createArrayOf("uuid", jobs.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                List<UUID> ended = new ArrayList<>();
                while (rows.next()) {
                    ended.add(rows.getObject(1, UUID.class));
                }
                return ended;
            }
        }
    }
}
