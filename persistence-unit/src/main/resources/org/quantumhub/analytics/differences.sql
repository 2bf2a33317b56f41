-- Holds the lines of a statement against the jobs: what each was charged here, and what the provider asks for it. A task that
-- the provider names by its own id is the job's that the hub ordered it for; what it names and the hub does not know has a
-- place of its own in the order. Where a statement covers a period, it should name every task that was ordered in it.
with statement as (
    select s.id, s.provider, s.period_start::timestamp at time zone 'UTC' as begins,
           (s.period_end + 1)::timestamp at time zone 'UTC' as ends
      from hub.provider_statements s
     where s.id = ?
), said as (
    select coalesce(t.job_id, l.job_id, md5(l.task_id)::uuid) as place, coalesce(t.job_id, l.job_id) as job_id,
           min(coalesce(l.task_id, o.provider_task_id)) as task_id,
           l.currency, sum(l.amount) as amount, sum(l.shots) as shots, count(*) as lines
      from statement s
      join hub.provider_statement_lines l on l.statement_id = s.id
      left join hub.provider_tasks t on t.provider_slug = s.provider and t.provider_task_id = l.task_id
      left join hub.provider_tasks o on o.job_id = l.job_id
     group by 1, 2, l.currency
), compared as (
    select case when s.currency = j.currency then s.place else md5(s.place::text || s.currency)::uuid end as place,
           s.job_id, s.task_id, s.amount, s.currency, s.shots, s.lines, j.status, j.actual_cost,
           case when s.job_id is null then 'UNKNOWN_TASK'
                when j.id is null then 'UNKNOWN_JOB'
                when s.lines > 1 then 'TWICE'
                when j.completed_at is null then 'UNFINISHED'
                when j.status <> 'COMPLETED' and s.amount > 0 then 'NOT_CHARGED_HERE'
                when j.currency <> s.currency then 'OTHER_CURRENCY'
                when s.shots <> j.shots then 'OTHER_SHOTS'
                when s.amount > j.actual_cost then 'DEARER_THAN_CHARGED' end as difference
      from said s
      left join hub.jobs j on j.id = s.job_id
    union all
    select t.job_id, t.job_id, t.provider_task_id, 0, j.currency, null, 0, j.status, j.actual_cost, 'MISSING'
      from statement s
      join hub.provider_tasks t on t.provider_slug = s.provider and t.submitted_at >= s.begins and t.submitted_at < s.ends
      join hub.jobs j on j.id = t.job_id and j.status = 'COMPLETED'
     where not exists (select from said a where a.job_id = t.job_id)
)
select c.place, c.job_id, c.task_id, c.amount, c.currency, c.shots, c.lines, c.status, c.actual_cost, c.difference
  from compared c
 where c.difference is not null and c.place > coalesce(?::uuid, '00000000-0000-0000-0000-000000000000'::uuid)
 order by c.place
 limit ?
