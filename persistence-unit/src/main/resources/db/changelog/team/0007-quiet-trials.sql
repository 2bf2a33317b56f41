--liquibase formatted sql

--changeset hub:team-0071-quiet-trials splitStatements:false
insert into hub.audit_columns values
    ('team_secrets', 'validation_due_at', 'QUIET', 'every trial'),
    ('team_secrets', 'validation_failures', 'QUIET', 'every trial that came to nothing'),
    ('team_secrets', 'last_verdict_at', 'QUIET', 'every trial; the verdict is recorded when it differs');
--rollback delete from hub.audit_columns where table_name = 'team_secrets' and column_name in ('validation_due_at', 'validation_failures', 'last_verdict_at');
