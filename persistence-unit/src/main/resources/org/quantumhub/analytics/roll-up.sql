-- Sums up the jobs that were submitted on a day. What was rolled up before is written anew.
insert into hub.usage_days (day, team_id, user_id, backend, currency, project_id, jobs, completed, failed, cancelled, shots, compute_seconds, cost)
select ?::date, j.team_id, j.user_id, j.backend_slug, j.currency, coalesce(j.project_id, '00000000-0000-0000-0000-000000000000'),
       count(*),
       count(*) filter (where j.status = 'COMPLETED'), count(*) filter (where j.status = 'FAILED'),
       count(*) filter (where j.status = 'CANCELLED'),
       coalesce(sum(j.shots) filter (where j.status = 'COMPLETED'), 0),
       coalesce(sum(j.quantum_time_seconds), 0), coalesce(sum(j.actual_cost), 0)
  from hub.jobs j
 where j.created_at >= ?::timestamptz and j.created_at < ?::timestamptz
 group by j.team_id, j.user_id, j.backend_slug, j.currency, j.project_id
 order by j.team_id, j.user_id, j.backend_slug, j.currency, j.project_id
on conflict (team_id, day, user_id, backend, currency, project_id) do update
   set jobs = excluded.jobs, completed = excluded.completed, failed = excluded.failed, cancelled = excluded.cancelled,
       shots = excluded.shots, compute_seconds = excluded.compute_seconds, cost = excluded.cost, rolled_at = now()
