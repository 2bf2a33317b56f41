--liquibase formatted sql

--changeset hub:execution-0010-job-columns splitStatements:false
--comment: What a job may carry besides its circuit. References to things that have no table yet are plain ids; their domain adds the foreign key with the table.
alter table hub.jobs
    add column if not exists subscription_id      uuid,
    add column if not exists subscription_key_id  uuid,
    add column if not exists script_id            uuid,
    add column if not exists circuit_id           uuid,
    add column if not exists app_version_id       uuid,
    add column if not exists framework            varchar(20) check (framework in ('QISKIT', 'CIRQ', 'PENNYLANE', 'OPENQASM', 'MARQOV')),
    add column if not exists inline_code          text,
    add column if not exists platform             varchar(50),
    add column if not exists device_id            varchar(50),
    add column if not exists scaling_config       jsonb,
    add column if not exists temporal_status      varchar(50),
    add column if not exists workflow_id          varchar(200),
    add column if not exists temporal_run_id      varchar(200),
    add column if not exists workflow_metadata    jsonb,
    add column if not exists platform_job_id      varchar(200),
    add column if not exists braket_task_arns     text[],
    add column if not exists provider_status      varchar(50),
    add column if not exists client_token         uuid,
    add column if not exists results_storage_path varchar(255),
    add column if not exists error_details        jsonb,
    add column if not exists notification_email   varchar(254),
    add column if not exists create_capsule       boolean not null default false,
    add column if not exists capsule_name         varchar(255);
create index jobs_workflow on hub.jobs (workflow_id) where workflow_id is not null;
create unique index jobs_client_token on hub.jobs (client_token) where client_token is not null;
create index jobs_platform_job on hub.jobs (platform_job_id) where platform_job_id is not null;
--rollback drop index hub.jobs_platform_job; drop index hub.jobs_client_token; drop index hub.jobs_workflow; alter table hub.jobs drop column capsule_name, drop column create_capsule, drop column notification_email, drop column error_details, drop column results_storage_path, drop column client_token, drop column provider_status, drop column braket_task_arns, drop column platform_job_id, drop column workflow_metadata, drop column temporal_run_id, drop column workflow_id, drop column temporal_status, drop column scaling_config, drop column device_id, drop column platform, drop column inline_code, drop column framework, drop column app_version_id, drop column circuit_id, drop column script_id, drop column subscription_key_id, drop column subscription_id;

--changeset hub:execution-0011-terms splitStatements:false
--comment: When a job may run and how long it is kept. A job that is QUEUED or SUBMITTED with a sub-status waits for something else than a lane.
alter table hub.jobs
    add column run_at         timestamptz,
    add column expires_at     timestamptz,
    add column retention_days integer check (retention_days between 1 and 36500),
    add column purged_at      timestamptz,
    add column cached_from    uuid,
    add column cache_key      bytea check (octet_length(cache_key) = 32),
    drop constraint jobs_sub_status_check,
    add constraint jobs_sub_status_check check (sub_status in ('VALIDATING', 'HELD_BUDGET', 'WAITING_BACKEND', 'COMPILING',
                             'WAITING_QPU', 'EXECUTING_QPU', 'POST_PROCESSING', 'SCHEDULED', 'PAUSED', 'WAITING_CHILDREN')),
    add constraint jobs_priority check (priority between -100 and 100),
    add constraint jobs_schedule check ((run_mode = 'SCHEDULED') = (run_at is not null)),
    add constraint jobs_expiry check (expires_at > submitted_at and (run_at is null or expires_at > run_at)),
    add constraint jobs_purged check (purged_at is null or completed_at is not null);
create index jobs_due on hub.jobs (run_at) where status = 'SUBMITTED' and sub_status = 'SCHEDULED';
create index jobs_expiring on hub.jobs (expires_at) where expires_at is not null and status in ('SUBMITTED', 'QUEUED');
create index jobs_retention on hub.jobs ((completed_at at time zone 'UTC' + retention_days * interval '1 day'))
    where retention_days is not null and completed_at is not null and purged_at is null;
create index jobs_waiting on hub.jobs (sub_status) where status in ('SUBMITTED', 'QUEUED') and sub_status is not null;
--rollback drop index hub.jobs_waiting; drop index hub.jobs_retention; drop index hub.jobs_expiring; drop index hub.jobs_due; update hub.jobs set sub_status = null where sub_status in ('SCHEDULED', 'PAUSED', 'WAITING_CHILDREN'); alter table hub.jobs drop constraint jobs_purged, drop constraint jobs_expiry, drop constraint jobs_schedule, drop constraint jobs_priority, drop constraint jobs_sub_status_check, add constraint jobs_sub_status_check check (sub_status in ('VALIDATING', 'HELD_BUDGET', 'WAITING_BACKEND', 'COMPILING', 'WAITING_QPU', 'EXECUTING_QPU', 'POST_PROCESSING')), drop column cache_key, drop column cached_from, drop column purged_at, drop column retention_days, drop column expires_at, drop column run_at;

--changeset hub:execution-0012-bundles splitStatements:false
--comment: A bundle is a job of many circuits: a parent that nobody claims, and a child job for each circuit. Children hold and pay; the parent costs nothing itself.
alter table hub.jobs
    add column child_count integer not null default 0 check (child_count between 0 and 5000),
    add column child_index integer check (child_index >= 0),
    alter column program_format drop not null,
    drop constraint jobs_have_code,
    drop constraint jobs_format,
    drop constraint jobs_lease,
    add constraint jobs_have_code check (case when child_count > 0 then num_nonnulls(circuit_data, program, program_format) = 0
                                              else num_nonnulls(circuit_data, program) = 1 and program_format is not null end),
    add constraint jobs_format check ((program_format is not distinct from 'CIRCUIT_JSON') = (circuit_data is not null)),
    add constraint jobs_lease check (status not in ('PROVISIONING', 'RUNNING') or child_count > 0
                                     or (lease_owner is not null and lease_until is not null and fence > 0)),
    add constraint jobs_child check (child_index is null or (parent_job_id is not null and child_count = 0)),
    add constraint jobs_bundle_free check (child_count = 0 or estimated_cost = 0);
create unique index jobs_children on hub.jobs (team_id, parent_job_id, child_index) where child_index is not null;
create index jobs_bundles on hub.jobs (id) where child_count > 0 and completed_at is null;
--rollback drop index hub.jobs_bundles; drop index hub.jobs_children; alter table hub.jobs drop constraint jobs_bundle_free, drop constraint jobs_child, drop constraint jobs_lease, drop constraint jobs_format, drop constraint jobs_have_code, drop column child_index, drop column child_count, add constraint jobs_have_code check ((circuit_data is not null) <> (program is not null)), add constraint jobs_format check ((program_format = 'CIRCUIT_JSON') = (circuit_data is not null)), add constraint jobs_lease check (status not in ('PROVISIONING', 'RUNNING') or (lease_owner is not null and lease_until is not null and fence > 0)), alter column program_format set not null;

--changeset hub:execution-0013-new-facts splitStatements:false
--comment: The new columns that say what was submitted are as fixed as the old ones. Only updates that name them pay for the check.
create trigger jobs_terms_stay before update of parent_job_id, child_count, child_index, inline_code, framework, script_id, circuit_id,
        app_version_id, subscription_id, subscription_key_id, cached_from, cache_key
    on hub.jobs for each row execute function hub.guard_job_facts();
--rollback drop trigger jobs_terms_stay on hub.jobs;

--changeset hub:execution-0014-event-messages splitStatements:false rollbackSplitStatements:false
--comment: The error of an attempt stays with the attempt: it is kept in the attempt's event, whatever becomes of the job later.
alter table hub.job_events add column message varchar(1000);
-- without nested loops: the plan is kept, and one made for a single row would compare each of thousands with all others
create or replace function hub.record_job_steps() returns trigger
    language plpgsql
    set search_path = pg_catalog, hub
    set enable_seqscan = off
    set enable_nestloop = off as
$$
begin
    insert into hub.job_events (team_id, job_id, status, sub_status, reason, fence, worker, message)
    select n.team_id, n.id, n.status, n.sub_status, n.status_reason, n.fence, n.lease_owner,
           case when n.error_message is distinct from o.error_message then n.error_message end
      from after_step n
      join before_step o on o.id = n.id
     where (o.status, o.sub_status, o.fence) is distinct from (n.status, n.sub_status, n.fence)
     order by n.id;
    return null;
end
$$;
create or replace function hub.record_job_birth() returns trigger
    language plpgsql
    set search_path = pg_catalog, hub as
$$
begin
    insert into hub.job_events (team_id, job_id, status, sub_status, reason, fence, worker)
    select j.team_id, j.id, s.status, case when s.status = j.status then j.sub_status end, j.status_reason, j.fence, j.lease_owner
      from born j
     cross join lateral unnest(case j.status when 'SUBMITTED' then array ['SUBMITTED']
                                             when 'QUEUED' then array ['SUBMITTED', 'QUEUED']
                                             else array ['SUBMITTED', 'QUEUED', j.status] end)
                with ordinality as s (status, step)
     order by j.id, s.step;
    return null;
end
$$;
--rollback create or replace function hub.record_job_birth() returns trigger language plpgsql set search_path = pg_catalog, hub as $body$ begin insert into hub.job_events (team_id, job_id, status, reason, fence, worker) select j.team_id, j.id, s.status, j.status_reason, j.fence, j.lease_owner from born j cross join lateral unnest(case j.status when 'SUBMITTED' then array ['SUBMITTED'] when 'QUEUED' then array ['SUBMITTED', 'QUEUED'] else array ['SUBMITTED', 'QUEUED', j.status] end) with ordinality as s (status, step) order by j.id, s.step; return null; end $body$; create or replace function hub.record_job_steps() returns trigger language plpgsql set search_path = pg_catalog, hub set enable_seqscan = off as $body$ begin insert into hub.job_events (team_id, job_id, status, sub_status, reason, fence, worker) select n.team_id, n.id, n.status, n.sub_status, n.status_reason, n.fence, n.lease_owner from after_step n join before_step o on o.id = n.id where (o.status, o.sub_status, o.fence) is distinct from (n.status, n.sub_status, n.fence) order by n.id; return null; end $body$; alter table hub.job_events drop column message;

--changeset hub:execution-0015-logs splitStatements:false
create table hub.job_logs (
    id         bigint        generated always as identity primary key,
    team_id    uuid          not null,
    job_id     uuid          not null,
    attempt    integer       not null check (attempt >= 0),
    stream     varchar(10)   not null check (stream in ('USER', 'PLATFORM')),
    level      varchar(10)   not null check (level in ('DEBUG', 'INFO', 'WARNING', 'ERROR')),
    message    varchar(8000) not null,
    created_at timestamptz   not null default clock_timestamp(),
    foreign key (team_id, job_id) references hub.jobs (team_id, id)
);
comment on table hub.job_logs is 'What a job wrote itself (USER) and what the hub has to say about it (PLATFORM), line by line. A line is never changed; lines go with the results when their time is over.';
create index job_logs_job on hub.job_logs (job_id, id);
create trigger job_logs_append_only before update on hub.job_logs for each row execute function hub.refuse_change();
create trigger job_logs_no_truncate before truncate on hub.job_logs for each statement execute function hub.refuse_change();
alter table hub.job_logs enable row level security;
alter table hub.job_logs force row level security;
create policy job_logs_acting on hub.job_logs to hub_app
    using (team_id = any ((select hub.current_teams())::uuid[]))
    with check (team_id = any ((select hub.current_teams())::uuid[]));
create policy job_logs_system on hub.job_logs to hub_worker using (true) with check (true);
create policy job_logs_read on hub.job_logs for select to hub_reader using (true);
grant select, insert on hub.job_logs to hub_app;
grant select, insert, delete on hub.job_logs to hub_worker;
grant select on hub.job_logs to hub_reader;

-- What goes wrong is logged by the database itself; a job that goes right costs two comparisons.
create function hub.log_job_trouble() returns trigger
    language plpgsql
    set search_path = pg_catalog, hub as
$$
begin
    insert into hub.job_logs (team_id, job_id, attempt, stream, level, message)
    values (new.team_id, new.id, old.fence, 'PLATFORM',
            case when new.status = 'FAILED' then 'ERROR' else 'WARNING' end,
            case when new.status = 'FAILED' then coalesce(new.status_reason, 'FAILED') || ': ' || new.error_message
                 else 'The server of attempt ' || old.fence || ' fell silent; attempt ' || new.fence || ' begins.' end);
    return null;
end
$$;
create trigger jobs_trouble after update on hub.jobs for each row
    when ((new.status = 'FAILED' and old.status <> 'FAILED') or (new.fence > old.fence and old.status = 'RUNNING' and new.status = 'RUNNING'))
    execute function hub.log_job_trouble();
--rollback drop trigger jobs_trouble on hub.jobs; drop function hub.log_job_trouble(); drop table hub.job_logs;

--changeset hub:execution-0016-result-columns splitStatements:false
--comment: Results of further types, and results too large for a row: those lie in the object store, and the row tells where, how large and with which digest.
alter table hub.job_results
    add column status         varchar(20) not null default 'COMPLETED' check (status in ('COMPLETED', 'PARTIAL', 'FAILED')),
    add column error          varchar(1000),
    add column calibration_id uuid,
    add column storage_path   varchar(255),
    add column size_bytes     bigint check (size_bytes >= 0),
    add column digest         bytea check (octet_length(digest) = 32),
    alter column result_data drop not null,
    add constraint job_results_somewhere check (num_nonnulls(result_data, storage_path) = 1),
    add constraint job_results_stored check ((storage_path is null) = (digest is null) and (storage_path is null) = (size_bytes is null)),
    drop constraint job_results_result_type_check,
    add constraint job_results_result_type_check check (result_type in
        ('COUNTS', 'MEMORY', 'PROBABILITIES', 'STATE', 'EXPECTATION', 'OPTIMIZATION', 'SYNTHESIS', 'TRACE', 'SUMMARY', 'ARTIFACT'));
grant delete on hub.job_results to hub_worker;
--rollback revoke delete on hub.job_results from hub_worker; delete from hub.job_results where result_type not in ('COUNTS', 'MEMORY') or result_data is null; alter table hub.job_results drop constraint job_results_result_type_check, add constraint job_results_result_type_check check (result_type in ('COUNTS', 'MEMORY')), drop constraint job_results_stored, drop constraint job_results_somewhere, alter column result_data set not null, drop column digest, drop column size_bytes, drop column storage_path, drop column calibration_id, drop column error, drop column status;
