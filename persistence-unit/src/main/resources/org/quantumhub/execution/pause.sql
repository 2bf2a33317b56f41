-- Keeps a job, or what is left of a bundle, away from the lanes.
update hub.jobs j
   set sub_status = 'PAUSED', updated_at = now(), version = j.version + 1
 where j.team_id = ? and (j.id = ? or (j.parent_job_id = ? and j.child_index is not null))
   and (j.status in ('SUBMITTED', 'QUEUED') or (j.status = 'RUNNING' and j.child_count > 0))
   and j.sub_status is distinct from 'PAUSED'
