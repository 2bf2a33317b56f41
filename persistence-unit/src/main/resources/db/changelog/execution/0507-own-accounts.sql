--liquibase formatted sql

--changeset hub:execution-0570-own-accounts splitStatements:false
alter table hub.provider_tasks add column own_account boolean not null default false;
comment on column hub.provider_tasks.own_account is 'Ordered with the team''s own credentials, and billed to it by the provider; else with the hub''s.';
create trigger provider_tasks_account before update on hub.provider_tasks for each row
    when (old.own_account is distinct from new.own_account) execute function hub.guard_provider_task();
--rollback drop trigger provider_tasks_account on hub.provider_tasks; alter table hub.provider_tasks drop column own_account;
