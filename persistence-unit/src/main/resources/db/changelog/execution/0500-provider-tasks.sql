--liquibase formatted sql

--changeset hub:execution-0500-provider-tasks splitStatements:false
create table hub.provider_tasks (
    id               uuid         primary key,
    team_id          uuid         not null,
    job_id           uuid         not null unique,
    provider_slug    varchar(50)  not null,
    backend_slug     varchar(100) not null references hub.backends (slug),
    token            varchar(64)  not null unique,
    state            varchar(20)  not null default 'INTENT' check (state in ('INTENT', 'OPEN', 'SETTLED')),
    provider_task_id varchar(300),
    provider_status  varchar(60),
    queue_position   varchar(20),
    submissions      integer      not null default 0 check (submissions >= 0),
    polls            integer      not null default 0 check (polls >= 0),
    failures         integer      not null default 0 check (failures >= 0),
    cancel_sent_at   timestamptz,
    calibration_id   uuid         references hub.backend_calibrations (id),
    next_due_at      timestamptz  not null default now(),
    fence            integer      not null default 0 check (fence >= 0),
    lease_owner      uuid,
    lease_until      timestamptz,
    created_at       timestamptz  not null default now(),
    submitted_at     timestamptz,
    last_polled_at   timestamptz,
    ended_at         timestamptz,
    foreign key (team_id, job_id) references hub.jobs (team_id, id),
    constraint provider_tasks_known unique (provider_slug, provider_task_id),
    constraint provider_tasks_open check (state <> 'OPEN' or provider_task_id is not null),
    constraint provider_tasks_end check ((state = 'SETTLED') = (ended_at is not null))
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);
comment on table hub.provider_tasks is 'What was ordered outside. A row with its token is committed before the first call, so that no paid task can be without one.';
create index provider_tasks_due on hub.provider_tasks (next_due_at) where state <> 'SETTLED';
create index provider_tasks_team on hub.provider_tasks (team_id, job_id);
create index provider_tasks_backend on hub.provider_tasks (backend_slug, state);
create index provider_tasks_calibration on hub.provider_tasks (calibration_id) where calibration_id is not null;

alter table hub.provider_tasks enable row level security;
alter table hub.provider_tasks force row level security;
create policy provider_tasks_acting on hub.provider_tasks to hub_app
    using (team_id = any ((select hub.current_teams())::uuid[]))
    with check (team_id = any ((select hub.current_teams())::uuid[]));
create policy provider_tasks_system on hub.provider_tasks to hub_worker using (true) with check (true);
create policy provider_tasks_read on hub.provider_tasks for select to hub_reader using (true);
grant select on hub.provider_tasks to hub_app, hub_reader;
grant select, insert, update on hub.provider_tasks to hub_worker;

create function hub.guard_provider_task() returns trigger
    language plpgsql
    set search_path = pg_catalog, hub as
$$
begin
    raise exception 'provider task %: token, job and the provider''s own id stay, and no state comes back', old.id
        using errcode = 'restrict_violation';
end
$$;
create trigger provider_tasks_facts before update on hub.provider_tasks for each row
    when ((old.id, old.team_id, old.job_id, old.provider_slug, old.backend_slug, old.token)
          is distinct from (new.id, new.team_id, new.job_id, new.provider_slug, new.backend_slug, new.token)
          or (old.provider_task_id is not null and old.provider_task_id is distinct from new.provider_task_id)
          or old.state = 'SETTLED' or (old.state = 'OPEN' and new.state = 'INTENT'))
    execute function hub.guard_provider_task();
create trigger provider_tasks_stay before delete or truncate on hub.provider_tasks
    for each statement execute function hub.refuse_change();

-- a job for a provider is born SUBMITTED and becomes QUEUED when its task is written down
create index jobs_submitted on hub.jobs (id) where status = 'SUBMITTED';
--rollback drop index hub.jobs_submitted; drop table hub.provider_tasks; drop function hub.guard_provider_task();

--changeset hub:execution-0501-provider-calls splitStatements:false
alter table hub.job_events add column detail jsonb check (detail is null or jsonb_typeof(detail) = 'object');
comment on column hub.job_events.detail is 'A call to a provider: operation, request id, status, latency; null for a step of the job itself.';
--rollback alter table hub.job_events drop column detail;

--changeset hub:execution-0502-provider-strays splitStatements:false
create table hub.provider_strays (
    id               uuid         primary key,
    provider_slug    varchar(50)  not null,
    provider_task_id varchar(300) not null,
    token            varchar(64)  not null,
    status           varchar(60)  not null,
    seen_at          timestamptz  not null default now(),
    last_seen_at     timestamptz  not null default now(),
    constraint provider_strays_once unique (provider_slug, provider_task_id)
);
comment on table hub.provider_strays is 'Tasks that carry this hub''s mark at a provider and are in none of its books, such as after a restore of the database. For an operator to look at.';
grant select, insert on hub.provider_strays to hub_worker;
grant update (status, last_seen_at) on hub.provider_strays to hub_worker;
grant select on hub.provider_strays to hub_reader;
--rollback drop table hub.provider_strays;
