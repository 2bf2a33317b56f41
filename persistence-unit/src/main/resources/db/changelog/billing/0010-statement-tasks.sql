--liquibase formatted sql

--changeset hub:billing-0100-statement-tasks splitStatements:false
--comment: Providers name what they did by ids of their own; a statement of a period also shows by what it leaves out; and the same file twice is known by its digest.
alter table hub.provider_statement_lines
    add column task_id varchar(300),
    alter column job_id drop not null,
    add constraint provider_statement_lines_named check (num_nonnulls(job_id, task_id) > 0);
alter table hub.provider_statements
    add column period_start date,
    add column period_end date,
    add column digest char(64) check (digest ~ '^[0-9a-f]{64}$'),
    add constraint provider_statements_period check (num_nonnulls(period_start, period_end) in (0, 2) and period_start <= period_end);
comment on column hub.provider_statements.period_end is 'The last day that it covers.';
--rollback alter table hub.provider_statements drop constraint provider_statements_period, drop column digest, drop column period_end, drop column period_start;
--rollback alter table hub.provider_statement_lines drop constraint provider_statement_lines_named; delete from hub.provider_statement_lines where job_id is null; alter table hub.provider_statement_lines alter column job_id set not null, drop column task_id;
