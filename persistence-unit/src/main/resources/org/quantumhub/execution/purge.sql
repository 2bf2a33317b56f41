-- Removes the results and logs of ended jobs whose time of keeping is over. The job and its money stay.
with over as (
    select j.id, j.team_id
      from hub.jobs j
     where j.retention_days is not null and j.completed_at is not null and j.purged_at is null
       and (j.completed_at at time zone 'UTC' + j.retention_days * interval '1 day') < now() at time zone 'UTC'
     order by (j.completed_at at time zone 'UTC' + j.retention_days * interval '1 day')
     limit ?
       for update skip locked
), logs as (
    delete from hub.job_logs l using over o where l.job_id = o.id
), results as (
    delete from hub.job_results r using over o where r.job_id = o.id
    returning r.storage_path
), marked as (
    update hub.jobs j
       set purged_at = now(), results_storage_path = null, updated_at = now(), version = j.version + 1
     where j.id = any (array (select o.id from over o))
    returning j.id
)
select m.id, null from marked m
union all
select null, r.storage_path from results r where r.storage_path is not null
