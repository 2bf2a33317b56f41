--liquibase formatted sql

--changeset hub:account-0017-identities splitStatements:false
create table hub.user_identities (
    issuer      varchar(255) not null,
    subject     varchar(255) not null,
    user_id     uuid         not null references hub.users (id),
    created_at  timestamptz  not null default now(),
    primary key (issuer, subject)
);
comment on table hub.user_identities is 'Under which name an identity provider knows the owner of an account. The provider''s subject never changes; e-mail addresses do.';
create index user_identities_user on hub.user_identities (user_id);
alter table hub.user_identities enable row level security;
alter table hub.user_identities force row level security;
create policy user_identities_own on hub.user_identities to hub_app
    using (user_id = hub.current_person()) with check (user_id = hub.current_person());
create policy user_identities_system on hub.user_identities to hub_worker using (true) with check (true);
grant select, insert on hub.user_identities to hub_app;
grant select, delete on hub.user_identities to hub_worker;
--rollback drop table hub.user_identities;
