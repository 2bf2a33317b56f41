-- Puts scheduled jobs whose time has come into the queue, or where the provider lane looks for them.
with due as (
    select j.id
      from hub.jobs j
     where j.status = 'SUBMITTED' and j.sub_status = 'SCHEDULED' and j.run_at <= now()
     order by j.run_at
     limit ?
       for update skip locked
)
update hub.jobs j
   set status = case when b.lane = 'PROVIDER' and j.child_count = 0 then 'SUBMITTED' else 'QUEUED' end,
       sub_status = case when j.child_count > 0 then 'WAITING_CHILDREN' end, queued_at = now(),
       updated_at = now(), version = j.version + 1
  from hub.backends b
 where b.slug = j.backend_slug and j.id = any (array (select d.id from due d))
