--liquibase formatted sql

--changeset hub:account-0010-recovery-codes splitStatements:false
create table hub.user_recovery_codes (
    user_id     uuid        not null references hub.users (id),
    code_stamp  bytea       not null check (octet_length(code_stamp) = 32),
    created_at  timestamptz not null default now(),
    used_at     timestamptz,
    primary key (user_id, code_stamp)
);
comment on table hub.user_recovery_codes is 'For whoever has lost the second factor: each code is good once. Kept as a keyed hash, because fifty bits could be guessed against a plain one.';
alter table hub.user_recovery_codes enable row level security;
alter table hub.user_recovery_codes force row level security;
create policy user_recovery_codes_own on hub.user_recovery_codes to hub_app
    using (user_id = hub.current_person()) with check (user_id = hub.current_person());
create policy user_recovery_codes_administered on hub.user_recovery_codes to hub_app
    using (hub.administering()) with check (hub.administering());
grant select, insert, update, delete on hub.user_recovery_codes to hub_app;
--rollback drop table hub.user_recovery_codes;
