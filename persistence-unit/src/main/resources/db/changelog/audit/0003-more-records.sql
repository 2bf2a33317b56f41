--liquibase formatted sql

--changeset hub:audit-0006-more-records splitStatements:false
--comment: Tables that record themselves, or are the bookkeeping of the background, and columns that change all the time.
insert into hub.audit_exemptions values
    ('ledger_seals', 'the chain over the ledger; append-only'),
    ('budget_entries', 'a record itself, written with the ledger; append-only'),
    ('budget_warnings', 'a record itself: each threshold once, and when it was told'),
    ('provider_tasks', 'the state of polling; job_events records each step and each call to a provider'),
    ('emulated_tasks', 'the books of an emulated device, which is no part of the hub''s own'),
    ('mails', 'the outbox of mails, emptied by the background'),
    ('feed_entries', 'a record itself; append-only'),
    ('notifications', 'written by the background, told to one person, read by that person'),
    ('webhook_deliveries', 'the log of deliveries itself; each attempt is a row of webhook_attempts'),
    ('webhook_attempts', 'a record itself, only ever added to'),
    ('webhook_positions', 'a bookmark of the background');
insert into hub.audit_columns values
    ('budgets', 'used', 'QUIET', 'every hold and release, which budget_entries records'),
    ('budgets', 'period_start', 'QUIET', 'the first hold of a period'),
    ('providers', 'refreshed_at', 'QUIET', 'every look at the catalogue of a provider'),
    ('providers', 'refresh_error', 'QUIET', 'every look at the catalogue of a provider'),
    ('backends', 'queue_depth', 'QUIET', 'every look at a device'),
    ('backends', 'average_queue_time', 'QUIET', 'every look at a device'),
    ('backends', 'learned_at', 'QUIET', 'every look at a device');
do $$
declare
    exempt record;
begin
    for exempt in select e.table_name from hub.audit_exemptions e where to_regclass('hub.' || e.table_name) is not null
    loop
        execute format('drop trigger if exists zz_audit on hub.%I', exempt.table_name);
    end loop;
end
$$;
call hub.audit_every_table();
--rollback delete from hub.audit_columns where table_name in ('budgets', 'providers', 'backends'); delete from hub.audit_exemptions where table_name in ('ledger_seals', 'budget_entries', 'budget_warnings', 'provider_tasks', 'emulated_tasks', 'mails', 'feed_entries', 'notifications', 'webhook_deliveries', 'webhook_attempts', 'webhook_positions');
