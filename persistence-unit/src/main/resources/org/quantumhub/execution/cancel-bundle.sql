-- Cancels what is left of a bundle: children that nobody works on at once and free of charge, the others are asked to
-- stop. The parent is certain only when all of them are; it comes back among the rows, without a cost.
update hub.jobs j
   set status       = case when j.status = 'SUBMITTED' or (j.status = 'QUEUED' and j.child_count = 0) then 'CANCELLED' else 'CANCELLING' end,
       completed_at = case when j.status = 'SUBMITTED' or (j.status = 'QUEUED' and j.child_count = 0) then now() end,
       actual_cost  = case when j.status = 'SUBMITTED' or (j.status = 'QUEUED' and j.child_count = 0) then 0 end,
       status_reason = 'CANCELLED_BY_USER', sub_status = null, updated_at = now(), version = j.version + 1
  from hub.jobs p
 where p.id = ? and p.team_id = ? and p.child_count > 0 and p.status in ('SUBMITTED', 'QUEUED', 'RUNNING')
   and j.team_id = p.team_id and (j.id = p.id or (j.parent_job_id = p.id and j.child_index is not null))
   and j.status in ('SUBMITTED', 'QUEUED', 'PROVISIONING', 'RUNNING')
returning j.id, j.team_id, j.backend_slug, j.status, j.estimated_cost, coalesce(j.actual_cost, 0), j.currency
