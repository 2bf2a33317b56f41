-- Takes due jobs from the queue: the next ones by priority and age that nobody else is taking, as long as together
-- they are expected to take no more than a budget of time (always at least one), so that no job waits behind a claim
-- that one worker cannot get through soon.
with due as (
    select q.id, q.expected_micros, row_number() over w as place, sum(q.expected_micros) over w as together
      from (select j.id, j.priority, j.expected_micros
              from hub.jobs j
             where j.status = 'QUEUED'
             order by j.priority desc, j.id
             limit ?
               for update skip locked) q
    window w as (order by q.priority desc, q.id)
)
update hub.jobs j
   set status = 'RUNNING', fence = j.fence + 1, lease_owner = ?, lease_until = now() + make_interval(secs => ?),
       started_at = now(), updated_at = now(), version = j.version + 1
 where j.id = any (array (select d.id from due d where d.place = 1 or d.together <= ?))
returning j.id, j.team_id, j.fence, j.program_format, coalesce(j.program, j.circuit_data::text), j.shots, j.seed, j.memory,
          j.backend_slug, j.estimated_cost, j.currency, j.price_version_id, extract(epoch from now() - coalesce(j.queued_at, j.submitted_at))::float8
