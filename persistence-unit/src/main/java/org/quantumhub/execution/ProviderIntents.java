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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.quantumhub.execution.ProviderTaskRegister.Reachable;
import org.quantumhub.shared.Columns;
import org.quantumhub.shared.Ids;

/// Writes down what is to be ordered at providers, before anything is, on the connection of the caller's transaction.
@ApplicationScoped
public class ProviderIntents {

    /// @param bundle the parent of jobs that may share a task; null for those that may not
    private record Due(
            UUID jobId,
            UUID teamId,
            String backend,
            String provider,
            @Nullable UUID bundle,
            int shots,
            int gates,
            boolean own) {}

    /// Writes down an intent, with its token, for jobs that wait for a provider, and takes their lease. A job of a team
    /// that has credentials of its own with the provider is ordered with these, and waits while they are not known to
    /// be
    /// good.
    ///
    /// @param backends to which orders can be sent now
    /// @param takes what each of them takes in one task
    /// @param accountKeys the secrets that make an account, as provider and name with a slash in between
    public List<OpenTask> begin(
            Connection connection,
            UUID owner,
            int leaseSeconds,
            Reachable backends,
            Map<String, Together> takes,
            Collection<String> accountKeys,
            int atMost)
            throws SQLException {
        List<Due> due = due(connection, backends, accountKeys, atMost);
        if (due.isEmpty()) {
            return List.of();
        }
        List<List<Due>> sets = sets(due, takes);
        try (PreparedStatement statement = connection.prepareStatement("""
                insert into hub.provider_tasks (id, job_id, team_id, backend_slug, provider_slug, token, submissions, fence,
                                                lease_owner, lease_until, set_jobs, own_account)
                select id, job_id, team_id, backend, provider, token, 1, 1, owner, now() + make_interval(secs => lease),
                       set_jobs::uuid[], own
                  from unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?::uuid[], ?::int[], ?::text[], ?::bool[])
                       as n (id, job_id, team_id, backend, provider, token, owner, lease, set_jobs, own)
                """)) {
            Columns.of(sets)
                    .uuid(d -> Ids.next())
                    .uuid(d -> d.getFirst().jobId())
                    .uuid(d -> d.getFirst().teamId())
                    .text(d -> d.getFirst().backend())
                    .text(d -> d.getFirst().provider())
                    .text(d -> "qh-" + UUID.randomUUID())
                    .uuid(d -> owner)
                    .integer(d -> leaseSeconds)
                    .text(ProviderIntents::members)
                    .bool(d -> d.getFirst().own())
                    .bind(statement);
            statement.executeUpdate();
        }
        List<UUID> jobs = due.stream().map(Due::jobId).toList();
        // both steps are recorded; in between, inside the transaction, no simulator lane sees the job
        ProviderTaskRegister.step(
                connection,
                "update hub.jobs set status = 'QUEUED', queued_at = now(), sub_status = null where id = any (?)",
                jobs);
        ProviderTaskRegister.step(
                connection,
                "update hub.jobs set status = 'PROVISIONING', sub_status = 'WAITING_QPU', fence = fence + 1, lease_owner = '"
                        + ProviderTaskRegister.LANE
                        + "', lease_until = 'infinity', updated_at = now(), version = version + 1 where id = any (?)",
                jobs);
        return ProviderTaskRegister.tasks(connection, "t.job_id = any (?)", jobs);
    }

    /// The jobs of each task: those of one bundle together, as many as fit, in their order.
    private static List<List<Due>> sets(List<Due> due, Map<String, Together> limits) {
        List<List<Due>> sets = new ArrayList<>();
        Map<String, List<Due>> open = new HashMap<>();
        for (Due job : due) {
            String key = job.bundle() + " " + job.backend();
            List<Due> set = job.bundle() == null ? null : open.get(key);
            if (set != null
                    && limits.getOrDefault(job.backend(), Together.ALONE)
                            .holds(
                                    set.size() + 1,
                                    (long) job.shots() * (set.size() + 1),
                                    set.stream().mapToLong(Due::gates).sum() + job.gates())) {
                set.add(job);
            } else {
                List<Due> fresh = new ArrayList<>(List.of(job));
                sets.add(fresh);
                open.put(key, fresh);
            }
        }
        return sets;
    }

    private static String members(List<Due> set) {
        return set.size() == 1
                ? "{}"
                : set.stream().map(due -> due.jobId().toString()).collect(Collectors.joining(",", "{", "}"));
    }

    private static List<Due> due(Connection connection, Reachable backends, Collection<String> accountKeys, int atMost)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                select j.id, j.team_id, b.slug, p.slug,
                       case when j.child_index is not null and j.program_format <> 'AHS'
                                 and coalesce(position('#pragma braket result' in j.program), 0) = 0 then j.parent_job_id end,
                       j.shots, j.gate_count, a.own
                  from hub.jobs j
                  join hub.backends b on b.slug = j.backend_slug
                  join hub.providers p on p.id = b.provider_id
                 cross join lateral (
                       select count(*) > 0 as own,
                              bool_or(s.validation_status = 'UNKNOWN' or s.last_verdict = 'INVALID') as doubtful
                         from hub.team_secrets s
                        where s.team_id = j.team_id and s.provider = p.slug and s.is_active
                          and s.provider || '/' || s.key_name = any (?)) a
                 where j.status = 'SUBMITTED' and j.sub_status is null and b.lane = 'PROVIDER'
                   and case when a.own then b.slug = any (?) and a.doubtful is not true else b.slug = any (?) end
                 order by j.id
                 limit ?
                   for update of j skip locked
                """)) {
            statement.setArray(1, connection.createArrayOf("text", accountKeys.toArray()));
            statement.setArray(
                    2, connection.createArrayOf("text", backends.asTeams().toArray()));
            statement.setArray(
                    3, connection.createArrayOf("text", backends.asHub().toArray()));
            statement.setInt(4, atMost);
            try (ResultSet rows = statement.executeQuery()) {
                List<Due> due = new ArrayList<>();
                while (rows.next()) {
                    due.add(new Due(
                            rows.getObject(1, UUID.class),
                            rows.getObject(2, UUID.class),
                            rows.getString(3),
                            rows.getString(4),
                            rows.getObject(5, UUID.class),
                            rows.getInt(6),
                            rows.getInt(7),
                            rows.getBoolean(8)));
                }
                return due;
            }
        }
    }
}
