package org.quantumhub.execution;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
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

    private static final String ORDER = """
            select t.state <> 'INTENT', t.provider_status, t.queue_position, e.detail ->> 'failure',
                   coalesce((e.detail ->> 'status')::int, 0),
                   case when t.state <> 'SETTLED' and (t.lease_until is null or t.lease_until < now())
                        then greatest(0, extract(epoch from now() - t.next_due_at)) else 0 end::float8
              from hub.provider_tasks t
              left join lateral (select c.detail from hub.job_events c
                                  where c.job_id = t.job_id and c.detail is not null order by c.id desc limit 1) e on true
             where t.job_id = ? or (cardinality(t.set_jobs) > 0 and t.set_jobs @> array [?::uuid])
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

    /// What was ordered at a provider for a job, alone or with others, and how the last call about it went.
    public Optional<JobFacts.Order> order(Connection connection, UUID jobId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ORDER)) {
            statement.setObject(1, jobId);
            statement.setObject(2, jobId);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next()
                        ? Optional.of(new JobFacts.Order(
                                rows.getBoolean(1),
                                rows.getString(2),
                                rows.getString(3),
                                rows.getString(4),
                                rows.getString(4) == null ? 0 : rows.getInt(5),
                                rows.getDouble(6)))
                        : Optional.empty();
            }
        }
    }
}
