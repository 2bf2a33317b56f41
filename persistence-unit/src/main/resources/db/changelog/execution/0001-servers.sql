--liquibase formatted sql

--changeset hub:execution-0001-servers splitStatements:false
create table hub.servers (
    id           uuid         primary key,
    name         varchar(200) not null,
    started_at   timestamptz  not null default now(),
    heartbeat_at timestamptz  not null default now(),
    ended_at     timestamptz
);
comment on table hub.servers is 'One row for each start of a server. Its id is the owner of the leases the server takes and the instance shown by the health checks.';
create index servers_name on hub.servers (name) where ended_at is null;
grant select, insert, update on hub.servers to hub_worker;
grant select on hub.servers to hub_app, hub_reader;
--rollback drop table hub.servers;
