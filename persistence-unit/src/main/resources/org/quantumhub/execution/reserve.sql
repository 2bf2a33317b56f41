-- A lane reserves short jobs by writing down which: one row for all of them. They stay QUEUED, and settle.sql ends them from
-- there. Another lane may have written down the same ones after claim.sql had begun to look and before it locked them:
-- this statement sees that, because it looks anew.
insert into hub.reservations (server_id, lane, jobs, reserved_at, reserved_until)
select o.server_id, o.lane,
       array (select t.id
                from unnest(?::uuid[]) as t (id)
               where t.id not in (select unnest(c.jobs) from hub.reservations c where (c.server_id, c.lane) <> (o.server_id, o.lane))),
       now(), now() + make_interval(secs => ?)
  from (values (?::uuid, ?::int)) as o (server_id, lane)
on conflict (server_id, lane) do update
   set jobs = excluded.jobs, reserved_at = excluded.reserved_at, reserved_until = excluded.reserved_until
returning jobs
