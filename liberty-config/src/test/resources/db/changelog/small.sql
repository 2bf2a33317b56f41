--liquibase formatted sql

--changeset hub:1-cities
create table city (name text primary key);
--rollback drop table city;

--changeset hub:2-rivers
create table river (name text primary key, city text references city);
--rollback drop table river;
