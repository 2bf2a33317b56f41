--liquibase formatted sql

--changeset hub:account-0003-context splitStatements:false
--comment: Two more things a transaction may say: which one-time token is shown, and that an administrator is at work.
create function hub.presented_token() returns bytea
    language sql stable parallel safe
    return decode(nullif(current_setting('hub.token', true), ''), 'hex');

create function hub.administering() returns boolean
    language sql stable parallel safe
    return coalesce(nullif(current_setting('hub.administrator', true), '')::boolean, false);
--rollback drop function hub.administering(); drop function hub.presented_token();

--changeset hub:account-0004-user-columns splitStatements:false
alter table hub.users
    add column email_verified_at  timestamptz,
    add column pending_email      varchar(255) check (pending_email = lower(pending_email)),
    add column mfa_secret_enc     bytea,
    add column mfa_last_step      bigint not null default 0,
    add column quota_period       date,
    add column deleted_at         timestamptz,
    add constraint users_factor check (not mfa_enabled or mfa_secret_enc is not null),
    add constraint users_deleted check (deleted_at is null or not is_active);
grant select (deleted_at, email_verified_at) on hub.users to hub_reader;

-- what requests may change of an account; the quota that is used up belongs to the hub's own accounting
revoke update on hub.users from hub_app;
grant update (username, email, password_hash, full_name, is_active, last_login, mfa_enabled, default_team_id,
              api_quota_monthly, updated_at, version, email_verified_at, pending_email, mfa_secret_enc, mfa_last_step,
              deleted_at) on hub.users to hub_app;
grant update (api_quota_used, quota_period) on hub.users to hub_worker;

create policy users_administered on hub.users to hub_app
    using (hub.administering()) with check (hub.administering());
create policy user_roles_administered on hub.user_roles to hub_app
    using (hub.administering()) with check (hub.administering());
create policy user_api_keys_administered on hub.user_api_keys to hub_app
    using (hub.administering()) with check (hub.administering());
--rollback drop policy user_api_keys_administered on hub.user_api_keys; drop policy user_roles_administered on hub.user_roles; drop policy users_administered on hub.users; revoke update (api_quota_used, quota_period) on hub.users from hub_worker; grant update on hub.users to hub_app; revoke select (deleted_at, email_verified_at) on hub.users from hub_reader; alter table hub.users drop constraint users_deleted, drop constraint users_factor, drop column deleted_at, drop column quota_period, drop column mfa_last_step, drop column mfa_secret_enc, drop column pending_email, drop column email_verified_at;

--changeset hub:account-0005-guards splitStatements:false
--comment: Rules that no request gets round, whatever the code in front of them says.
-- whether the transaction is that of somebody who really is an administrator; the role is looked up, not believed
create function hub.administrator_acts() returns boolean
    language sql stable
    return hub.administering()
       and exists (select from hub.user_roles r where r.user_id = hub.current_person() and r.role = 'ADMIN');

create function hub.guard_role() returns trigger
    language plpgsql as
$$
begin
    -- anybody may consume and develop; everything else is given
    if current_user = 'hub_app' and new.role not in ('CONSUMER', 'DEVELOPER') and not hub.administrator_acts() then
        raise exception 'the role % is given by an administrator', new.role using errcode = 'insufficient_privilege';
    end if;
    return new;
end
$$;
create trigger user_roles_guard before insert or update on hub.user_roles
    for each row execute function hub.guard_role();

create function hub.guard_user() returns trigger
    language plpgsql as
$$
begin
    if current_user = 'hub_app' and not hub.administrator_acts() then
        if new.api_quota_monthly is distinct from old.api_quota_monthly then
            raise exception 'the quota is set by an administrator' using errcode = 'insufficient_privilege';
        end if;
        if new.is_active and not old.is_active then
            raise exception 'an account is opened again by an administrator' using errcode = 'insufficient_privilege';
        end if;
    end if;
    if old.deleted_at is not null and new.deleted_at is distinct from old.deleted_at then
        raise exception 'a deleted account stays deleted' using errcode = 'restrict_violation';
    end if;
    return new;
end
$$;
create trigger users_guard before update on hub.users
    for each row execute function hub.guard_user();

-- one administrator must remain; two who leave at the same moment wait for each other
create function hub.keep_an_administrator() returns trigger
    language plpgsql as
$$
begin
    if tg_table_name = 'user_roles' then
        if old.role <> 'ADMIN' then
            return null;
        end if;
    elsif new.is_active or not old.is_active
          or not exists (select from hub.user_roles r where r.user_id = old.id and r.role = 'ADMIN') then
        return null;
    end if;
    perform pg_advisory_xact_lock(hashtext('hub.administrators'));
    if not exists (select from hub.user_roles r join hub.users u on u.id = r.user_id where r.role = 'ADMIN' and u.is_active) then
        raise exception 'the last administrator stays' using errcode = 'restrict_violation';
    end if;
    return null;
end
$$;
create trigger user_roles_keep_an_administrator after delete on hub.user_roles
    for each row execute function hub.keep_an_administrator();
create trigger users_keep_an_administrator after update of is_active on hub.users
    for each row execute function hub.keep_an_administrator();

-- the first administrator, and people of a company's identity provider, get their roles from the hub itself
grant insert, delete on hub.user_roles to hub_worker;
--rollback revoke insert, delete on hub.user_roles from hub_worker; drop trigger users_keep_an_administrator on hub.users; drop trigger user_roles_keep_an_administrator on hub.user_roles; drop function hub.keep_an_administrator(); drop trigger users_guard on hub.users; drop function hub.guard_user(); drop trigger user_roles_guard on hub.user_roles; drop function hub.guard_role(); drop function hub.administrator_acts();

--changeset hub:account-0006-sessions splitStatements:false
create table hub.user_sessions (
    id            uuid        primary key,
    user_id       uuid        not null references hub.users (id),
    jti           uuid        not null,
    refresh_hash  bytea       not null check (octet_length(refresh_hash) = 32),
    method        varchar(20) not null check (method in ('PASSWORD', 'ENTERPRISE')),
    issued_at     timestamptz not null default now(),
    refreshed_at  timestamptz not null default now(),
    expires_at    timestamptz not null,
    ip_address    varchar(50),
    user_agent    varchar(255),
    is_active     boolean     not null default true,
    ended_at      timestamptz,
    end_reason    varchar(20) check (end_reason in ('LOGOUT', 'REVOKED', 'REUSED', 'PASSWORD', 'CLOSED')),
    version       bigint      not null default 1,
    constraint user_sessions_end check (is_active = (ended_at is null) and (ended_at is null) = (end_reason is null))
);
comment on table hub.user_sessions is 'Who is signed in from where. jti names the newest access token; of the refresh token only the SHA-256 is kept.';
create index user_sessions_user on hub.user_sessions (user_id, id);
create index user_sessions_age on hub.user_sessions (expires_at);
alter table hub.user_sessions enable row level security;
alter table hub.user_sessions force row level security;
create policy user_sessions_own on hub.user_sessions to hub_app
    using (user_id = hub.current_person()) with check (user_id = hub.current_person());
create policy user_sessions_administered on hub.user_sessions to hub_app
    using (hub.administering()) with check (hub.administering());
create policy user_sessions_system on hub.user_sessions to hub_worker using (true) with check (true);
create policy user_sessions_read on hub.user_sessions for select to hub_reader using (true);
grant select, insert, update on hub.user_sessions to hub_app;
grant select, delete on hub.user_sessions to hub_worker;
grant select (id, user_id, method, issued_at, refreshed_at, expires_at, is_active, ended_at, end_reason) on hub.user_sessions to hub_reader;
--rollback drop table hub.user_sessions;

--changeset hub:account-0007-one-time-tokens splitStatements:false
create table hub.one_time_tokens (
    id          uuid         primary key,
    user_id     uuid         not null references hub.users (id),
    purpose     varchar(30)  not null check (purpose in ('EMAIL_VERIFICATION', 'PASSWORD_RESET')),
    email       varchar(255) not null,
    token_hash  bytea        not null check (octet_length(token_hash) = 32),
    created_at  timestamptz  not null default now(),
    expires_at  timestamptz  not null,
    used_at     timestamptz,
    version     bigint       not null default 1,
    constraint one_time_tokens_hash_key unique (token_hash)
);
comment on table hub.one_time_tokens is 'What a link in a mail proves: good once, for one purpose, for the address it was sent to. Only the SHA-256 is kept.';
create index one_time_tokens_user on hub.one_time_tokens (user_id, purpose);
create index one_time_tokens_age on hub.one_time_tokens (expires_at);
alter table hub.one_time_tokens enable row level security;
alter table hub.one_time_tokens force row level security;
create policy one_time_tokens_own on hub.one_time_tokens to hub_app
    using (user_id = hub.current_person() or token_hash = hub.presented_token())
    with check (user_id = hub.current_person());
create policy one_time_tokens_administered on hub.one_time_tokens to hub_app
    using (hub.administering()) with check (hub.administering());
create policy one_time_tokens_system on hub.one_time_tokens to hub_worker using (true) with check (true);
grant select, insert, update on hub.one_time_tokens to hub_app;
grant select, delete on hub.one_time_tokens to hub_worker;
--rollback drop table hub.one_time_tokens;

--changeset hub:account-0008-throttles splitStatements:false
create table hub.sign_in_throttles (
    scope          varchar(20) not null check (scope in ('ACCOUNT', 'ADDRESS', 'FACTOR', 'RESET', 'RESET_ADDRESS', 'REGISTRATION')),
    subject        bytea       not null check (octet_length(subject) = 32),
    failures       integer     not null check (failures >= 0),
    blocked_until  timestamptz not null,
    updated_at     timestamptz not null,
    primary key (scope, subject)
);
comment on table hub.sign_in_throttles is 'Attempts that have not succeeded, per account and per address, counted before they are checked. The subject is a keyed hash: people type passwords into the wrong field.';
create index sign_in_throttles_age on hub.sign_in_throttles (updated_at);
alter table hub.sign_in_throttles enable row level security;
alter table hub.sign_in_throttles force row level security;
create policy sign_in_throttles_system on hub.sign_in_throttles to hub_worker using (true) with check (true);
grant select, insert, update, delete on hub.sign_in_throttles to hub_worker;
--rollback drop table hub.sign_in_throttles;

--changeset hub:account-0009-signing-keys splitStatements:false
create table hub.signing_keys (
    kid             varchar(64) primary key,
    public_jwk      jsonb       not null,
    private_sealed  bytea       not null,
    use_from        timestamptz not null,
    created_at      timestamptz not null default now()
);
comment on table hub.signing_keys is 'The keys of access tokens. The newest whose time has come signs; older ones verify until the last token they signed has ended.';
alter table hub.signing_keys enable row level security;
alter table hub.signing_keys force row level security;
create policy signing_keys_system on hub.signing_keys to hub_worker using (true) with check (true);
grant select, insert, delete on hub.signing_keys to hub_worker;
--rollback drop table hub.signing_keys;
