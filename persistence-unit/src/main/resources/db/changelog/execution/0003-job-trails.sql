--liquibase formatted sql

--changeset hub:execution-0004-events splitStatements:false
create table hub.job_events (
    id         bigint      generated always as identity primary key,
    team_id    uuid        not null,
    job_id     uuid        not null,
    status     varchar(20) not null,
    sub_status varchar(20),
    reason     varchar(60),
    fence      integer     not null,
    worker     uuid,
    created_at timestamptz not null default clock_timestamp(),
    foreign key (team_id, job_id) references hub.jobs (team_id, id)
);
comment on table hub.job_events is 'What happened to a job, in order. A trigger on jobs writes the row, so no step can go unrecorded.';
create index job_events_job on hub.job_events (job_id, id);
create trigger job_events_append_only before update or delete on hub.job_events
    for each row execute function hub.refuse_change();
create trigger job_events_no_truncate before truncate on hub.job_events
    for each statement execute function hub.refuse_change();

alter table hub.job_events enable row level security;
alter table hub.job_events force row level security;
create policy job_events_acting on hub.job_events to hub_app
    using (team_id = any ((select hub.current_teams())::uuid[]))
    with check (team_id = any ((select hub.current_teams())::uuid[]));
create policy job_events_system on hub.job_events to hub_worker using (true) with check (true);
create policy job_events_read on hub.job_events for select to hub_reader using (true);
grant select, insert on hub.job_events to hub_app, hub_worker;
grant select on hub.job_events to hub_reader;

create function hub.record_job_birth() returns trigger
    language plpgsql
    set search_path = pg_catalog, hub as
$$
begin
    insert into hub.job_events (team_id, job_id, status, reason, fence, worker)
    select j.team_id, j.id, s.status, j.status_reason, j.fence, j.lease_owner
      from born j
     cross join lateral unnest(case j.status when 'SUBMITTED' then array ['SUBMITTED']
                                             when 'QUEUED' then array ['SUBMITTED', 'QUEUED']
                                             else array ['SUBMITTED', 'QUEUED', j.status] end)
                with ordinality as s (status, step)
     order by j.id, s.step;
    return null;
end
$$;
create trigger jobs_birth after insert on hub.jobs
    referencing new table as born for each statement execute function hub.record_job_birth();

create function hub.record_job_steps() returns trigger
    language plpgsql
    set search_path = pg_catalog, hub
    set enable_seqscan = off as
$$
begin
    insert into hub.job_events (team_id, job_id, status, sub_status, reason, fence, worker)
    select n.team_id, n.id, n.status, n.sub_status, n.status_reason, n.fence, n.lease_owner
      from after_step n
      join before_step o on o.id = n.id
     where (o.status, o.sub_status, o.fence) is distinct from (n.status, n.sub_status, n.fence)
     order by n.id;
    return null;
end
$$;
create trigger jobs_steps after update on hub.jobs
    referencing old table as before_step new table as after_step for each statement execute function hub.record_job_steps();
--rollback drop trigger jobs_steps on hub.jobs; drop function hub.record_job_steps(); drop trigger jobs_birth on hub.jobs; drop function hub.record_job_birth(); drop table hub.job_events;

--changeset hub:execution-0005-results splitStatements:false
create table hub.job_results (
    id                   uuid          primary key,
    team_id              uuid          not null,
    job_id               uuid          not null,
    result_type          varchar(20)   not null check (result_type in ('COUNTS', 'MEMORY')),
    result_data          jsonb         not null,
    primary_result       boolean       not null default false,
    shots                integer       not null check (shots > 0),
    quantum_time_seconds numeric(18,6) not null,
    fence                integer       not null check (fence > 0),
    created_at           timestamptz   not null default now(),
    foreign key (team_id, job_id) references hub.jobs (team_id, id),
    constraint job_results_once unique (job_id, result_type)
);
comment on table hub.job_results is 'Results of a job. The first writer under the fence wins; nobody writes a second one.';
create unique index job_results_primary on hub.job_results (job_id) where primary_result;
create trigger job_results_append_only before update on hub.job_results
    for each row execute function hub.refuse_change();

alter table hub.job_results enable row level security;
alter table hub.job_results force row level security;
create policy job_results_acting on hub.job_results to hub_app
    using (team_id = any ((select hub.current_teams())::uuid[]))
    with check (team_id = any ((select hub.current_teams())::uuid[]));
create policy job_results_system on hub.job_results to hub_worker using (true) with check (true);
create policy job_results_read on hub.job_results for select to hub_reader using (true);
grant select, insert on hub.job_results to hub_app, hub_worker;
grant select on hub.job_results to hub_reader;
--rollback drop table hub.job_results;

--changeset hub:execution-0006-idempotency splitStatements:false
create table hub.idempotency_keys (
    team_id      uuid         not null,
    key          varchar(200) not null,
    request_hash bytea        not null check (octet_length(request_hash) = 32),
    job_id       uuid         not null,
    created_at   timestamptz  not null default now(),
    primary key (team_id, key),
    -- written before its job, in the same transaction
    foreign key (team_id, job_id) references hub.jobs (team_id, id) deferrable initially deferred
);
comment on table hub.idempotency_keys is 'One key of a team, one job: a repeated request finds the job it made.';
alter table hub.idempotency_keys enable row level security;
alter table hub.idempotency_keys force row level security;
create policy idempotency_keys_acting on hub.idempotency_keys to hub_app
    using (team_id = any ((select hub.current_teams())::uuid[]))
    with check (team_id = any ((select hub.current_teams())::uuid[]));
create policy idempotency_keys_system on hub.idempotency_keys to hub_worker using (true) with check (true);
create policy idempotency_keys_read on hub.idempotency_keys for select to hub_reader using (true);
grant select, insert on hub.idempotency_keys to hub_app;
grant select, delete on hub.idempotency_keys to hub_worker;
grant select on hub.idempotency_keys to hub_reader;
--rollback drop table hub.idempotency_keys;

--changeset hub:execution-0007-tags splitStatements:false
--comment: The tags of jobs, one by one. Row-level security lets no array operator near an index (they are not leakproof); equality of texts passes, so that looking for a tag reads no more than the jobs that carry it.
create table hub.job_tags (
    team_id uuid not null,
    tag     text not null,
    job_id  uuid not null,
    primary key (team_id, tag, job_id),
    foreign key (team_id, job_id) references hub.jobs (team_id, id)
);
comment on table hub.job_tags is 'Jobs by tag, for looking up. A trigger fills it when a job is born; the array in jobs keeps their order.';
create index job_tags_job on hub.job_tags (team_id, job_id);
alter table hub.job_tags enable row level security;
alter table hub.job_tags force row level security;
create policy job_tags_acting on hub.job_tags to hub_app
    using (team_id = any ((select hub.current_teams())::uuid[]))
    with check (team_id = any ((select hub.current_teams())::uuid[]));
create policy job_tags_system on hub.job_tags to hub_worker using (true) with check (true);
create policy job_tags_read on hub.job_tags for select to hub_reader using (true);
grant select, insert on hub.job_tags to hub_app, hub_worker;
grant select on hub.job_tags to hub_reader;

create function hub.record_job_tags() returns trigger
    language plpgsql
    set search_path = pg_catalog, hub as
$$
begin
    insert into hub.job_tags (team_id, tag, job_id)
    select distinct j.team_id, t.tag, j.id
      from born j
     cross join lateral unnest(j.tags) as t (tag);
    return null;
end
$$;
create trigger jobs_tagged after insert on hub.jobs
    referencing new table as born for each statement execute function hub.record_job_tags();
create trigger jobs_tags_stay before update of tags on hub.jobs for each row execute function hub.guard_job_facts();
--rollback drop trigger jobs_tags_stay on hub.jobs; drop trigger jobs_tagged on hub.jobs; drop function hub.record_job_tags(); drop table hub.job_tags;
