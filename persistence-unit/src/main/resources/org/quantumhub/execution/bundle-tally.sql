-- How far bundles have come; those that somebody else is looking at are left out. Children are found by their own index.
with parents as (
    select p.id, p.team_id, p.status, p.child_count
      from hub.jobs p
     where p.id = any (?) and p.child_count > 0 and p.completed_at is null
     order by p.id
       for update skip locked
)
select p.id, p.team_id, p.status, p.child_count, c.waiting, c.completed, c.failed, c.cancelled, c.seconds
  from parents p
 cross join lateral (select count(*) filter (where j.status in ('SUBMITTED', 'QUEUED')) as waiting,
                            count(*) filter (where j.status = 'COMPLETED') as completed,
                            count(*) filter (where j.status = 'FAILED') as failed,
                            count(*) filter (where j.status = 'CANCELLED') as cancelled,
                            coalesce(sum(j.quantum_time_seconds), 0) as seconds
                       from hub.jobs j
                      where j.team_id = p.team_id and j.parent_job_id = p.id and j.child_index is not null) c
