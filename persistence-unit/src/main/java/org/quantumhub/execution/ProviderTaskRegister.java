package org.quantumhub.execution;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.execution.ProviderTask.State;
import org.quantumhub.shared.Columns;
import org.quantumhub.shared.Money;

/// Moves tasks through the provider lane, on the connection of the caller's transaction.
///
/// The lease of such a job belongs to the lane as a whole and never runs out: what can be taken over is the lease of
/// its
/// task, because the work is done elsewhere and goes on when a server dies.
@ApplicationScoped
public class ProviderTaskRegister {

    /// Who holds the jobs that providers work on.
    public static final UUID LANE = UUID.fromString("01920000-0000-7000-8000-00000000a001");

    private static final String TASK = """
            t.id, t.team_id, t.job_id, t.provider_slug, t.backend_slug, t.token, t.state, t.provider_task_id, t.provider_status,
            t.submissions, t.failures, t.cancel_sent_at is not null, t.fence,
            case when cardinality(t.set_jobs) = 0 then j.status
                 when exists (select from hub.jobs o where o.id = any (t.set_jobs) and o.status <> 'CANCELLING') then 'PROVISIONING'
                 else 'CANCELLING' end,
            extract(epoch from now() - t.created_at)::float8, t.created_at, t.set_jobs, t.own_account""";

    /// What can be called now: backends, to order there, or providers, to ask after what was ordered.
    ///
    /// @param asHub in the hub's account
    /// @param asTeams in accounts that teams have with them
    public record Reachable(Collection<String> asHub, Collection<String> asTeams) {

        public boolean isEmpty() {
            return asHub.isEmpty() && asTeams.isEmpty();
        }
    }

    static void step(Connection connection, String sql, List<UUID> ids) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
            statement.executeUpdate();
        }
    }

    static List<OpenTask> tasks(Connection connection, String condition, List<UUID> ids) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "select " + TASK + " from hub.provider_tasks t join hub.jobs j on j.id = t.job_id where " + condition
                        + " order by t.id")) {
            statement.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                List<OpenTask> tasks = new ArrayList<>();
                while (rows.next()) {
                    tasks.add(new OpenTask(
                            rows.getObject(1, UUID.class),
                            rows.getObject(2, UUID.class),
                            rows.getObject(3, UUID.class),
                            rows.getString(4),
                            rows.getString(5),
                            rows.getString(6),
                            State.valueOf(rows.getString(7)),
                            rows.getString(8),
                            rows.getString(9),
                            rows.getInt(10),
                            rows.getInt(11),
                            rows.getBoolean(12),
                            rows.getInt(13),
                            JobStatus.valueOf(rows.getString(14)),
                            rows.getDouble(15),
                            rows.getObject(16, OffsetDateTime.class).toInstant(),
                            List.of((UUID[]) rows.getArray(17).getArray()),
                            rows.getBoolean(18)));
                }
                return tasks;
            }
        }
    }

    /// Takes the lease of tasks that are due. One that is still an intent may be known to the provider already.
    ///
    /// @param providers that can be asked now
    public List<OpenTask> claim(Connection connection, UUID owner, int leaseSeconds, Reachable providers, int atMost)
            throws SQLException {
        List<UUID> claimed = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("""
                update hub.provider_tasks t
                   set lease_owner = ?, lease_until = now() + make_interval(secs => ?), fence = t.fence + 1,
                       submissions = t.submissions + case t.state when 'INTENT' then 1 else 0 end
                 where t.id = any (array (select d.id from hub.provider_tasks d
                                           where d.state <> 'SETTLED' and d.next_due_at <= now()
                                             and (d.lease_until is null or d.lease_until < now())
                                             and d.provider_slug = any (case when d.own_account then ?::text[] else ?::text[] end)
                                           order by d.next_due_at
                                           limit ?
                                             for update skip locked))
                returning t.id
                """)) {
            statement.setObject(1, owner);
            statement.setDouble(2, leaseSeconds);
            statement.setArray(
                    3, connection.createArrayOf("text", providers.asTeams().toArray()));
            statement.setArray(
                    4, connection.createArrayOf("text", providers.asHub().toArray()));
            statement.setInt(5, atMost);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    claimed.add(rows.getObject(1, UUID.class));
                }
            }
        }
        return claimed.isEmpty() ? List.of() : tasks(connection, "t.id = any (?)", claimed);
    }

    /// The jobs of a task in its order, with their programs: one, unless it is a set.
    public List<ClaimedJob> jobs(Connection connection, OpenTask task) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                select j.id, j.team_id, j.fence, j.program_format, coalesce(j.program, j.circuit_data::text), j.shots, j.seed,
                       j.memory, j.backend_slug, j.estimated_cost, j.currency,
                       j.price_version_id, extract(epoch from now() - coalesce(j.queued_at, j.submitted_at))::float8,
                       nullif(j.parameters, '{}')::text, case when j.child_index is not null then j.parent_job_id end
                  from unnest(?::uuid[]) with ordinality as m (job_id, place)
                  join hub.jobs j on j.id = m.job_id
                 order by m.place
                """)) {
            statement.setArray(1, connection.createArrayOf("uuid", task.jobs().toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                List<ClaimedJob> jobs = new ArrayList<>();
                while (rows.next()) {
                    jobs.add(new ClaimedJob(
                            rows.getObject(1, UUID.class),
                            rows.getObject(2, UUID.class),
                            rows.getInt(3),
                            ProgramFormat.valueOf(rows.getString(4)),
                            rows.getString(5),
                            rows.getInt(6),
                            rows.getLong(7),
                            rows.getBoolean(8),
                            rows.getString(9),
                            new Money(rows.getBigDecimal(10), Currency.getInstance(rows.getString(11))),
                            rows.getObject(12, UUID.class),
                            rows.getDouble(13),
                            rows.getString(14),
                            rows.getObject(15, UUID.class),
                            // what a device measured answers nobody else
                            null,
                            null));
                }
                if (jobs.size() != task.jobs().size()) {
                    throw new IllegalStateException("jobs of task " + task.id() + " are gone");
                }
                return jobs;
            }
        }
    }

    /// The provider has the task. Whoever learns it first writes it down; it is true whoever holds the lease.
    public void opened(Connection connection, OpenTask task, String providerTaskId, String status, long nextMillis)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                update hub.provider_tasks
                   set state = 'OPEN', provider_task_id = ?, provider_status = ?, submitted_at = now(), failures = 0,
                       lease_until = null, next_due_at = now() + make_interval(secs => ?)
                 where id = ? and state = 'INTENT'
                """)) {
            statement.setString(1, providerTaskId);
            statement.setString(2, status);
            statement.setDouble(3, nextMillis / 1e3);
            statement.setObject(4, task.id());
            statement.executeUpdate();
        }
    }

    /// What came of asking for a task that goes on.
    ///
    /// @param failed whether the answer was wrong
    /// @param certainlyUnsent whether it is known that the provider has not taken the order
    public record Later(
            OpenTask task,
            @Nullable String status,
            @Nullable String queuePosition,
            long nextMillis,
            boolean failed,
            boolean certainlyUnsent) {}

    /// Gives leases back until the tasks are due again.
    public void later(Connection connection, List<Later> group) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                update hub.provider_tasks t
                   set provider_status = coalesce(n.status, t.provider_status), queue_position = n.queue_position,
                       polls = t.polls + 1, last_polled_at = now(), lease_until = null,
                       failures = case when n.failed then t.failures + 1 else 0 end,
                       submissions = case when n.unsent then 0 else t.submissions end,
                       next_due_at = now() + make_interval(secs => n.millis / 1e3)
                  from unnest(?::uuid[], ?::int[], ?::text[], ?::text[], ?::bigint[], ?::bool[], ?::bool[])
                       as n (id, fence, status, queue_position, millis, failed, unsent)
                 where t.id = n.id and t.fence = n.fence and t.state <> 'SETTLED'
                """)) {
            Columns.of(group)
                    .uuid(l -> l.task().id())
                    .integer(l -> l.task().fence())
                    .text(Later::status)
                    .text(Later::queuePosition)
                    .bigint(Later::nextMillis)
                    .bool(Later::failed)
                    .bool(Later::certainlyUnsent)
                    .bind(statement);
            statement.executeUpdate();
        }
    }

    /// The provider has been asked to stop a task.
    public void cancelSent(Connection connection, OpenTask task) throws SQLException {
        step(
                connection,
                "update hub.provider_tasks set cancel_sent_at = coalesce(cancel_sent_at, now()) where id = any (?)",
                List.of(task.id()));
    }

    /// The device works on the jobs of a task now. A job that somebody cancels stays CANCELLING.
    public void running(Connection connection, OpenTask task) throws SQLException {
        step(
                connection,
                "update hub.jobs set status = 'RUNNING', sub_status = 'EXECUTING_QPU', started_at = now(), updated_at = now(),"
                        + " version = version + 1 where id = any (?) and status = 'PROVISIONING'",
                task.jobs());
    }

    /// Writes a call to the provider into the history of each job of a task, at its place in it.
    public void called(Connection connection, OpenTask task, String reason, String detail) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                insert into hub.job_events (team_id, job_id, status, sub_status, reason, fence, worker, detail)
                select j.team_id, j.id, j.status, j.sub_status, ?, j.fence, j.lease_owner, ?::jsonb
                  from (select * from hub.jobs where id = any (?) order by id for no key update) j
                """)) {
            statement.setString(1, reason);
            statement.setString(2, detail);
            statement.setArray(3, connection.createArrayOf("uuid", task.jobs().toArray()));
            statement.executeUpdate();
        }
    }

    /// Closes a task together with its job.
    ///
    /// @return false when somebody else holds it by now
    public boolean settle(Connection connection, OpenTask task, @Nullable String status, @Nullable UUID calibrationId)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                update hub.provider_tasks
                   set state = 'SETTLED', provider_status = coalesce(?, provider_status), calibration_id = ?, queue_position = null,
                       ended_at = now(), lease_until = null
                 where id = ? and fence = ? and state <> 'SETTLED'
                """)) {
            statement.setString(1, status);
            statement.setObject(2, calibrationId);
            statement.setObject(3, task.id());
            statement.setInt(4, task.fence());
            return statement.executeUpdate() == 1;
        }
    }

    /// Makes a task due at once, because somebody wants its job cancelled.
    public void hurry(Connection connection, UUID jobId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                update hub.provider_tasks
                   set next_due_at = now()
                 where state <> 'SETTLED'
                   and (job_id = ? or (cardinality(set_jobs) > 0 and set_jobs @> array [?::uuid]))
                """)) {
            statement.setObject(1, jobId);
            statement.setObject(2, jobId);
            statement.executeUpdate();
        }
    }

    /// A calibration as results name it.
    public record Calibration(UUID id, String validFrom, String digest) {}

    /// The calibration of a backend that was valid so many seconds ago.
    public Optional<Calibration> calibration(Connection connection, String backend, double secondsAgo)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                select c.id, to_char(c.valid_from at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), c.digest
                  from hub.backend_calibrations c
                  join hub.backends b on b.id = c.backend_id
                 where b.slug = ? and c.valid_from <= now() - make_interval(secs => ?)
                 order by c.valid_from desc
                 limit 1
                """)) {
            statement.setString(1, backend);
            statement.setDouble(2, secondsAgo);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next()
                        ? Optional.of(
                                new Calibration(rows.getObject(1, UUID.class), rows.getString(2), rows.getString(3)))
                        : Optional.empty();
            }
        }
    }

    /// Brings queue depth and waiting time of the backends up to date with the jobs of the last day.
    public void census(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                update hub.backends b
                   set queue_depth = n.waiting, average_queue_time = n.minutes
                  from (select b2.id,
                               (select count(*) from hub.provider_tasks t
                                 where t.backend_slug = b2.slug and t.state <> 'SETTLED')::int as waiting,
                               (select ceil(avg(extract(epoch from j.started_at - j.submitted_at)) / 60)::int
                                  from hub.provider_tasks t join hub.jobs j on j.id = t.job_id
                                 where t.backend_slug = b2.slug and t.state = 'SETTLED'
                                   and t.ended_at > now() - interval '1 day' and j.started_at is not null) as minutes
                          from hub.backends b2
                         where b2.lane = 'PROVIDER' and b2.emulates is not null) n
                 where n.id = b.id
                   and (b.queue_depth, b.average_queue_time) is distinct from (n.waiting, coalesce(n.minutes, b.average_queue_time))
                """)) {
            statement.executeUpdate();
        }
    }
}
