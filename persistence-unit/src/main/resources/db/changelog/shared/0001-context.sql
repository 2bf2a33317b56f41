--liquibase formatted sql

--changeset hub:shared-0001-context splitStatements:false
--comment: For whom a transaction acts. set_config(..., true) puts the values in; they die with the transaction, and nothing set means nothing seen.
create function hub.current_teams() returns uuid[]
    language sql stable parallel safe
    return string_to_array(nullif(current_setting('hub.team', true), ''), ',')::uuid[];

create function hub.current_person() returns uuid
    language sql stable parallel safe
    return nullif(current_setting('hub.user', true), '')::uuid;

create function hub.presented_login() returns text
    language sql stable parallel safe
    return nullif(current_setting('hub.login', true), '');

create function hub.presented_key() returns text
    language sql stable parallel safe
    return nullif(current_setting('hub.key', true), '');
--rollback drop function hub.presented_key(); drop function hub.presented_login(); drop function hub.current_person(); drop function hub.current_teams();

--changeset hub:shared-0002-append-only splitStatements:false
--comment: Put before UPDATE, DELETE and TRUNCATE of a table whose rows are never corrected, only followed by others.
create function hub.refuse_change() returns trigger
    language plpgsql as
$$
begin
    raise exception '% is append-only: % refused', tg_table_name, lower(tg_op)
        using errcode = 'restrict_violation';
end
$$;
--rollback drop function hub.refuse_change();

--changeset hub:shared-0003-head splitStatements:false
--comment: Readiness compares what has run with what this version brings.
grant select on hub.databasechangelog to hub_app, hub_worker, hub_reader;
--rollback revoke select on hub.databasechangelog from hub_app, hub_worker, hub_reader;
