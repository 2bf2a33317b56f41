--liquibase formatted sql

--changeset hub:team-0008-device-access splitStatements:false
alter table hub.teams add column devices_listed boolean not null default false;
comment on column hub.teams.devices_listed is 'Whether the team may use only the backends of team_backends.';

create table hub.team_backends (
    team_id      uuid         not null references hub.teams (id),
    backend_slug varchar(100) not null references hub.backends (slug),
    created_at   timestamptz  not null default now(),
    primary key (team_id, backend_slug)
);
comment on table hub.team_backends is 'The backends a team may use, where its list is switched on.';
create index team_backends_backend on hub.team_backends (backend_slug);

alter table hub.team_backends enable row level security;
alter table hub.team_backends force row level security;
create policy team_backends_acting on hub.team_backends to hub_app
    using (team_id = any ((select hub.current_teams())::uuid[]))
    with check (team_id = any ((select hub.current_teams())::uuid[]));
create policy team_backends_system on hub.team_backends to hub_worker using (true) with check (true);
create policy team_backends_read on hub.team_backends for select to hub_reader using (true);
grant select, insert, delete on hub.team_backends to hub_app;
grant select on hub.team_backends to hub_worker, hub_reader;
--rollback drop table hub.team_backends; alter table hub.teams drop column devices_listed;
