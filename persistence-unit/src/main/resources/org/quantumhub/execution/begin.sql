-- Jobs of the queue begin to run, each with a lease of its own: long ones when they are claimed, short ones when they take
-- longer than expected, and those of a lane that is gone, whose leases have run out at that moment.
update hub.jobs j
   set status = 'RUNNING', fence = j.fence + 1, lease_owner = o.server_id, lease_until = now() + make_interval(secs => ?),
       started_at = o.since, updated_at = now(), version = j.version + 1
  from (values (?::uuid, ?::int, coalesce(?::timestamptz, now()))) as o (server_id, lane, since)
 where j.id = any (?)
   -- waits, and is not paused; said like this because the index of the queue knows these words, and finds no job by its id
   and coalesce(j.sub_status, j.status) = 'QUEUED'
   and j.id not in (select unnest(c.jobs) from hub.reservations c where (c.server_id, c.lane) <> (o.server_id, o.lane))
returning j.id
