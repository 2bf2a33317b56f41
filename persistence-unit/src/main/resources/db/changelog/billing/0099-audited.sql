--liquibase formatted sql

--changeset hub:billing-0099-audited splitStatements:false
--comment: Bills, payments, profiles and rates are audited; what only records itself or is counted by the background is not.
insert into hub.audit_exemptions values
    ('bill_numbers', 'a counter; bills carry the numbers it gave'),
    ('billing_items', 'written once, with the bill, and never changed'),
    ('bill_reminders', 'a record itself: each reminder once'),
    ('bank_entries', 'a record itself: what statements told, written once'),
    ('usage_analytics', 'counted by the background'),
    ('usage_days', 'rolled up by the background from what is recorded elsewhere'),
    ('provider_statement_lines', 'written once, with the statement');
call hub.audit_every_table();
--rollback delete from hub.audit_exemptions where table_name in ('bill_numbers', 'billing_items', 'bill_reminders', 'bank_entries', 'usage_analytics', 'usage_days', 'provider_statement_lines');
