--liquibase formatted sql

--changeset hub:team-0006-invitations splitStatements:false
create table hub.team_invitations (
    id          uuid         primary key,
    team_id     uuid         not null references hub.teams (id),
    email       varchar(255) not null check (email = lower(email)),
    role        varchar(20)  not null check (role in ('OWNER', 'ADMIN', 'MEMBER')),
    token_hash  bytea        not null check (octet_length(token_hash) = 32),
    invited_by  uuid         not null references hub.users (id),
    status      varchar(20)  not null default 'PENDING' check (status in ('PENDING', 'ACCEPTED', 'EXPIRED', 'REVOKED')),
    expires_at  timestamptz  not null,
    accepted_by uuid         references hub.users (id),
    ended_at    timestamptz,
    created_at  timestamptz  not null default now(),
    version     bigint       not null default 1,
    constraint team_invitations_token_key unique (token_hash),
    -- no invitation makes an owner
    constraint team_invitations_role check (role <> 'OWNER'),
    constraint team_invitations_accepted check ((status = 'ACCEPTED') = (accepted_by is not null)),
    constraint team_invitations_ended check ((status = 'PENDING') = (ended_at is null))
);
comment on table hub.team_invitations is 'Who is asked into a team. The token goes out by mail; only its SHA-256 stays here.';
create unique index team_invitations_pending on hub.team_invitations (team_id, email) where status = 'PENDING';
create index team_invitations_team on hub.team_invitations (team_id, id);
create index team_invitations_inviter on hub.team_invitations (invited_by);
create index team_invitations_accepter on hub.team_invitations (accepted_by) where accepted_by is not null;

-- what has come to its end stays as it ended
create function hub.guard_invitation() returns trigger
    language plpgsql as
$$
begin
    if old.status <> 'PENDING'
       or (old.id, old.team_id, old.email, old.role, old.token_hash, old.invited_by, old.expires_at, old.created_at)
          is distinct from
          (new.id, new.team_id, new.email, new.role, new.token_hash, new.invited_by, new.expires_at, new.created_at) then
        raise exception 'invitation % has ended, or its terms would change', old.id using errcode = 'restrict_violation';
    end if;
    return new;
end
$$;
create trigger team_invitations_guard before update on hub.team_invitations
    for each row execute function hub.guard_invitation();

alter table hub.team_invitations enable row level security;
alter table hub.team_invitations force row level security;
create policy team_invitations_acting on hub.team_invitations to hub_app
    using (team_id = any ((select hub.current_teams())::uuid[]) or token_hash = hub.presented_invitation())
    with check (team_id = any ((select hub.current_teams())::uuid[]));
create policy team_invitations_system on hub.team_invitations to hub_worker using (true) with check (true);
create policy team_invitations_read on hub.team_invitations for select to hub_reader using (true);
-- who shows an invitation sees which team it leads to
create policy teams_inviting on hub.teams for select to hub_app
    using (id in (select i.team_id from hub.team_invitations i where i.token_hash = hub.presented_invitation()));
grant select, insert, update (status, accepted_by, ended_at, version) on hub.team_invitations to hub_app;
grant select on hub.team_invitations to hub_worker;
grant select (id, team_id, email, role, invited_by, status, expires_at, accepted_by, ended_at, created_at)
    on hub.team_invitations to hub_reader;
--rollback drop policy teams_inviting on hub.teams; drop table hub.team_invitations; drop function hub.guard_invitation();

--changeset hub:team-0007-invitation-codes splitStatements:false
create table hub.invitation_codes (
    id         uuid         primary key,
    code_hash  bytea        not null check (octet_length(code_hash) = 32),
    hint       varchar(20)  not null,
    note       varchar(200),
    max_uses   integer      not null check (max_uses > 0),
    used_count integer      not null default 0,
    expires_at timestamptz,
    revoked_at timestamptz,
    created_by uuid         not null references hub.users (id),
    created_at timestamptz  not null default now(),
    version    bigint       not null default 1,
    constraint invitation_codes_code_key unique (code_hash),
    -- the last word on how many come in
    constraint invitation_codes_uses check (used_count between 0 and max_uses)
);
comment on table hub.invitation_codes is 'Codes that let people register where registration is by invitation only.';
create index invitation_codes_creator on hub.invitation_codes (created_by);

alter table hub.invitation_codes enable row level security;
alter table hub.invitation_codes force row level security;
create policy invitation_codes_acting on hub.invitation_codes to hub_app
    using (hub.acts_as('ADMIN') or code_hash = hub.presented_invitation())
    with check (hub.acts_as('ADMIN') or code_hash = hub.presented_invitation());
create policy invitation_codes_read on hub.invitation_codes for select to hub_reader using (true);
grant select, insert, update (used_count, revoked_at, version) on hub.invitation_codes to hub_app;
grant select (id, hint, note, max_uses, used_count, expires_at, revoked_at, created_by, created_at)
    on hub.invitation_codes to hub_reader;
--rollback drop table hub.invitation_codes;
