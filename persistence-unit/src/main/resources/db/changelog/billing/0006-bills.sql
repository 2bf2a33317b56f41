--liquibase formatted sql

--changeset hub:billing-0010-tax splitStatements:false
create table hub.tax_rates (
    country    char(2)      not null check (country ~ '^[A-Z]{2}$'),
    valid_from date         not null,
    name       varchar(30)  not null,
    rate       numeric(6,3) not null check (rate >= 0 and rate < 100),
    eu         boolean      not null default false,
    created_at timestamptz  not null default now(),
    primary key (country, valid_from)
);
comment on table hub.tax_rates is 'Standard rates of value added tax in percent, by country and from when on. A bill takes the rate of its billing date.';
create trigger tax_rates_append_only before update or delete on hub.tax_rates
    for each row execute function hub.refuse_change();
create trigger tax_rates_no_truncate before truncate on hub.tax_rates
    for each statement execute function hub.refuse_change();
grant select, insert on hub.tax_rates to hub_worker;
grant select on hub.tax_rates to hub_reader;
insert into hub.tax_rates (country, valid_from, name, rate, eu) values
    ('AT', '2000-01-01', 'USt', 20, true), ('BE', '2000-01-01', 'TVA/BTW', 21, true), ('BG', '2007-01-01', 'DDS', 20, true),
    ('CY', '2014-01-13', 'VAT', 19, true), ('CZ', '2013-01-01', 'DPH', 21, true), ('DE', '2021-01-01', 'USt', 19, true),
    ('DK', '2000-01-01', 'moms', 25, true), ('EE', '2024-01-01', 'KM', 22, true), ('EE', '2025-07-01', 'KM', 24, true),
    ('ES', '2012-09-01', 'IVA', 21, true), ('FI', '2013-01-01', 'ALV', 24, true), ('FI', '2024-09-01', 'ALV', 25.5, true),
    ('FR', '2014-01-01', 'TVA', 20, true), ('GR', '2016-06-01', 'FPA', 24, true), ('HR', '2012-03-01', 'PDV', 25, true),
    ('HU', '2012-01-01', 'AFA', 27, true), ('IE', '2021-03-01', 'VAT', 23, true), ('IT', '2013-10-01', 'IVA', 22, true),
    ('LT', '2009-09-01', 'PVM', 21, true), ('LU', '2024-01-01', 'TVA', 17, true), ('LV', '2012-07-01', 'PVN', 21, true),
    ('MT', '2004-01-01', 'VAT', 18, true), ('NL', '2012-10-01', 'BTW', 21, true), ('PL', '2011-01-01', 'VAT', 23, true),
    ('PT', '2011-01-01', 'IVA', 23, true), ('RO', '2017-01-01', 'TVA', 19, true), ('RO', '2025-08-01', 'TVA', 21, true),
    ('SE', '2000-01-01', 'moms', 25, true), ('SI', '2013-07-01', 'DDV', 22, true), ('SK', '2011-01-01', 'DPH', 20, true),
    ('SK', '2025-01-01', 'DPH', 23, true), ('CH', '2024-01-01', 'MWST', 8.1, false), ('GB', '2011-01-04', 'VAT', 20, false),
    ('NO', '2005-01-01', 'MVA', 25, false);
--rollback drop table hub.tax_rates;

--changeset hub:billing-0011-profiles splitStatements:false
create table hub.billing_profiles (
    team_id     uuid         primary key references hub.teams (id),
    legal_name  varchar(200) not null,
    street      varchar(200),
    postal_code varchar(20),
    city        varchar(100),
    country     char(2)      check (country ~ '^[A-Z]{2}$'),
    tax_id      varchar(30),
    email       varchar(255),
    reference   varchar(100),
    updated_at  timestamptz  not null default now(),
    version     bigint       not null default 1
);
comment on table hub.billing_profiles is 'Whom bills are made out to. A bill keeps what stood here when it was drawn up.';
alter table hub.billing_profiles enable row level security;
alter table hub.billing_profiles force row level security;
create policy billing_profiles_acting on hub.billing_profiles to hub_app
    using (team_id = any ((select hub.current_teams())::uuid[]))
    with check (team_id = any ((select hub.current_teams())::uuid[]));
create policy billing_profiles_system on hub.billing_profiles to hub_worker using (true) with check (true);
create policy billing_profiles_read on hub.billing_profiles for select to hub_reader using (true);
grant select, insert, update on hub.billing_profiles to hub_app;
grant select on hub.billing_profiles to hub_worker, hub_reader;
--rollback drop table hub.billing_profiles;

--changeset hub:billing-0012-bills splitStatements:false
create table hub.bill_numbers (
    kind varchar(12) not null check (kind in ('INVOICE', 'CREDIT_NOTE')),
    year integer     not null,
    last integer     not null check (last >= 0),
    primary key (kind, year)
);
comment on table hub.bill_numbers is 'The last number given in each year. It rises in the transaction that issues, so that no number is lost.';
grant select, insert, update on hub.bill_numbers to hub_worker;
grant select on hub.bill_numbers to hub_reader;

create table hub.bills (
    id             uuid          primary key,
    team_id        uuid          not null,
    user_id        uuid          not null references hub.users (id),
    kind           varchar(12)   not null check (kind in ('INVOICE', 'CREDIT_NOTE')),
    number         varchar(20),
    corrects_id    uuid,
    reason         varchar(200),
    period_start   date          not null,
    period_end     date          not null check (period_end > period_start),
    currency       char(3)       not null,
    usage          numeric(18,8) not null,
    carried_in     numeric(18,8) not null default 0,
    carried_out    numeric(18,8) not null default 0,
    rounding       numeric(18,8) not null default 0,
    net            numeric(18,2) not null,
    granted        numeric(18,2) not null default 0,
    tax_name       varchar(30),
    tax_rate       numeric(6,3)  not null default 0 check (tax_rate >= 0),
    tax            numeric(18,2) not null default 0,
    tax_note       varchar(200),
    total          numeric(18,2) not null,
    prepaid        numeric(18,2) not null default 0,
    due            numeric(18,2) not null,
    paid_amount    numeric(18,2) not null default 0 check (paid_amount >= 0),
    credited       numeric(18,2) not null default 0 check (credited >= 0),
    pending_amount numeric(18,2) not null check (pending_amount >= 0),
    billing_date   date          not null,
    due_date       date          not null,
    payment_status varchar(20)   not null default 'DRAFT' check (payment_status in
                       ('DRAFT', 'PENDING', 'PARTIALLY_PAID', 'PAID', 'OVERDUE', 'CANCELLED', 'REFUNDED')),
    seller         jsonb         not null,
    buyer          jsonb         not null,
    dunning_level  integer       not null default 0,
    issued_at      timestamptz,
    created_at     timestamptz   not null default now(),
    updated_at     timestamptz   not null default now(),
    version        bigint        not null default 1,
    foreign key (team_id, currency) references hub.wallets (team_id, currency),
    constraint bills_team_key unique (team_id, id),
    constraint bills_corrects foreign key (team_id, corrects_id) references hub.bills (team_id, id),
    constraint bills_number_key unique (number),
    constraint bills_numbered check ((number is null) = (payment_status = 'DRAFT' or (payment_status = 'CANCELLED' and issued_at is null))),
    constraint bills_credit_note check ((kind = 'CREDIT_NOTE') = (corrects_id is not null)),
    constraint bills_carried check (kind = 'CREDIT_NOTE' or carried_in + usage = net + carried_out),
    constraint bills_total check (total = net - granted + tax),
    constraint bills_due check (due = total - prepaid),
    constraint bills_pending check (pending_amount = case when kind = 'CREDIT_NOTE' or payment_status in ('CANCELLED', 'REFUNDED')
                                                          then 0 else greatest(due - credited - paid_amount, 0) end)
);
comment on table hub.bills is 'Bills of teams by period, and the credit notes that correct them. Once issued, only their payment changes.';
create unique index bills_once on hub.bills (team_id, period_start) where kind = 'INVOICE' and (payment_status <> 'CANCELLED' or number is not null);
create index bills_user on hub.bills (user_id);
create index bills_list on hub.bills (team_id, id desc);
create index bills_open on hub.bills (due_date) where payment_status in ('PENDING', 'PARTIALLY_PAID', 'OVERDUE');

create table hub.billing_items (
    bill_id         uuid          not null,
    position        integer       not null check (position > 0),
    team_id         uuid          not null,
    description     varchar(255)  not null,
    quantity        bigint        not null check (quantity > 0),
    unit            varchar(20)   not null,
    exact_amount    numeric(18,8) not null,
    amount          numeric(18,2) not null,
    first_transfer  bigint,
    last_transfer   bigint,
    subscription_id uuid,
    job_id          uuid,
    primary key (bill_id, position),
    foreign key (team_id, bill_id) references hub.bills (team_id, id)
);
comment on table hub.billing_items is 'The lines of bills. A line names the transfers it sums up; its amount is rounded with what the line before left over.';
create index billing_items_team on hub.billing_items (team_id, bill_id);

create table hub.bill_reminders (
    bill_id    uuid        not null,
    level      integer     not null check (level between 1 and 3),
    team_id    uuid        not null,
    created_at timestamptz not null default now(),
    primary key (bill_id, level),
    foreign key (team_id, bill_id) references hub.bills (team_id, id)
);
comment on table hub.bill_reminders is 'Each reminder of an overdue bill, once.';
create index bill_reminders_team on hub.bill_reminders (team_id, bill_id);

create table hub.bill_transitions (
    from_status varchar(20) not null,
    to_status   varchar(20) not null,
    primary key (from_status, to_status)
);
comment on table hub.bill_transitions is 'The life of a bill as data; a trigger on bills refuses every other step.';
insert into hub.bill_transitions values
    ('DRAFT', 'PENDING'), ('DRAFT', 'PAID'), ('DRAFT', 'CANCELLED'),
    ('PENDING', 'PARTIALLY_PAID'), ('PENDING', 'PAID'), ('PENDING', 'OVERDUE'), ('PENDING', 'CANCELLED'),
    ('PARTIALLY_PAID', 'PAID'), ('PARTIALLY_PAID', 'OVERDUE'), ('PARTIALLY_PAID', 'REFUNDED'),
    ('OVERDUE', 'PAID'), ('OVERDUE', 'CANCELLED'), ('OVERDUE', 'REFUNDED'),
    ('PAID', 'REFUNDED');
grant select on hub.bill_transitions to hub_app, hub_worker, hub_reader;

do $$
declare
    name text;
begin
    foreach name in array array ['bills', 'billing_items', 'bill_reminders'] loop
        execute format('alter table hub.%I enable row level security', name);
        execute format('alter table hub.%I force row level security', name);
        execute format('create policy %I on hub.%I to hub_app using (team_id = any ((select hub.current_teams())::uuid[]))', name || '_acting', name);
        execute format('create policy %I on hub.%I to hub_worker using (true) with check (true)', name || '_system', name);
        execute format('create policy %I on hub.%I for select to hub_reader using (true)', name || '_read', name);
        execute format('create trigger %I before truncate on hub.%I for each statement execute function hub.refuse_change()', name || '_no_truncate', name);
    end loop;
end
$$;
grant select on hub.bills, hub.billing_items, hub.bill_reminders to hub_app, hub_reader;
grant select, insert, update on hub.bills to hub_worker;
grant select, insert on hub.billing_items, hub.bill_reminders to hub_worker;

create function hub.guard_bill() returns trigger
    language plpgsql
    set search_path = pg_catalog, hub as
$$
begin
    if tg_op = 'INSERT' then
        if new.payment_status <> 'DRAFT' then
            raise exception 'bill %: a bill begins as a draft', new.id using errcode = 'check_violation';
        end if;
        return new;
    end if;
    if tg_op = 'DELETE' then
        raise exception 'bill %: bills are cancelled, not removed', old.id using errcode = 'restrict_violation';
    end if;
    if new.payment_status <> old.payment_status
       and not exists (select from hub.bill_transitions t where t.from_status = old.payment_status and t.to_status = new.payment_status) then
        raise exception 'bill %: no way from % to %', old.id, old.payment_status, new.payment_status using errcode = 'check_violation';
    end if;
    -- what was drawn up stays; a number is given once, and only payment changes after it
    if (to_jsonb(old) - array ['number', 'issued_at', 'payment_status', 'paid_amount', 'credited', 'pending_amount', 'dunning_level', 'updated_at', 'version'])
       is distinct from
       (to_jsonb(new) - array ['number', 'issued_at', 'payment_status', 'paid_amount', 'credited', 'pending_amount', 'dunning_level', 'updated_at', 'version'])
       or (old.number is not null and (old.number, old.issued_at) is distinct from (new.number, new.issued_at)) then
        raise exception 'bill %: what was drawn up is corrected by a credit note, never changed', old.id using errcode = 'restrict_violation';
    end if;
    if new.paid_amount < old.paid_amount or new.credited < old.credited then
        raise exception 'bill %: what was paid and credited stays', old.id using errcode = 'restrict_violation';
    end if;
    return new;
end
$$;
create trigger bills_guard before insert or update or delete on hub.bills for each row execute function hub.guard_bill();

create function hub.guard_bill_item() returns trigger
    language plpgsql
    set search_path = pg_catalog, hub as
$$
begin
    if tg_op <> 'INSERT' or (select b.payment_status from hub.bills b where b.id = new.bill_id) <> 'DRAFT' then
        raise exception 'the lines of a bill are written with it and stay' using errcode = 'restrict_violation';
    end if;
    return new;
end
$$;
create trigger billing_items_guard before insert or update or delete on hub.billing_items
    for each row execute function hub.guard_bill_item();

create index ledger_transfers_funding on hub.ledger_transfers (team_id, created_at)
    where kind in ('CREDIT', 'TOPUP', 'PAYOUT', 'RETURN', 'TAX_BACK');
--rollback drop index hub.ledger_transfers_funding; drop table hub.bill_transitions; drop table hub.bill_reminders; drop table hub.billing_items; drop table hub.bills; drop table hub.bill_numbers; drop function hub.guard_bill_item(); drop function hub.guard_bill();
