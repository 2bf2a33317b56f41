-- Holds the lines of a statement against the jobs: what they were charged here, and what the provider asks for them. A task that
-- the provider names by its own id is that of the job the hub ordered it for, or of all jobs of a program set together; what it
-- names and the hub does not know has a place of its own in the order. Where a statement covers a period, it should name every
-- task that was ordered in it.
with statement as (
    select s.id, s.provider, s.period_start::timestamp at time zone 'UTC' as begins,
           (s.period_end + 1)::timestamp at time zone 'UTC' as ends
      from hub.provider_statements s
     where s.id = ?
), named as (
    select case when t.id is null then case when l.job_id is not null then array [l.job_id] end
                when cardinality(t.set_jobs) > 0 then t.set_jobs
                else array [t.job_id] end as jobs,
           coalesce(l.task_id, o.provider_task_id) as task_id, l.amount, l.currency, l.shots
      from statement s
      join hub.provider_statement_lines l on l.statement_id = s.id
      left join hub.provider_tasks t on t.provider_slug = s.provider and t.provider_task_id = l.task_id
      left join hub.provider_tasks o on o.job_id = l.job_id and l.task_id is null
), said as (
    select coalesce(n.jobs[1], md5(n.task_id)::uuid) as place, n.jobs, min(n.task_id) as task_id,
           n.currency, sum(n.amount) as amount, sum(n.shots) as shots, count(*) as lines
      from named n
     group by 1, n.jobs, n.currency
), said_jobs as (
    select distinct unnest(s.jobs) as job_id from said s
), compared as (
    select case when s.currency = h.currency then s.place else md5(s.place::text || s.currency)::uuid end as place,
           s.jobs[1] as job_id, s.task_id, s.amount, s.currency, s.shots, s.lines, h.status, h.cost,
           case when s.jobs is null then 'UNKNOWN_TASK'
                when h.known = 0 then 'UNKNOWN_JOB'
                when s.lines > 1 then 'TWICE'
                when not h.ended then 'UNFINISHED'
                when h.status <> 'COMPLETED' and s.amount > 0 then 'NOT_CHARGED_HERE'
                when h.currency <> s.currency then 'OTHER_CURRENCY'
                when s.shots <> h.shots then 'OTHER_SHOTS'
                when s.amount > h.cost then 'DEARER_THAN_CHARGED' end as difference
      from said s
     cross join lateral (select count(*) as known, bool_and(j.completed_at is not null) as ended,
                                coalesce(min(j.status) filter (where j.status = 'COMPLETED'), min(j.status)) as status,
                                min(j.currency) as currency, sum(j.shots) as shots,
                                case when bool_and(j.completed_at is not null) then sum(j.actual_cost) end as cost
                           from hub.jobs j
                          where j.id = any (s.jobs)) h
    union all
    select t.job_id, t.job_id, t.provider_task_id, 0, h.currency, null, 0, 'COMPLETED', h.cost, 'MISSING'
      from statement s
      join hub.provider_tasks t on t.provider_slug = s.provider and t.submitted_at >= s.begins and t.submitted_at < s.ends
     cross join lateral (select count(*) as completed, min(j.currency) as currency, sum(j.actual_cost) as cost
                           from hub.jobs j
                          where (j.id = t.job_id or j.id = any (t.set_jobs)) and j.status = 'COMPLETED') h
     where h.completed > 0
       and not exists (select from said_jobs a where a.job_id = t.job_id)
       and (cardinality(t.set_jobs) = 0 or not exists (select from said_jobs a where a.job_id = any (t.set_jobs)))
)
select c.place, c.job_id, c.task_id, c.amount, c.currency, c.shots, c.lines, c.status, c.cost, c.difference
  from compared c
 where c.difference is not null and c.place > coalesce(?::uuid, '00000000-0000-0000-0000-000000000000'::uuid)
 order by c.place
 limit ?
