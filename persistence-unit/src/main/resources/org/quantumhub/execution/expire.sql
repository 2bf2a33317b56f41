-- Ends jobs that nobody has begun by the time their submitter named. They never ran and cost nothing.
with late as (
    select j.id
      from hub.jobs j
     where j.expires_at <= now() and j.status in ('SUBMITTED', 'QUEUED') and j.child_count = 0
     order by j.expires_at
     limit ?
       for update skip locked
)
update hub.jobs j
   set status = 'CANCELLED', status_reason = 'EXPIRED', sub_status = null, actual_cost = 0, completed_at = now(),
       updated_at = now(), version = j.version + 1
 where j.id = any (array (select l.id from late l))
returning j.id, j.team_id, j.backend_slug, j.status, j.estimated_cost, j.actual_cost, j.currency
