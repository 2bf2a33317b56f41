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
                        "select status, backend_slug, count(*) from hub.jobs where status = 'QUEUED' and sub_status is null group by 1, 2"
                                + " union all select status, backend_slug, count(*) from hub.jobs"
                                + " where status in ('SUBMITTED', 'QUEUED') and sub_status is not null group by 1, 2"
                                + " union all select status, backend_slug, count(*) from hub.jobs"
                                + " where status in ('PROVISIONING', 'RUNNING', 'CANCELLING') group by 1, 2");
                ResultSet rows = statement.executeQuery()) {
            Map<Group, Long> counts = new HashMap<>();
            while (rows.next()) {
                counts.merge(
                        new Group(JobStatus.valueOf(rows.getString(1)), rows.getString(2)), rows.getLong(3), Long::sum);
            }
            return counts;
        }
    }

    /// What waits for a lane, of all teams.
    ///
    /// @param jobs how many, counted up to a bound
    /// @param micros how long they are expected to compute together
    public record Backlog(long jobs, long micros) {}

    /// What waits for a lane. A queue beyond the bound is estimated from its beginning.
    public Backlog backlog(Connection connection, int bound) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "select count(*), coalesce(sum(q.expected_micros), 0) from (select j.expected_micros from hub.jobs j"
                        + " where j.status = 'QUEUED' and j.sub_status is null limit ?) q")) {
            statement.setInt(1, bound);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return new Backlog(rows.getLong(1), rows.getLong(2));
            }
        }
    }

    /// Servers that are alive.
    public int servers(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                        "select count(*) from hub.servers where ended_at is null and heartbeat_at > now() - interval '1 minute'");
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getInt(1);
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
