--liquibase formatted sql

--changeset hub:team-0060-places-of-master-keys splitStatements:false
--comment: Servers of one database may keep their master keys in different places while they move. A wish names the place, so that each server fulfils only what is meant for its own; of several wishes of a kind the latest counts.
alter table hub.key_rotations
    add column master_keys varchar(300) not null default 'file',
    add column failed      integer      not null default 0 check (failed >= 0);
comment on column hub.key_rotations.master_keys is 'Where the master keys of the server that took the wish lie: file, or aws-kms:// and the ARN of a key.';
comment on column hub.key_rotations.failed is 'Data keys that do not open; they stay as they are.';
drop index hub.key_rotations_open;
create unique index key_rotations_open on hub.key_rotations (kind, master_keys) where finished_at is null;
grant update (failed) on hub.key_rotations to hub_worker;
--rollback alter table hub.key_rotations no force row level security;
--rollback update hub.key_rotations r set finished_at = now()
--rollback  where finished_at is null
--rollback    and exists (select from hub.key_rotations n
--rollback                 where n.kind = r.kind and n.finished_at is null and (n.requested_at, n.id) > (r.requested_at, r.id));
--rollback alter table hub.key_rotations force row level security;
--rollback drop index hub.key_rotations_open;
--rollback create unique index key_rotations_open on hub.key_rotations (kind) where finished_at is null;
--rollback alter table hub.key_rotations drop column failed, drop column master_keys;
