--liquibase formatted sql

--changeset hub:billing-0004-price-versions splitStatements:false
create table hub.price_versions (
    id           uuid          primary key,
    subject_kind varchar(20)   not null check (subject_kind in ('BACKEND')),
    subject      varchar(100)  not null,
    plan         varchar(50)   not null default 'STANDARD',
    components   jsonb         not null,
    currency     char(3)       not null default 'USD' check (currency ~ '^[A-Z]{3}$'),
    valid_from   timestamptz   not null default now(),
    valid_to     timestamptz,
    created_at   timestamptz   not null default now(),
    constraint price_versions_period check (valid_to is null or valid_to > valid_from),
    constraint price_versions_components check (jsonb_typeof(components) = 'object'
        and coalesce((components ->> 'taskFee')::numeric, 0) between 0 and 1000000000
        and coalesce((components ->> 'perShot')::numeric, 0) between 0 and 1000000000
        and coalesce((components ->> 'minimumCost')::numeric, 0) between 0 and 1000000000)
);
comment on table hub.price_versions is 'Price lists by period. A job is charged by the version that was in force when it was submitted.';
create unique index price_versions_open on hub.price_versions (subject_kind, subject, plan, currency) where valid_to is null;
create index price_versions_components on hub.price_versions using gin (components jsonb_path_ops);

-- A price that somebody was quoted stays what it was: only its end may be set, once.
create function hub.keep_price() returns trigger
    language plpgsql as
$$
begin
    if tg_op = 'UPDATE' and old.valid_to is null
       and (new.id, new.subject_kind, new.subject, new.plan, new.components, new.currency, new.valid_from, new.created_at)
         is not distinct from
           (old.id, old.subject_kind, old.subject, old.plan, old.components, old.currency, old.valid_from, old.created_at) then
        return new;
    end if;
    raise exception 'a price version is never changed, only ended' using errcode = 'restrict_violation';
end
$$;
create trigger price_versions_keep before update or delete on hub.price_versions
    for each row execute function hub.keep_price();
create trigger price_versions_no_truncate before truncate on hub.price_versions
    for each statement execute function hub.refuse_change();
grant select on hub.price_versions to hub_app, hub_worker, hub_reader;
--rollback drop table hub.price_versions; drop function hub.keep_price();
