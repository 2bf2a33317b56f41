--liquibase formatted sql

--changeset hub:audit-0007-stored-objects splitStatements:false
--comment: Large results are no more recorded than small ones are; whoever reads the log learns of them from the job's events.
insert into hub.audit_exemptions values
    ('stored_objects', 'results of jobs; job_events records the job that made them'),
    ('job_logs', 'a record itself; append-only'),
    ('engine_calibrations', 'what a server measured of itself at its start');
drop trigger if exists zz_audit on hub.stored_objects;
drop trigger if exists zz_audit on hub.job_logs;
drop trigger if exists zz_audit on hub.engine_calibrations;
call hub.audit_every_table();
--rollback delete from hub.audit_exemptions where table_name in ('stored_objects', 'job_logs', 'engine_calibrations');
