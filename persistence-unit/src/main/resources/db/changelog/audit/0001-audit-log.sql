--liquibase formatted sql

--changeset hub:audit-0001-log splitStatements:false
create table hub.audit_log (
    id          bigint       generated always as identity primary key,
    occurred_at timestamptz  not null default clock_timestamp(),
    team_id     uuid,
    actor       uuid,
    via         varchar(63)  not null,
    address     varchar(100),
    request_id  varchar(100),
    action      varchar(10)  not null check (action in ('INSERT', 'UPDATE', 'DELETE')),
    entity      varchar(63)  not null,
    entity_id   varchar(300) not null,
    before      jsonb,
    after       jsonb
);
comment on table hub.audit_log is 'Who changed what, when, from where and in which request; written by a trigger on every table. Never corrected. Sealed in batches by audit_seals.';
create index audit_log_team on hub.audit_log (team_id, id) where team_id is not null;
create index audit_log_actor on hub.audit_log (actor, id) where actor is not null;
create index audit_log_entity on hub.audit_log (entity, entity_id, id);
create index audit_log_time on hub.audit_log (occurred_at);

create trigger audit_log_append_only before update or delete on hub.audit_log
    for each row execute function hub.refuse_change();
create trigger audit_log_no_truncate before truncate on hub.audit_log
    for each statement execute function hub.refuse_change();

alter table hub.audit_log enable row level security;
alter table hub.audit_log force row level security;
create policy audit_log_acting on hub.audit_log for select to hub_app
    using (team_id = any ((select hub.current_teams())::uuid[]));
create policy audit_log_auditing on hub.audit_log for select to hub_app using (hub.acts_as('AUDITOR'));
create policy audit_log_recording on hub.audit_log for insert to hub_owner with check (true);
create policy audit_log_system on hub.audit_log for select to hub_worker using (true);
create policy audit_log_read on hub.audit_log for select to hub_reader using (true);
grant select on hub.audit_log to hub_app, hub_worker, hub_reader;
--rollback drop table hub.audit_log;

--changeset hub:audit-0002-rules splitStatements:false
create table hub.audit_exemptions (
    table_name varchar(63)  primary key,
    reason     varchar(300) not null check (reason <> '')
);
comment on table hub.audit_exemptions is 'The tables whose changes are not audited, each with the reason. Every other table has the trigger; a test checks it.';
insert into hub.audit_exemptions values
    ('databasechangelog', 'the record of the migrations, written by them alone'),
    ('databasechangeloglock', 'the lock of the migrations'),
    ('audit_log', 'the audit log itself; append-only'),
    ('audit_seals', 'the chain over the audit log; append-only'),
    ('jobs', 'job_events records every step of a job by a trigger of its own; what was submitted and priced never changes'),
    ('job_events', 'a record itself; append-only'),
    ('job_results', 'written once, by the settlement that job_events records'),
    ('job_tags', 'written once, with the job'),
    ('idempotency_keys', 'written once, with the job, and cleared by age'),
    ('ledger_transfers', 'a record itself; append-only'),
    ('wallets', 'written by the trigger of the ledger alone; equals the sum of its transfers'),
    ('servers', 'the sign of life of servers, every few seconds; no data of anybody');
grant select on hub.audit_exemptions to hub_reader;

create table hub.audit_columns (
    table_name  varchar(63)  not null,
    column_name varchar(63)  not null,
    treatment   varchar(10)  not null check (treatment in ('MASK', 'QUIET')),
    reason      varchar(300) not null check (reason <> ''),
    primary key (table_name, column_name)
);
comment on table hub.audit_columns is 'Columns that are recorded as changed without their value (MASK), or whose change alone is not worth an entry (QUIET). Masked by their names already: passwords, secrets, tokens, hashes, everything encrypted, and who a person is.';
insert into hub.audit_columns values
    ('users', 'last_login', 'QUIET', 'every sign-in'),
    ('users', 'api_quota_used', 'QUIET', 'every request'),
    ('users', 'quota_period', 'QUIET', 'every first request of a month'),
    ('user_api_keys', 'last_used_at', 'QUIET', 'written every ten seconds for every key in use'),
    ('team_secrets', 'last_validated_at', 'QUIET', 'every trial; what comes of it is recorded when it differs'),
    ('team_data_keys', 'wrapped_at', 'QUIET', 'stands beside the master key that is recorded');
grant select on hub.audit_columns to hub_reader;

create function hub.audit_masked(column_name text) returns boolean
    language sql immutable parallel safe
    return column_name ~ '(password|secret|token|hash|encrypted|wrapped|_enc$|recovery|signature)'
           or column_name in ('email', 'username', 'full_name', 'bio', 'contact_info', 'social_links', 'avatar_url', 'ip_address',
                              'address', 'billing_address', 'notification_email', 'user_agent');
--rollback drop function hub.audit_masked(text); drop table hub.audit_columns; drop table hub.audit_exemptions;

--changeset hub:audit-0003-recording splitStatements:false
--comment: Runs as the owner, so that no serving role can write or forge an entry. What does not fit an entry is recorded by its length and SHA-256.
create function hub.audit_value(table_name text, column_name text, value jsonb) returns jsonb
    language sql stable
    set search_path = pg_catalog, hub
    return case
        when value is null or value = 'null' then value
        when hub.audit_masked(column_name)
             or exists (select from hub.audit_columns c
                         where c.table_name = audit_value.table_name and c.column_name = audit_value.column_name
                           and c.treatment = 'MASK') then to_jsonb('***'::text)
        when length(value::text) > 4000 then
             jsonb_build_object('length', length(value::text), 'sha256', encode(sha256(convert_to(value::text, 'UTF8')), 'hex'))
        else value
    end;

create function hub.record_change() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, hub as
$$
declare
    was     jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end;
    became  jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) end;
    whole   jsonb := coalesce(became, was);
    changed text[];
begin
    if tg_op = 'UPDATE' then
        select array_agg(k) into changed
          from jsonb_object_keys(became) as k
         where was -> k is distinct from became -> k
           and k not in ('version', 'updated_at')
           and not exists (select from hub.audit_columns c
                            where c.table_name = tg_table_name and c.column_name = k and c.treatment = 'QUIET');
        if changed is null then
            return null;
        end if;
    else
        select array_agg(k) into changed from jsonb_object_keys(whole) as k;
    end if;
    insert into hub.audit_log (team_id, actor, via, address, request_id, action, entity, entity_id, before, after)
    select (case tg_table_name when 'teams' then whole ->> 'id' else whole ->> 'team_id' end)::uuid,
           hub.current_person(), session_user,
           left(nullif(current_setting('hub.address', true), ''), 100),
           left(nullif(current_setting('hub.request', true), ''), 100),
           tg_op, tg_table_name,
           left((select string_agg(whole ->> k, '/' order by n) from unnest(tg_argv) with ordinality as p (k, n)), 300),
           (select jsonb_object_agg(k, hub.audit_value(tg_table_name, k, was -> k)) from unnest(changed) as k where was is not null),
           (select jsonb_object_agg(k, hub.audit_value(tg_table_name, k, became -> k)) from unnest(changed) as k where became is not null);
    return null;
end
$$;
revoke all on function hub.record_change() from public;

-- Where the change of some columns alone is not worth an entry, the trigger names the others, so that an update of those
-- some does not even call it; such tables are looked at again by each call, because they may have got columns.
create procedure hub.audit_every_table()
    language plpgsql
    set search_path = pg_catalog, hub as
$$
declare
    found record;
begin
    for found in
        select c.oid, c.relname,
               (select string_agg(quote_literal(a.attname), ', ' order by o.place)
                  from pg_index i cross join lateral unnest(i.indkey::int2[]) with ordinality as o (num, place)
                  join pg_attribute a on a.attrelid = c.oid and a.attnum = o.num
                 where i.indrelid = c.oid and i.indisprimary) as key,
               (select string_agg(quote_ident(a.attname), ', ') from pg_attribute a
                 where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attname not in ('version', 'updated_at')
                   and not exists (select from hub.audit_columns q where q.table_name = c.relname and q.column_name = a.attname
                                      and q.treatment = 'QUIET')) as told,
               exists (select from hub.audit_columns q where q.table_name = c.relname and q.treatment = 'QUIET') as partly
          from pg_class c
         where c.relnamespace = 'hub'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
           and c.relname not in (select e.table_name from hub.audit_exemptions e)
    loop
        if found.partly then
            execute format('drop trigger if exists zz_audit on hub.%I', found.relname);
            execute format('drop trigger if exists zz_audit_update on hub.%I', found.relname);
            execute format('create trigger zz_audit after insert or delete on hub.%I for each row execute function hub.record_change(%s)',
                           found.relname, coalesce(found.key, ''));
            execute format('create trigger zz_audit_update after update of %s on hub.%I for each row execute function hub.record_change(%s)',
                           found.told, found.relname, coalesce(found.key, ''));
        elsif not exists (select from pg_trigger t where t.tgrelid = found.oid and t.tgfoid = 'hub.record_change'::regproc) then
            -- last in the alphabet: what other triggers refuse is not recorded, what they change is
            execute format('create trigger zz_audit after insert or update or delete on hub.%I'
                           || ' for each row execute function hub.record_change(%s)', found.relname, coalesce(found.key, ''));
        end if;
    end loop;
end
$$;
revoke all on procedure hub.audit_every_table() from public;
--rollback drop procedure hub.audit_every_table(); drop function hub.record_change() cascade; drop function hub.audit_value(text, text, jsonb);

--changeset hub:audit-0004-seals splitStatements:false
create table hub.audit_seals (
    id        bigint      generated always as identity primary key,
    last_id   bigint      not null,
    ids       bigint[]    not null,
    digests   bytea       not null,
    previous  bytea       not null check (octet_length(previous) = 32),
    hash      bytea       not null check (octet_length(hash) = 32),
    sealed_at timestamptz not null default clock_timestamp(),
    constraint audit_seals_last_key unique (last_id),
    constraint audit_seals_previous_key unique (previous),
    constraint audit_seals_whole check (octet_length(digests) = 32 * cardinality(ids) and cardinality(ids) > 0)
);
comment on table hub.audit_seals is 'A chain over the audit log: each seal covers a batch of entries by their SHA-256 and the seal before it. Made by a timer, so that writers wait for nobody.';
create trigger audit_seals_append_only before update or delete on hub.audit_seals
    for each row execute function hub.refuse_change();
create trigger audit_seals_no_truncate before truncate on hub.audit_seals
    for each statement execute function hub.refuse_change();
alter table hub.audit_seals enable row level security;
alter table hub.audit_seals force row level security;
create policy audit_seals_auditing on hub.audit_seals for select to hub_app using (hub.acts_as('AUDITOR'));
create policy audit_seals_system on hub.audit_seals to hub_worker using (true) with check (true);
create policy audit_seals_read on hub.audit_seals for select to hub_reader using (true);
grant select on hub.audit_seals to hub_app, hub_reader;
grant select, insert on hub.audit_seals to hub_worker;

-- numbers and texts that read the same in every session
create function hub.audit_digest(e hub.audit_log) returns bytea
    language sql stable
    set search_path = pg_catalog, hub
    return sha256(convert_to(jsonb_build_array(e.id, extract(epoch from e.occurred_at), e.team_id, e.actor, e.via, e.address,
                                               e.request_id, e.action, e.entity, e.entity_id, e.before, e.after)::text, 'UTF8'));

create function hub.audit_seal_hash(previous bytea, digests bytea, ids bigint[]) returns bytea
    language sql stable
    set search_path = pg_catalog, hub
    return sha256(previous || digests || convert_to(ids::text, 'UTF8'));

-- Seals entries up to an id, at most so many; the caller knows that no transaction is left that could still add one
-- below it. One sealer at a time.
create function hub.seal_audit_log(upto bigint, most integer) returns integer
    language plpgsql
    set search_path = pg_catalog, hub as
$$
declare
    sealed bigint;
    link   bytea;
    batch  bigint[];
    prints bytea;
begin
    perform pg_advisory_xact_lock(hashtextextended('hub.audit_seals', 0));
    select s.last_id, s.hash into sealed, link from hub.audit_seals s order by s.id desc limit 1;
    link := coalesce(link, decode(repeat('00', 32), 'hex'));
    select array_agg(e.id order by e.id), string_agg(hub.audit_digest(e), ''::bytea order by e.id) into batch, prints
      from (select * from hub.audit_log l where l.id > coalesce(sealed, 0) and l.id <= upto order by l.id limit most) e;
    if batch is null then
        return 0;
    end if;
    insert into hub.audit_seals (last_id, ids, digests, previous, hash)
    values (batch[cardinality(batch)], batch, prints, link, hub.audit_seal_hash(link, prints, batch));
    return cardinality(batch);
end
$$;

-- Everything that is wrong with the chain, each fault with the seal and the entry it concerns. No row: nothing is wrong.
create function hub.audit_faults() returns table (seal bigint, entry bigint, fault text)
    language sql stable
    set search_path = pg_catalog, hub as
$$
    with chain as (
        select s.*, lag(s.hash) over (order by s.id) as before_it, lag(s.last_id) over (order by s.id) as last_before
          from hub.audit_seals s)
    select c.id, null::bigint, 'the seal does not follow the one before it' from chain c
     where c.previous <> coalesce(c.before_it, decode(repeat('00', 32), 'hex'))
    union all
    select c.id, null, 'the seal has been altered' from chain c
     where c.hash <> hub.audit_seal_hash(c.previous, c.digests, c.ids) or c.last_id <> c.ids[cardinality(c.ids)]
    union all
    select c.id, i.id, case when e.id is null then 'the entry is missing' else 'the entry has been altered' end
      from chain c
     cross join lateral unnest(c.ids) with ordinality as i (id, place)
      left join hub.audit_log e on e.id = i.id
     where e.id is null or hub.audit_digest(e) <> substring(c.digests from (32 * (i.place - 1) + 1)::int for 32)
    union all
    select c.id, e.id, 'the entry was added behind the seal'
      from chain c
      join hub.audit_log e on (c.last_before is null or e.id > c.last_before) and e.id <= c.last_id
     where not e.id = any (c.ids)
    order by 1, 2 nulls first
$$;
--rollback drop function hub.audit_faults(); drop function hub.seal_audit_log(bigint, integer); drop function hub.audit_seal_hash(bytea, bytea, bigint[]); drop function hub.audit_digest(hub.audit_log); drop table hub.audit_seals;
