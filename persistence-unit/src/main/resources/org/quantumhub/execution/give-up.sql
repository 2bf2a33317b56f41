-- Jobs whose worker is gone and that nobody takes over: cancelled ones, and those that lost a worker too often.
with lost as (
    select j.id
      from hub.jobs j
     where j.status in ('RUNNING', 'CANCELLING') and j.child_count = 0 and j.lease_until < now() and (j.status = 'CANCELLING' or j.fence >= ?)
     order by j.lease_until
     limit ?
       for update skip locked
)
update hub.jobs j
   set status        = case j.status when 'CANCELLING' then 'CANCELLED' else 'FAILED' end,
       status_reason = case j.status when 'CANCELLING' then j.status_reason else 'ATTEMPTS_EXHAUSTED' end,
       error_message = case j.status when 'CANCELLING' then j.error_message
                            else 'The job lost its server ' || j.fence || ' times and is not begun again.' end,
       sub_status = null, actual_cost = 0, completed_at = now(), lease_until = null, fence = j.fence + 1,
       updated_at = now(), version = j.version + 1
 where j.id = any (array (select l.id from lost l))
returning j.id, j.team_id, j.backend_slug, j.status, j.estimated_cost, j.actual_cost, j.currency
