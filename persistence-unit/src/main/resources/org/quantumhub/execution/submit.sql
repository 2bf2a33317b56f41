-- Gives birth to a group of jobs, queued or already claimed by the server that runs them inside the request. A job for a
-- provider waits as SUBMITTED, out of the simulator lanes' sight, until its task is written down.
insert into hub.jobs
       (id, team_id, user_id, name, run_mode, execution_mode, backend_slug, circuit_data, program, program_format, shots, seed, memory,
        tags, metadata, qubit_count, gate_count, depth, expected_micros, estimated_cost, currency, price_version_id, request_id,
        status, fence, lease_owner, lease_until, queued_at, started_at)
select id, team_id, user_id, name, run_mode, case when claimed_by is null then 'BATCH' else 'DIRECT' end, backend_slug,
       circuit_data::jsonb, program, program_format, shots, seed, memory,
       tags::text[], coalesce(metadata, '{}')::jsonb, qubit_count, gate_count, depth, expected_micros, estimated_cost, currency,
       price_version_id, request_id,
       case when claimed_by is not null then 'RUNNING'
            when exists (select from hub.backends b where b.slug = n.backend_slug and b.lane = 'PROVIDER') then 'SUBMITTED'
            else 'QUEUED' end, case when claimed_by is null then 0 else 1 end, claimed_by,
       case when claimed_by is not null then now() + make_interval(secs => lease_seconds) end, now(),
       case when claimed_by is not null then now() end
  from unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::int[],
              ?::bigint[], ?::bool[], ?::text[], ?::text[], ?::int[], ?::int[], ?::int[], ?::bigint[], ?::numeric[], ?::text[],
              ?::uuid[], ?::text[], ?::uuid[], ?::int[])
       as n (id, team_id, user_id, name, run_mode, backend_slug, circuit_data, program, program_format, shots, seed, memory,
             tags, metadata, qubit_count, gate_count, depth, expected_micros, estimated_cost, currency, price_version_id, request_id,
             claimed_by, lease_seconds)
