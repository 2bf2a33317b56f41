--liquibase formatted sql

--changeset hub:hardware-0012-emulated-inputs splitStatements:false
--comment: An emulated device is given the values of a program's inputs, as a real one is.
alter table hub.emulated_tasks add column parameters jsonb check (parameters is null or jsonb_typeof(parameters) = 'object');
grant select (parameters) on hub.emulated_tasks to hub_reader;
--rollback alter table hub.emulated_tasks drop column parameters;
