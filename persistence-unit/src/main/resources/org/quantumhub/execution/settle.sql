-- Ends jobs: status and results in one statement, under the fence. Rows whose fence has moved on, or that have ended
-- already, are left alone and not returned; the caller charges what is returned, in the same transaction. A job that its
-- lane has reserved is still QUEUED, its attempt the next one; it begins and ends here.
with outcome as (
    select *
      from unnest(?::uuid[], ?::int[], ?::text[], ?::text[], ?::text[], ?::numeric[], ?::numeric[], ?::text[], ?::text[],
                  ?::uuid[], ?::uuid[], ?::text[], ?::uuid[], ?::text[], ?::int[], ?::int[])
           as o (job_id, fence, status, reason, message, cost, seconds, counts, memory, counts_id, memory_id, stored, worker, since,
                 first, last)
), mine as (
    -- what status it may have is asked below: here it would lead the planner to read every leased row for each outcome
    select j.id, j.status as found, o.*
      from outcome o
      join hub.jobs j on j.id = o.job_id
       and j.fence = o.fence - case when j.status = 'QUEUED' then 1 else 0 end
     order by j.id
       for no key update of j
), ended as (
    update hub.jobs j
       set status = m.status, status_reason = case m.status when 'CANCELLED' then j.status_reason else m.reason end,
           error_message = m.message, sub_status = null,
           actual_cost = m.cost, completed_at = now(), fence = m.fence, lease_owner = coalesce(m.worker, j.lease_owner), lease_until = null,
           -- a provider may have begun and ended a task between two questions
           started_at = coalesce(j.started_at, m.since::timestamptz, case m.status when 'COMPLETED' then now() end),
           quantum_time_seconds = m.seconds,
           -- a job that ran before it was written has no time of its own between the two
           wall_time_seconds = greatest(m.seconds, extract(epoch from now() - j.submitted_at)),
           updated_at = now(), version = j.version + 1
      from mine m
     where j.id = m.job_id
       and (m.found in ('RUNNING', 'CANCELLING') or m.found = 'QUEUED' and m.worker is not null)
    returning j.id, j.team_id, j.backend_slug, j.status, j.estimated_cost, j.actual_cost, j.currency, j.shots,
              m.seconds, m.counts, m.memory, m.counts_id, m.memory_id, m.stored::jsonb as stored, m.fence, m.first, m.last
), results as (
    insert into hub.job_results (id, team_id, job_id, result_type, result_data, primary_result, shots, quantum_time_seconds, fence,
                                 storage_path, size_bytes, digest, counts, probabilities)
    select e.counts_id, e.team_id, e.id, 'COUNTS', e.counts::jsonb, true, e.shots, e.seconds, e.fence,
           e.stored #>> '{COUNTS,path}', (e.stored #>> '{COUNTS,size}')::bigint, decode(e.stored #>> '{COUNTS,digest}', 'hex'),
           (?::integer[])[e.first:e.last], (?::double precision[])[e.first:e.last]
      from ended e
     where e.counts is not null or jsonb_exists(e.stored, 'COUNTS')
    union all
    select e.memory_id, e.team_id, e.id, 'MEMORY', e.memory::jsonb, false, e.shots, e.seconds, e.fence,
           e.stored #>> '{MEMORY,path}', (e.stored #>> '{MEMORY,size}')::bigint, decode(e.stored #>> '{MEMORY,digest}', 'hex'), null, null
      from ended e
     where e.memory is not null or jsonb_exists(e.stored, 'MEMORY')
)
select e.id, e.team_id, e.backend_slug, e.status, e.estimated_cost, e.actual_cost, e.currency from ended e order by e.team_id, e.id
