--liquibase formatted sql

--changeset hub:execution-0020-queue-by-team splitStatements:false
--comment: Teams take turns, and inside a team the most urgent and then the oldest job comes first. Led by the team, the index finds the next waiting team in one step, however many jobs the others have.
drop index hub.jobs_queue;
create index jobs_queue on hub.jobs (team_id, priority desc, id) where status = 'QUEUED' and sub_status is null;
--rollback drop index hub.jobs_queue; create index jobs_queue on hub.jobs (priority desc, id) where status = 'QUEUED';

--changeset hub:execution-0021-team-limits splitStatements:false
create table hub.team_limits (
    team_id     uuid        primary key references hub.teams (id),
    max_running integer     not null check (max_running between 1 and 100000),
    created_at  timestamptz not null default now(),
    updated_at  timestamptz not null default now(),
    version     bigint      not null default 1
);
comment on table hub.team_limits is 'How many jobs of a team may run at a time; a team without a row has the limit of the installation.';
alter table hub.team_limits enable row level security;
alter table hub.team_limits force row level security;
create policy team_limits_acting on hub.team_limits for select to hub_app
    using (team_id = any ((select hub.current_teams())::uuid[]));
create policy team_limits_system on hub.team_limits to hub_worker using (true) with check (true);
create policy team_limits_read on hub.team_limits for select to hub_reader using (true);
grant select on hub.team_limits to hub_app;
grant select, insert, update, delete on hub.team_limits to hub_worker;
grant select on hub.team_limits to hub_reader;
--rollback drop table hub.team_limits;

--changeset hub:execution-0022-cost-model splitStatements:false
create table hub.engine_calibrations (
    id                    uuid          primary key,
    server_name           varchar(200)  not null,
    simulator             varchar(50)   not null,
    factor                numeric(18,6) not null check (factor > 0),
    spread                numeric(18,6) not null check (spread >= 1),
    processors            integer       not null check (processors > 0),
    java_version          varchar(50)   not null,
    measured_at           timestamptz   not null default now()
);
comment on table hub.engine_calibrations is 'How much slower or faster the engine runs on a server than on the machine its cost model was measured on; each start adds a row.';
create index engine_calibrations_latest on hub.engine_calibrations (server_name, simulator, measured_at desc);
grant select, insert, delete on hub.engine_calibrations to hub_worker;
grant select on hub.engine_calibrations to hub_reader;
--rollback drop table hub.engine_calibrations;
