--liquibase formatted sql

--changeset hub:team-0009-data-keys splitStatements:false
create table hub.team_data_keys (
    id            uuid         primary key,
    team_id       uuid         not null references hub.teams (id),
    wrapped_key   bytea        not null,
    master_key_id varchar(300) not null,
    status        varchar(20)  not null default 'ACTIVE' check (status in ('ACTIVE', 'RETIRED')),
    created_at    timestamptz  not null default now(),
    wrapped_at    timestamptz  not null default now(),
    constraint team_data_keys_team_key unique (team_id, id)
);
comment on table hub.team_data_keys is 'The key under which a team''s secrets are encrypted, itself encrypted under a master key that is not in the database.';
create unique index team_data_keys_active on hub.team_data_keys (team_id) where status = 'ACTIVE';
create index team_data_keys_master on hub.team_data_keys (master_key_id, id);

alter table hub.team_data_keys enable row level security;
alter table hub.team_data_keys force row level security;
create policy team_data_keys_acting on hub.team_data_keys to hub_app
    using (team_id = any ((select hub.current_teams())::uuid[]))
    with check (team_id = any ((select hub.current_teams())::uuid[]));
create policy team_data_keys_system on hub.team_data_keys to hub_worker using (true) with check (true);
create policy team_data_keys_read on hub.team_data_keys for select to hub_reader using (true);
grant select, insert on hub.team_data_keys to hub_app;
grant select, insert, update (wrapped_key, master_key_id, status, wrapped_at), delete on hub.team_data_keys to hub_worker;
grant select (id, team_id, master_key_id, status, created_at, wrapped_at) on hub.team_data_keys to hub_reader;
--rollback drop table hub.team_data_keys;

--changeset hub:team-0010-secrets splitStatements:false
create table hub.team_secrets (
    id                uuid         primary key,
    team_id           uuid         not null references hub.teams (id),
    provider          varchar(50)  not null,
    key_name          varchar(100) not null,
    encrypted_value   bytea        not null,
    key_id            uuid         not null,
    revision          integer      not null default 1 check (revision > 0),
    description       varchar(500),
    is_active         boolean      not null default true,
    validation_status varchar(20)  not null default 'UNKNOWN' check (validation_status in ('UNKNOWN', 'VALID', 'INVALID', 'ERROR')),
    last_validated_at timestamptz,
    validation_error  varchar(500),
    last_used_at      timestamptz,
    created_by        uuid         not null references hub.users (id),
    created_at        timestamptz  not null default now(),
    updated_at        timestamptz  not null default now(),
    constraint team_secrets_name_key unique (team_id, provider, key_name),
    foreign key (team_id, key_id) references hub.team_data_keys (team_id, id)
);
comment on table hub.team_secrets is 'Credentials of a team with a provider. Requests write them and never read them back: they have no right to the column.';
create index team_secrets_key on hub.team_secrets (team_id, key_id);
create index team_secrets_creator on hub.team_secrets (created_by);
create index team_secrets_due on hub.team_secrets (provider, last_validated_at nulls first) where is_active;

alter table hub.team_secrets enable row level security;
alter table hub.team_secrets force row level security;
create policy team_secrets_acting on hub.team_secrets to hub_app
    using (team_id = any ((select hub.current_teams())::uuid[]))
    with check (team_id = any ((select hub.current_teams())::uuid[]));
create policy team_secrets_system on hub.team_secrets to hub_worker using (true) with check (true);
create policy team_secrets_read on hub.team_secrets for select to hub_reader using (true);
grant insert, delete, select (id, team_id, provider, key_name, key_id, revision, description, is_active, validation_status,
              last_validated_at, validation_error, last_used_at, created_by, created_at, updated_at),
      update (encrypted_value, key_id, revision, description, is_active, validation_status, last_validated_at,
              validation_error, created_by, updated_at)
   on hub.team_secrets to hub_app;
grant select, update (encrypted_value, key_id, validation_status, last_validated_at, validation_error, last_used_at)
   on hub.team_secrets to hub_worker;
grant select (id, team_id, provider, key_name, key_id, revision, is_active, validation_status, last_validated_at,
              last_used_at, created_by, created_at, updated_at) on hub.team_secrets to hub_reader;
--rollback drop table hub.team_secrets;

--changeset hub:team-0011-key-rotations splitStatements:false
create table hub.key_rotations (
    id           uuid        primary key,
    kind         varchar(20) not null check (kind in ('MASTER_KEY', 'DATA_KEYS')),
    requested_by uuid        not null references hub.users (id),
    requested_at timestamptz not null default now(),
    finished_at  timestamptz,
    rotated      integer     not null default 0 check (rotated >= 0)
);
comment on table hub.key_rotations is 'Wishes for new keys; a timer fulfils them while everything goes on working.';
create unique index key_rotations_open on hub.key_rotations (kind) where finished_at is null;
create index key_rotations_requester on hub.key_rotations (requested_by);

alter table hub.key_rotations enable row level security;
alter table hub.key_rotations force row level security;
create policy key_rotations_acting on hub.key_rotations to hub_app
    using (hub.acts_as('ADMIN')) with check (hub.acts_as('ADMIN'));
create policy key_rotations_system on hub.key_rotations to hub_worker using (true) with check (true);
create policy key_rotations_read on hub.key_rotations for select to hub_reader using (true);
grant select, insert on hub.key_rotations to hub_app;
grant select, update (finished_at, rotated) on hub.key_rotations to hub_worker;
grant select on hub.key_rotations to hub_reader;
-- an administrator sees under which master keys there are data keys, and nothing of the keys
create policy team_data_keys_operating on hub.team_data_keys for select to hub_app using (hub.acts_as('ADMIN'));
--rollback drop policy team_data_keys_operating on hub.team_data_keys; drop table hub.key_rotations;
