-- Holds the lines of a statement against the jobs: what each was charged here, and what the provider asks for it.
with said as (
    select l.job_id, l.currency, sum(l.amount) as amount, sum(l.shots) as shots, count(*) as lines
      from hub.provider_statement_lines l
     where l.statement_id = ?
     group by l.job_id, l.currency
)
select s.job_id, s.amount, s.currency, s.shots, s.lines, j.status, j.actual_cost, j.currency as job_currency, j.shots as job_shots,
       case when j.id is null then 'UNKNOWN_JOB'
            when s.lines > 1 then 'TWICE'
            when j.completed_at is null then 'UNFINISHED'
            when j.status <> 'COMPLETED' and s.amount > 0 then 'NOT_CHARGED_HERE'
            when j.currency <> s.currency then 'OTHER_CURRENCY'
            when s.shots <> j.shots then 'OTHER_SHOTS'
            when s.amount > j.actual_cost then 'DEARER_THAN_CHARGED' end as difference
  from said s
  left join hub.jobs j on j.id = s.job_id
 where s.job_id > coalesce(?::uuid, '00000000-0000-0000-0000-000000000000'::uuid)
   and (j.id is null or s.lines > 1 or j.completed_at is null or (j.status <> 'COMPLETED' and s.amount > 0)
        or j.currency <> s.currency or s.shots <> j.shots or s.amount > j.actual_cost)
 order by s.job_id
 limit ?
