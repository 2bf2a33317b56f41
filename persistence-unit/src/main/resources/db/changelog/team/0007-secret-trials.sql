--liquibase formatted sql

--changeset hub:team-0070-secret-trials splitStatements:false
--comment: When a secret is tried out next is a time of its own: whoever tries it moves that time on, which is the lease, and writes the verdict only where it still stands.
alter table hub.team_secrets
    add column last_verdict        varchar(20) check (last_verdict in ('VALID', 'INVALID')),
    add column last_verdict_at     timestamptz,
    add column validation_failures integer     not null default 0 check (validation_failures >= 0),
    add column validation_due_at   timestamptz not null default now();
alter table hub.team_secrets add constraint team_secrets_verdict check ((last_verdict is null) = (last_verdict_at is null));
comment on column hub.team_secrets.last_verdict is 'What the provider said when it was last asked about this value; stays while the provider cannot be asked.';
update hub.team_secrets set last_verdict = validation_status, last_verdict_at = last_validated_at
 where validation_status in ('VALID', 'INVALID') and last_validated_at is not null;
drop index hub.team_secrets_due;
create index team_secrets_due on hub.team_secrets (validation_due_at, provider) where is_active;
grant select (last_verdict, last_verdict_at, validation_failures, validation_due_at),
      update (last_verdict, last_verdict_at, validation_failures, validation_due_at) on hub.team_secrets to hub_app;
grant update (last_verdict, last_verdict_at, validation_failures, validation_due_at) on hub.team_secrets to hub_worker;
grant select (last_verdict, last_verdict_at, validation_failures, validation_due_at) on hub.team_secrets to hub_reader;
--rollback drop index hub.team_secrets_due; alter table hub.team_secrets drop column last_verdict, drop column last_verdict_at, drop column validation_failures, drop column validation_due_at; create index team_secrets_due on hub.team_secrets (provider, last_validated_at nulls first) where is_active;
