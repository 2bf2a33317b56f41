-- Gives birth to a group of jobs: queued, waiting for their time, or ended already because a server ran them inside the
-- request. A job for a provider waits as SUBMITTED, out of the simulator lanes' sight, until its task is written down.
-- What few jobs have travels as one JSON document, null for the others; and so does the end of those that have ended.
insert into hub.jobs
       (id, team_id, user_id, name, run_mode, execution_mode, backend_slug, circuit_data, program, program_format, shots, seed, memory,
        tags, metadata, qubit_count, gate_count, depth, expected_micros, estimated_cost, currency, price_version_id, request_id,
        status, sub_status, fence, lease_owner, queued_at, started_at, completed_at, actual_cost, status_reason, error_message,
        quantum_time_seconds, wall_time_seconds,
        priority, run_at, expires_at, retention_days, parent_job_id, child_index, parameters, notification_email, cache_key, cached_from, project_id)
select id, team_id, user_id, name, run_mode, case when ended is null then 'BATCH' else 'DIRECT' end, backend_slug,
       circuit_data::jsonb, program, program_format, shots, seed, memory,
       tags::text[], coalesce(metadata, '{}')::jsonb, qubit_count, gate_count, depth, expected_micros, estimated_cost, currency,
       price_version_id, request_id,
       case when ended is not null then ended ->> 'status'
            when run_mode = 'SCHEDULED' then 'SUBMITTED'
            when exists (select from hub.backends b where b.slug = t.backend_slug and b.lane = 'PROVIDER') then 'SUBMITTED'
            else 'QUEUED' end,
       case when run_mode = 'SCHEDULED' then 'SCHEDULED' end,
       coalesce((ended ->> 'fence')::int, 0), (ended ->> 'server')::uuid,
       case when run_mode <> 'SCHEDULED' then now() end,
       case when ended is not null then now() end, case when ended is not null then now() end,
       (ended ->> 'cost')::numeric, ended ->> 'reason', ended ->> 'message',
       (ended ->> 'seconds')::numeric, (ended ->> 'seconds')::numeric,
       coalesce((terms ->> 'priority')::smallint, 0), (terms ->> 'runAt')::timestamptz, (terms ->> 'expiresAt')::timestamptz,
       (terms ->> 'retentionDays')::int, (terms ->> 'parentId')::uuid, (terms ->> 'childIndex')::int,
       coalesce(terms -> 'parameters', '{}'), terms ->> 'notificationEmail', decode(terms ->> 'cacheKey', 'hex'),
       (terms ->> 'cachedFrom')::uuid, (terms ->> 'projectId')::uuid
  from (select n.*, n.ended_text::jsonb as ended, n.terms_text::jsonb as terms
          from unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::int[],
                      ?::bigint[], ?::bool[], ?::text[], ?::text[], ?::int[], ?::int[], ?::int[], ?::bigint[], ?::numeric[], ?::text[],
                      ?::uuid[], ?::text[], ?::text[], ?::text[])
               as n (id, team_id, user_id, name, run_mode, backend_slug, circuit_data, program, program_format, shots, seed, memory,
                     tags, metadata, qubit_count, gate_count, depth, expected_micros, estimated_cost, currency, price_version_id,
                     request_id, ended_text, terms_text)) as t
