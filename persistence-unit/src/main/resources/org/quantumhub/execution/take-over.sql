-- Takes over a job whose worker has let its lease run out. The fence rises, so the old worker's settlement, should it
-- still come, finds no row. One job at a time: should it be what ends servers, the others do not lose another one with it.
with abandoned as (
    select j.id
      from hub.jobs j
     where j.status = 'RUNNING' and j.lease_until < now() and j.fence < ?
     order by j.lease_until
     limit 1
       for update skip locked
)
update hub.jobs j
   set fence = j.fence + 1, lease_owner = ?, lease_until = now() + make_interval(secs => ?),
       status_reason = 'TAKEN_OVER', error_message = null, error_details = null, updated_at = now(), version = j.version + 1
 where j.id = any (array (select a.id from abandoned a))
returning j.id, j.team_id, j.fence, j.program_format, coalesce(j.program, j.circuit_data::text), j.shots, j.seed, j.memory,
          j.backend_slug, j.estimated_cost, j.currency, j.price_version_id,
          extract(epoch from now() - coalesce(j.queued_at, j.submitted_at))::float8,
          nullif(j.parameters, '{}')::text, case when j.child_index is not null then j.parent_job_id end, j.cache_key
