--liquibase formatted sql

--changeset hub:account-0014-team-policy splitStatements:false
alter table hub.teams add column mfa_required boolean not null default false;
comment on column hub.teams.mfa_required is 'Whether members without a second factor may do nothing for the team but get one.';
--rollback alter table hub.teams drop column mfa_required;
