-- Nobody works on it: cancelled at once and free of charge. Somebody does: asked to stop, and certain only when told so.
update hub.jobs j
   set status       = case when j.status in ('SUBMITTED', 'QUEUED') then 'CANCELLED' else 'CANCELLING' end,
       completed_at = case when j.status in ('SUBMITTED', 'QUEUED') then now() end,
       actual_cost  = case when j.status in ('SUBMITTED', 'QUEUED') then 0 end,
       status_reason = ?, sub_status = null, updated_at = now(), version = j.version + 1
 where j.id = ? and j.team_id = ? and j.child_count = 0 and j.status in ('SUBMITTED', 'QUEUED', 'PROVISIONING', 'RUNNING')
returning j.id, j.team_id, j.backend_slug, j.status, j.estimated_cost, coalesce(j.actual_cost, 0), j.currency
