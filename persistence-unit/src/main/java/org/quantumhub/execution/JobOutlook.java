package org.quantumhub.execution;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/// How a job stands among those of its own team, on the connection of the caller's transaction.
@ApplicationScoped
public class JobOutlook {

    private static final String OUTLOOK = """
            select (select count(*) from (select 1 from hub.jobs o
                                           where o.team_id = j.team_id and o.status = 'QUEUED' and o.sub_status is null
                                             and (o.priority > j.priority or (o.priority = j.priority and o.id < j.id)) limit 10001) a),
                   (select count(*) from (select 1 from hub.jobs o
                                           where o.team_id = j.team_id and o.status in ('PROVISIONING', 'RUNNING', 'CANCELLING')
                                             and o.child_count = 0 limit 10001) r),
                   coalesce(j.lease_until < now(), false)
              from hub.jobs j
             where j.id = ?
            """;

    /// @param ahead jobs of the team that come first; counted up to 10,001
    /// @param running jobs of the team that run
    /// @param leaseSilent whether the worker's lease has run out
    public record Standing(long ahead, long running, boolean leaseSilent) {}

    public Standing of(Connection connection, UUID jobId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OUTLOOK)) {
            statement.setObject(1, jobId);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next()
                        ? new Standing(rows.getLong(1), rows.getLong(2), rows.getBoolean(3))
                        : new Standing(0, 0, false);
            }
        }
    }
}
