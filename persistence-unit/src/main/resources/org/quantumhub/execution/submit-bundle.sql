-- Gives birth to the parent of a bundle. Nobody claims it: it waits for its children, and costs nothing itself.
insert into hub.jobs
       (id, team_id, user_id, name, run_mode, backend_slug, shots, seed, memory, tags, metadata, qubit_count, gate_count, depth,
        expected_micros, estimated_cost, currency, price_version_id, request_id, status, sub_status, queued_at,
        priority, run_at, expires_at, retention_days, notification_email, parent_job_id, project_id, child_count)
select j.id, j.team_id, j.user_id, j.name, j.run_mode, j.backend_slug, j.shots, j.seed, j.memory, j.tags::text[],
       coalesce(j.metadata, '{}')::jsonb, j.qubit_count, j.gate_count, j.depth, j.expected_micros, 0, j.currency, j.price_version_id,
       j.request_id, case when j.run_mode = 'SCHEDULED' then 'SUBMITTED' else 'QUEUED' end,
       case when j.run_mode = 'SCHEDULED' then 'SCHEDULED' else 'WAITING_CHILDREN' end,
       case when j.run_mode <> 'SCHEDULED' then now() end,
       coalesce((j.terms ->> 'priority')::smallint, 0), (j.terms ->> 'runAt')::timestamptz, (j.terms ->> 'expiresAt')::timestamptz,
       (j.terms ->> 'retentionDays')::int, j.terms ->> 'notificationEmail', (j.terms ->> 'parentId')::uuid, (j.terms ->> 'projectId')::uuid,
       j.child_count
  from (values (?::uuid, ?::uuid, ?::uuid, ?::text, ?::text, ?::text, ?::int, ?::bigint, ?::bool, ?::text, ?::text, ?::int, ?::int,
                ?::int, ?::bigint, ?::text, ?::uuid, ?::text, ?::jsonb, ?::int))
       as j (id, team_id, user_id, name, run_mode, backend_slug, shots, seed, memory, tags, metadata, qubit_count, gate_count,
             depth, expected_micros, currency, price_version_id, request_id, terms, child_count)
