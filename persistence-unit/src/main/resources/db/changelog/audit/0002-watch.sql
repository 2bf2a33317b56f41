--liquibase formatted sql

--changeset hub:audit-0005-watch splitStatements:false
--comment: Puts the trigger on every table there is. Tables that come later need this call again, in a change set of their own.
call hub.audit_every_table();
--rollback select 1;
