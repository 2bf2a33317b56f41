--liquibase formatted sql

--changeset hub:account-0001-users splitStatements:false
create table hub.users (
    id                 uuid primary key,
    username           varchar(50)  not null,
    email              varchar(255) not null,
    password_hash      varchar(255) not null,
    full_name          varchar(100),
    is_active          boolean      not null default true,
    last_login         timestamptz,
    mfa_enabled        boolean      not null default false,
    default_team_id    uuid,
    api_quota_monthly  integer      not null default 10000 check (api_quota_monthly >= 0),
    api_quota_used     integer      not null default 0 check (api_quota_used >= 0),
    created_at         timestamptz  not null default now(),
    updated_at         timestamptz  not null default now(),
    version            bigint       not null default 1,
    -- stored in lower case, so that one address is one account and the index is a plain one
    constraint users_email_lower check (email = lower(email)),
    constraint users_username_lower check (username = lower(username)),
    constraint users_email_key unique (email),
    constraint users_username_key unique (username)
);
comment on table hub.users is 'People and machines that sign in. A row is seen by its owner, or by who presents its e-mail or name to sign in.';

create table hub.user_roles (
    user_id uuid        not null references hub.users (id) on delete cascade,
    role    varchar(30) not null check (role in
        ('CONSUMER', 'DEVELOPER', 'PROVIDER', 'OPERATOR', 'BILLING_MANAGER', 'AUDITOR', 'ADMIN')),
    primary key (user_id, role)
);

alter table hub.users enable row level security;
alter table hub.users force row level security;
create policy users_own on hub.users to hub_app
    using (id = hub.current_person() or email = hub.presented_login() or username = hub.presented_login())
    with check (id = hub.current_person());
create policy users_system on hub.users to hub_worker using (true) with check (true);
create policy users_read on hub.users for select to hub_reader using (true);

alter table hub.user_roles enable row level security;
alter table hub.user_roles force row level security;
create policy user_roles_own on hub.user_roles to hub_app
    using (user_id in (select u.id from hub.users u))
    with check (user_id = hub.current_person());
create policy user_roles_system on hub.user_roles to hub_worker using (true) with check (true);
create policy user_roles_read on hub.user_roles for select to hub_reader using (true);

grant select, insert, update on hub.users to hub_app;
grant select, insert, delete on hub.user_roles to hub_app;
grant select on hub.users, hub.user_roles to hub_worker;
grant select (id, username, full_name, is_active, last_login, mfa_enabled, default_team_id, created_at) on hub.users to hub_reader;
grant select on hub.user_roles to hub_reader;
--rollback drop table hub.user_roles; drop table hub.users;

--changeset hub:account-0002-api-keys splitStatements:false
create table hub.user_api_keys (
    id            uuid primary key,
    user_id       uuid         not null references hub.users (id),
    team_id       uuid         not null,
    name          varchar(100) not null,
    value_prefix  varchar(20)  not null,
    value_hash    bytea        not null check (octet_length(value_hash) = 32),
    kind          varchar(20)  not null default 'API' check (kind in ('API')),
    status        varchar(20)  not null default 'ACTIVE' check (status in ('ACTIVE', 'EXPIRED', 'REVOKED', 'SUSPENDED')),
    expire_at     timestamptz,
    last_used_at  timestamptz,
    created_at    timestamptz  not null default now(),
    updated_at    timestamptz  not null default now(),
    version       bigint       not null default 1,
    constraint user_api_keys_prefix_key unique (value_prefix)
);
comment on table hub.user_api_keys is 'Keys for machines: the prefix finds the row, the SHA-256 of the whole key proves it. The key itself is never stored.';
create index user_api_keys_user on hub.user_api_keys (user_id, id);

alter table hub.user_api_keys enable row level security;
alter table hub.user_api_keys force row level security;
create policy user_api_keys_own on hub.user_api_keys to hub_app
    using (user_id = hub.current_person() or value_prefix = hub.presented_key())
    with check (user_id = hub.current_person());
create policy user_api_keys_system on hub.user_api_keys to hub_worker using (true) with check (true);
create policy user_api_keys_read on hub.user_api_keys for select to hub_reader using (true);
grant select, insert, update on hub.user_api_keys to hub_app;
grant select, update (last_used_at) on hub.user_api_keys to hub_worker;
grant select (id, user_id, team_id, name, value_prefix, kind, status, expire_at, last_used_at, created_at) on hub.user_api_keys to hub_reader;
--rollback drop table hub.user_api_keys;
