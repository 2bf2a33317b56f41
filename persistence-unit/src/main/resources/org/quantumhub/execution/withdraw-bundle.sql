-- Ends a bundle that nobody has begun, for a reason of the hub's: the parent and those of its children that still wait. What
-- comes back tells whether that was all of it.
update hub.jobs j
   set status = 'CANCELLED', completed_at = now(), actual_cost = 0, status_reason = ?, sub_status = null,
       updated_at = now(), version = j.version + 1
 where j.team_id = ? and (j.id = ? or (j.parent_job_id = ? and j.child_index is not null))
   and j.status in ('SUBMITTED', 'QUEUED')
returning j.id, j.team_id, j.backend_slug, j.status, j.estimated_cost, j.actual_cost, j.currency
