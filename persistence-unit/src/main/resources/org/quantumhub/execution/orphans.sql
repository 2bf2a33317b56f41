-- Of these results in the object store, those that no row tells of and none will: their job has ended, or is gone, and none of
-- its results lies there.
select s.path
  from unnest(?::text[], ?::uuid[]) as s (path, job_id)
 where not exists (select from hub.job_results r where r.job_id = s.job_id and r.storage_path = s.path)
   and not exists (select from hub.jobs j
                    where j.id = s.job_id and (j.completed_at is null or j.results_storage_path = s.path))
