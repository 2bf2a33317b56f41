--liquibase formatted sql

--changeset hub:billing-0005-price-lists splitStatements:false
--comment: Prices by time beside those by task and shot; versions follow each other and never overlap.
alter table hub.price_versions add constraint price_versions_by_time check (
    coalesce((components ->> 'perSecond')::numeric, 0) between 0 and 1000000000
    and coalesce((components ->> 'perHour')::numeric, 0) between 0 and 1000000000);
create index price_versions_history on hub.price_versions (subject_kind, subject, plan, currency, valid_from desc);

-- two open versions are refused by the unique index price_versions_open; this is for all other overlaps
create function hub.keep_prices_apart() returns trigger
    language plpgsql
    set search_path = pg_catalog, hub as
$$
begin
    if exists (select from hub.price_versions p
                where (p.subject_kind, p.subject, p.plan, p.currency) = (new.subject_kind, new.subject, new.plan, new.currency)
                  and not (p.valid_to is null and new.valid_to is null)
                  and tstzrange(p.valid_from, p.valid_to) && tstzrange(new.valid_from, new.valid_to)) then
        raise exception 'the versions of a price follow each other' using errcode = 'exclusion_violation', constraint = 'price_versions_apart';
    end if;
    return new;
end
$$;
create trigger price_versions_apart before insert on hub.price_versions
    for each row execute function hub.keep_prices_apart();
grant insert, update (valid_to) on hub.price_versions to hub_worker;
--rollback revoke insert, update (valid_to) on hub.price_versions from hub_worker; drop trigger price_versions_apart on hub.price_versions; drop function hub.keep_prices_apart(); drop index hub.price_versions_history; alter table hub.price_versions drop constraint price_versions_by_time;
