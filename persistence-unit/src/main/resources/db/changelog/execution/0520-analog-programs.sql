--liquibase formatted sql

--changeset hub:execution-0520-analog-programs splitStatements:false
--comment: Programs for devices of neutral atoms. They are kept as text: their decimals are the submitter's.
alter table hub.jobs
    drop constraint jobs_program_format_check,
    add constraint jobs_program_format_check check (program_format in ('CIRCUIT_JSON', 'OPENQASM2', 'OPENQASM3', 'AHS'));
--rollback alter table hub.jobs drop constraint jobs_program_format_check, add constraint jobs_program_format_check check (program_format in ('CIRCUIT_JSON', 'OPENQASM2', 'OPENQASM3')) not valid;
