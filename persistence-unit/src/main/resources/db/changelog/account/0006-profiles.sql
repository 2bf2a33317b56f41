--liquibase formatted sql

--changeset hub:account-0015-profiles splitStatements:false
create table hub.user_profiles (
    user_id       uuid         primary key references hub.users (id),
    organization  varchar(100),
    bio           text         check (length(bio) <= 4000),
    avatar_url    varchar(255) check (avatar_url like 'https://%'),
    contact_info  jsonb        check (jsonb_typeof(contact_info) = 'object'),
    social_links  jsonb        check (jsonb_typeof(social_links) = 'object'),
    created_at    timestamptz  not null default now(),
    updated_at    timestamptz  not null default now(),
    version       bigint       not null default 1
);
comment on table hub.user_profiles is 'What people tell about themselves.';
alter table hub.user_profiles enable row level security;
alter table hub.user_profiles force row level security;
create policy user_profiles_own on hub.user_profiles to hub_app
    using (user_id = hub.current_person()) with check (user_id = hub.current_person());
create policy user_profiles_administered on hub.user_profiles to hub_app
    using (hub.administering()) with check (hub.administering());
create policy user_profiles_system on hub.user_profiles to hub_worker using (true) with check (true);
grant select, insert, update on hub.user_profiles to hub_app;
grant select, delete on hub.user_profiles to hub_worker;
--rollback drop table hub.user_profiles;

--changeset hub:account-0016-search splitStatements:false
--comment: Administrators list accounts by role.
create index user_roles_role on hub.user_roles (role, user_id);
--rollback drop index hub.user_roles_role;
