--liquibase formatted sql

--changeset hub:hardware-0012-emulated-inputs splitStatements:false
--comment: An emulated device is given the values of a program's inputs, as a real one is.
alter table hub.emulated_tasks add column parameters jsonb check (parameters is null or jsonb_typeof(parameters) = 'object');
grant select (parameters) on hub.emulated_tasks to hub_reader;
--rollback alter table hub.emulated_tasks drop column parameters;

--changeset hub:hardware-0013-learned-prices splitStatements:false
--comment: What a provider asked for when its price was learned last. A price that somebody set by hand is told from it, and stays.
alter table hub.backends add column learned_price jsonb check (learned_price is null or jsonb_typeof(learned_price) = 'object');
comment on column hub.backends.learned_price is 'taskFee and perShot in US dollars, as the provider told them';
grant update (learned_price) on hub.backends to hub_worker;
--rollback alter table hub.backends drop column learned_price;
