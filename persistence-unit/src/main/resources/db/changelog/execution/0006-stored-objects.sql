--liquibase formatted sql

--changeset hub:execution-0030-stored-objects splitStatements:false
create table hub.stored_objects (
    path       varchar(255) primary key,
    team_id    uuid         not null references hub.teams (id),
    content    bytea        not null,
    created_at timestamptz  not null default now()
);
comment on table hub.stored_objects is 'The object store, where no folder and no bucket is configured: what is too large for a row of its own table. Written once, never changed.';
alter table hub.stored_objects alter column content set storage external;
create index stored_objects_team on hub.stored_objects (team_id);
create trigger stored_objects_append_only before update on hub.stored_objects for each row execute function hub.refuse_change();
create trigger stored_objects_no_truncate before truncate on hub.stored_objects for each statement execute function hub.refuse_change();
alter table hub.stored_objects enable row level security;
alter table hub.stored_objects force row level security;
create policy stored_objects_acting on hub.stored_objects for select to hub_app
    using (team_id = any ((select hub.current_teams())::uuid[]));
create policy stored_objects_system on hub.stored_objects to hub_worker using (true) with check (true);
create policy stored_objects_read on hub.stored_objects for select to hub_reader using (true);
grant select on hub.stored_objects to hub_app;
grant select, insert, delete on hub.stored_objects to hub_worker;
grant select on hub.stored_objects to hub_reader;
--rollback drop table hub.stored_objects;

--changeset hub:execution-0031-cache-key splitStatements:false
--comment: The jobs are the cache: a submission that allows it looks for one of the last hour with the same key.
create index jobs_cache_key on hub.jobs (team_id, cache_key, id) where cache_key is not null;
--rollback drop index hub.jobs_cache_key;
