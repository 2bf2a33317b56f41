--liquibase formatted sql

--changeset hub:team-0001-teams splitStatements:false
create table hub.teams (
    id            uuid primary key,
    name          varchar(150) not null,
    slug          varchar(80)  not null,
    personal      boolean      not null default false,
    currency      char(3)      not null default 'USD' check (currency ~ '^[A-Z]{3}$'),
    suspended_at  timestamptz,
    created_at    timestamptz  not null default now(),
    updated_at    timestamptz  not null default now(),
    version       bigint       not null default 1,
    constraint teams_slug_key unique (slug)
);
comment on table hub.teams is 'The tenant and the payer. Everything that costs money or must stay private carries the id of one team.';

create table hub.team_members (
    team_id         uuid          not null references hub.teams (id),
    user_id         uuid          not null references hub.users (id),
    role            varchar(20)   not null check (role in ('OWNER', 'ADMIN', 'MEMBER')),
    spending_limit  numeric(18,8) check (spending_limit >= 0 and spending_limit < 'NaN'),
    created_at      timestamptz   not null default now(),
    version         bigint        not null default 1,
    primary key (team_id, user_id)
);
create index team_members_user on hub.team_members (user_id);

-- a person's default team is one of the person's teams
alter table hub.users add constraint users_default_team_fk
    foreign key (default_team_id, id) references hub.team_members (team_id, user_id) deferrable initially deferred;
alter table hub.user_api_keys add constraint user_api_keys_member_fk
    foreign key (team_id, user_id) references hub.team_members (team_id, user_id);

alter table hub.teams enable row level security;
alter table hub.teams force row level security;
create policy teams_acting on hub.teams to hub_app
    using (id = any ((select hub.current_teams())::uuid[])
           or id in (select m.team_id from hub.team_members m where m.user_id = hub.current_person()))
    with check (id = any ((select hub.current_teams())::uuid[]));
create policy teams_system on hub.teams to hub_worker using (true) with check (true);
create policy teams_read on hub.teams for select to hub_reader using (true);

alter table hub.team_members enable row level security;
alter table hub.team_members force row level security;
create policy team_members_acting on hub.team_members to hub_app
    using (team_id = any ((select hub.current_teams())::uuid[]) or user_id = hub.current_person())
    with check (team_id = any ((select hub.current_teams())::uuid[]));
create policy team_members_system on hub.team_members to hub_worker using (true) with check (true);
create policy team_members_read on hub.team_members for select to hub_reader using (true);

grant select, insert, update on hub.teams to hub_app;
grant select, insert, update, delete on hub.team_members to hub_app;
grant select on hub.teams, hub.team_members to hub_worker, hub_reader;
--rollback alter table hub.user_api_keys drop constraint if exists user_api_keys_member_fk; alter table hub.users drop constraint if exists users_default_team_fk; drop policy if exists teams_acting on hub.teams; drop table hub.team_members; drop table hub.teams;
