package org.quantumhub.execution;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

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
                   coalesce(j.lease_until < now(), false),
                   (select case when count(*) filter (where s.last_verdict = 'INVALID') > 0 then coalesce(max(s.validation_error), 'The provider refuses them.')
                                when count(*) filter (where s.validation_status = 'UNKNOWN') > 0
                                     then coalesce(max(s.validation_error), 'They are being tried out.')
                                when t.own_account and count(s.id) = 0 then 'They were removed or switched off.' end
                      from hub.backends b
                      join hub.providers p on p.id = b.provider_id
                      left join hub.provider_tasks t on t.job_id = j.id or (cardinality(t.set_jobs) > 0 and t.set_jobs @> array [j.id])
                      left join hub.team_secrets s on s.team_id = j.team_id and s.provider = p.slug and s.is_active
                                                  and s.provider || '/' || s.key_name = any (?)
                     where b.slug = j.backend_slug and b.lane = 'PROVIDER' and j.status not in ('COMPLETED', 'FAILED', 'CANCELLED')
                       and (t.id is null or t.own_account)
                     group by t.own_account)
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
    /// @param secretTrouble what is wrong with the team's own credentials that the job needs; null when nothing is
    public record Standing(
            long ahead,
            long running,
            boolean leaseSilent,
            @Nullable String secretTrouble) {}

    /// @param accountKeys the secrets that make an account with a provider, as provider and name with a slash in
    /// between
    public Standing of(Connection connection, UUID jobId, Collection<String> accountKeys) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OUTLOOK)) {
            statement.setArray(1, connection.createArrayOf("text", accountKeys.toArray()));
            statement.setObject(2, jobId);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next()
                        ? new Standing(rows.getLong(1), rows.getLong(2), rows.getBoolean(3), rows.getString(4))
                        : new Standing(0, 0, false, null);
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
