-- Gives a paused job, or what is left of a bundle, back to where it was: to the queue, or to its time.
update hub.jobs j
   set sub_status = case when j.status = 'SUBMITTED' and j.run_at > now() then 'SCHEDULED' when j.child_count > 0 then 'WAITING_CHILDREN' end,
       updated_at = now(), version = j.version + 1
 where j.team_id = ? and (j.id = ? or (j.parent_job_id = ? and j.child_index is not null))
   and j.sub_status = 'PAUSED'
