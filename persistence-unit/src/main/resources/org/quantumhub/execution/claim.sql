-- Finds due jobs in the queue and locks them, for reserve.sql or begin.sql to take in the same transaction. Teams take turns:
-- the claim goes round the teams that wait, beginning behind the one that was served last, and takes the first job of each
-- before the second of any. Inside a team the most urgent and then the oldest comes first. Together the jobs are expected
-- to take no more than a budget of time (always at least one), so that no job waits behind a claim that one worker cannot
-- get through soon. What another lane has reserved is passed by.
--
-- The next team is found by one step in the index of the queue, and so are its jobs: the claim reads as much with a
-- hundred thousand jobs in the queue as with a thousand.
with recursive given (most, last_team, usual_limit) as (
    select ?::int, ?::uuid, nullif(?::int, 0)
), ahead (team_id, place) as (
    select (select j.team_id from hub.jobs j
             where j.status = 'QUEUED' and j.sub_status is null and j.team_id > (select last_team from given)
             order by j.team_id limit 1), 1
    union all
    select (select j.team_id from hub.jobs j
             where j.status = 'QUEUED' and j.sub_status is null and j.team_id > a.team_id order by j.team_id limit 1), a.place + 1
      from ahead a, given g
     where a.team_id is not null and a.place < g.most
), behind (team_id, place) as (
    select (select j.team_id from hub.jobs j
             where j.status = 'QUEUED' and j.sub_status is null and j.team_id <= (select last_team from given)
             order by j.team_id limit 1), 1
    union all
    select (select j.team_id from hub.jobs j
             where j.status = 'QUEUED' and j.sub_status is null and j.team_id > b.team_id
               and j.team_id <= (select last_team from given)
             order by j.team_id limit 1), b.place + 1
      from behind b, given g
     where b.team_id is not null and b.place < g.most
), ring as (
    select w.team_id, row_number() over (order by w.round, w.place) as turn, count(*) over () as teams
      from (select a.team_id, a.place, 1 as round from ahead a union all select b.team_id, b.place, 2 from behind b) w
     where w.team_id is not null
), waiting as (
    select r.team_id, r.turn,
           least((g.most + r.teams - 1) / r.teams,
                 case when coalesce(l.max_running, g.usual_limit) is not null
                      then greatest(0, coalesce(l.max_running, g.usual_limit)
                                       - (select count(*) from hub.jobs j
                                           where j.team_id = r.team_id and j.status in ('PROVISIONING', 'RUNNING', 'CANCELLING')
                                             and j.child_count = 0))
                      else g.most end) as room
      from ring r
     cross join given g
      left join hub.team_limits l on l.team_id = r.team_id
     where r.turn <= g.most
), next as (
    select q.id, q.expected_micros, w.turn, w.room, row_number() over (partition by w.turn order by q.priority desc, q.id) as place
      from waiting w
     cross join lateral (select j.id, j.priority, j.expected_micros
                           from hub.jobs j
                          where j.status = 'QUEUED' and j.sub_status is null and j.team_id = w.team_id
                            and j.id not in (select unnest(c.jobs) from hub.reservations c)
                          order by j.priority desc, j.id
                          limit w.room
                            for no key update skip locked) q
), due as (
    select n.id, row_number() over o as place, sum(n.expected_micros) over o as together
      from next n
    window o as (order by n.place, n.turn)
)
select j.id, j.team_id, j.fence + 1, j.program_format, coalesce(j.program, j.circuit_data::text), j.shots, j.seed, j.memory,
       j.backend_slug, j.estimated_cost, j.currency, j.price_version_id,
       extract(epoch from now() - coalesce(j.queued_at, j.submitted_at))::float8,
       nullif(j.parameters, '{}')::text, case when j.child_index is not null then j.parent_job_id end, j.cache_key,
       -- how many were due, where no team may have more of them than were looked at
       (select case when bool_or(n.place >= n.room) then null else count(*) end from next n),
       j.expected_micros, now()
  from hub.jobs j
 where j.id = any (array (select d.id from due d, given g where d.place <= g.most and (d.place = 1 or d.together <= ?)))
