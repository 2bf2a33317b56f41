--liquibase formatted sql

--changeset hub:execution-0002-jobs splitStatements:false
create table hub.jobs (
    id                   uuid          primary key,
    team_id              uuid          not null references hub.teams (id),
    user_id              uuid          not null references hub.users (id),
    parent_job_id        uuid,
    name                 varchar(255),
    job_type             varchar(20)   not null default 'CIRCUIT' check (job_type in
                             ('CIRCUIT', 'VQE', 'QAOA', 'SYNTHESIS', 'XTB', 'BENCHMARK', 'SCRIPT', 'APP')),
    run_mode             varchar(20)   not null default 'NON_BLOCKING' check (run_mode in ('BLOCKING', 'NON_BLOCKING', 'SCHEDULED')),
    execution_mode       varchar(20)   not null default 'BATCH' check (execution_mode in ('DIRECT', 'BATCH', 'TEMPORAL')),
    backend_slug         varchar(100)  not null references hub.backends (slug),

    circuit_data         jsonb,
    program              text,
    program_format       varchar(20)   not null check (program_format in ('CIRCUIT_JSON', 'OPENQASM2', 'OPENQASM3')),
    shots                integer       not null check (shots > 0),
    seed                 bigint        not null,
    memory               boolean       not null default false,
    parameters           jsonb         not null default '{}',
    metadata             jsonb         not null default '{}',
    tags                 text[]        not null default '{}',
    priority             smallint      not null default 0,
    qubit_count          integer       not null check (qubit_count >= 0),
    gate_count           integer       not null check (gate_count >= 0),
    depth                integer       not null check (depth >= 0),
    expected_micros      bigint        not null default 0 check (expected_micros >= 0),

    status               varchar(20)   not null default 'SUBMITTED' check (status in
                             ('SUBMITTED', 'QUEUED', 'PROVISIONING', 'RUNNING', 'CANCELLING', 'COMPLETED', 'FAILED', 'CANCELLED')),
    sub_status           varchar(20)   check (sub_status in ('VALIDATING', 'HELD_BUDGET', 'WAITING_BACKEND', 'COMPILING',
                             'WAITING_QPU', 'EXECUTING_QPU', 'POST_PROCESSING')),
    status_reason        varchar(60),
    error_message        varchar(1000),
    resource_usage       jsonb         not null default '{}',

    fence                integer       not null default 0 check (fence >= 0),
    lease_owner          uuid,
    lease_until          timestamptz,

    estimated_cost       numeric(18,8) not null check (estimated_cost >= 0 and estimated_cost < 'NaN'),
    actual_cost          numeric(18,8) check (actual_cost >= 0 and actual_cost < 'NaN'),
    currency             char(3)       not null,
    price_version_id     uuid          not null references hub.price_versions (id),

    request_id           varchar(100),
    submitted_at         timestamptz   not null default now(),
    queued_at            timestamptz,
    started_at           timestamptz,
    completed_at         timestamptz,
    wall_time_seconds    numeric(18,6),
    quantum_time_seconds numeric(18,6),
    created_at           timestamptz   not null default now(),
    updated_at           timestamptz   not null default now(),
    version              bigint        not null default 1,

    constraint jobs_team_key unique (team_id, id),
    foreign key (team_id, parent_job_id) references hub.jobs (team_id, id),
    constraint jobs_have_code check ((circuit_data is not null) <> (program is not null)),
    constraint jobs_format check ((program_format = 'CIRCUIT_JSON') = (circuit_data is not null)),
    constraint jobs_end check ((status in ('COMPLETED', 'FAILED', 'CANCELLED')) = (completed_at is not null)),
    constraint jobs_cost_known check ((completed_at is null) = (actual_cost is null)),
    constraint jobs_cancelled_free check (status <> 'CANCELLED' or actual_cost = 0),
    constraint jobs_failed_reason check (status <> 'FAILED' or error_message is not null),
    constraint jobs_lease check (status not in ('PROVISIONING', 'RUNNING') or (lease_owner is not null and lease_until is not null and fence > 0))
) with (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);
comment on table hub.jobs is 'The queue and the truth about every job. A batch execution is disposable; this row is not.';

create index jobs_queue on hub.jobs (priority desc, id) where status = 'QUEUED';
create index jobs_leases on hub.jobs (lease_until) where status in ('PROVISIONING', 'RUNNING', 'CANCELLING');
create index jobs_user on hub.jobs (user_id, id);
create index jobs_status on hub.jobs (team_id, status, id);
create index jobs_created_at on hub.jobs (created_at desc);
create index jobs_parent on hub.jobs (team_id, parent_job_id) where parent_job_id is not null;
create index jobs_parameters on hub.jobs using gin (parameters jsonb_path_ops) where parameters <> '{}';
create index jobs_metadata on hub.jobs using gin (metadata jsonb_path_ops) where metadata <> '{}';

alter table hub.jobs enable row level security;
alter table hub.jobs force row level security;
create policy jobs_acting on hub.jobs to hub_app
    using (team_id = any ((select hub.current_teams())::uuid[]))
    with check (team_id = any ((select hub.current_teams())::uuid[]));
create policy jobs_system on hub.jobs to hub_worker using (true) with check (true);
create policy jobs_read on hub.jobs for select to hub_reader using (true);
grant select, insert, update on hub.jobs to hub_app, hub_worker;
grant select on hub.jobs to hub_reader;
--rollback drop table hub.jobs;

--changeset hub:execution-0003-lifecycle splitStatements:false
create table hub.job_transitions (
    from_status varchar(20) not null,
    to_status   varchar(20) not null,
    primary key (from_status, to_status)
);
comment on table hub.job_transitions is 'The life cycle of a job as data; a trigger on jobs refuses every other step.';
insert into hub.job_transitions values
    ('SUBMITTED', 'QUEUED'), ('SUBMITTED', 'FAILED'), ('SUBMITTED', 'CANCELLED'),
    ('QUEUED', 'PROVISIONING'), ('QUEUED', 'RUNNING'), ('QUEUED', 'FAILED'), ('QUEUED', 'CANCELLING'), ('QUEUED', 'CANCELLED'),
    ('PROVISIONING', 'RUNNING'), ('PROVISIONING', 'QUEUED'), ('PROVISIONING', 'FAILED'), ('PROVISIONING', 'CANCELLING'),
    ('RUNNING', 'COMPLETED'), ('RUNNING', 'FAILED'), ('RUNNING', 'CANCELLING'),
    ('CANCELLING', 'CANCELLED'), ('CANCELLING', 'COMPLETED'), ('CANCELLING', 'FAILED');
grant select on hub.job_transitions to hub_app, hub_worker, hub_reader;

create function hub.guard_job_step() returns trigger
    language plpgsql
    set search_path = pg_catalog, hub as
$$
begin
    if new.status <> old.status
       and not exists (select from hub.job_transitions t where t.from_status = old.status and t.to_status = new.status) then
        raise exception 'job %: no way from % to %', old.id, old.status, new.status using errcode = 'check_violation';
    end if;
    if new.fence < old.fence then
        raise exception 'job %: the fence never goes back', old.id using errcode = 'check_violation';
    end if;
    return new;
end
$$;
create trigger jobs_step before update on hub.jobs for each row
    when (old.status is distinct from new.status or new.fence < old.fence) execute function hub.guard_job_step();

-- nobody begins at the end
create function hub.guard_job_birth() returns trigger
    language plpgsql as
$$
begin
    raise exception 'job %: no job begins as %', new.id, new.status using errcode = 'check_violation';
end
$$;
create trigger jobs_born before insert on hub.jobs for each row
    when (new.status not in ('SUBMITTED', 'QUEUED', 'RUNNING')) execute function hub.guard_job_birth();

create function hub.guard_job_facts() returns trigger
    language plpgsql as
$$
begin
    raise exception 'job %: what was submitted and priced is never changed', old.id using errcode = 'restrict_violation';
end
$$;
create trigger jobs_facts before update on hub.jobs for each row
    when ((old.id, old.team_id, old.user_id, old.backend_slug, old.shots, old.seed, old.program_format, old.estimated_cost,
           old.currency, old.price_version_id, old.submitted_at)
          is distinct from
          (new.id, new.team_id, new.user_id, new.backend_slug, new.shots, new.seed, new.program_format, new.estimated_cost,
           new.currency, new.price_version_id, new.submitted_at)
          or (old.completed_at is not null and old.actual_cost is distinct from new.actual_cost))
    execute function hub.guard_job_facts();
-- large values are not compared: an update that names them is refused
create trigger jobs_code before update of circuit_data, program, memory, parameters, run_mode, job_type, created_at
    on hub.jobs for each row execute function hub.guard_job_facts();
create trigger jobs_no_truncate before truncate on hub.jobs for each statement execute function hub.refuse_change();
--rollback drop trigger jobs_no_truncate on hub.jobs; drop trigger jobs_code on hub.jobs; drop trigger jobs_facts on hub.jobs; drop function hub.guard_job_facts(); drop trigger jobs_born on hub.jobs; drop function hub.guard_job_birth(); drop trigger jobs_step on hub.jobs; drop function hub.guard_job_step(); drop table hub.job_transitions;
