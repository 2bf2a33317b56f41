--liquibase formatted sql

--changeset hub:billing-0013-payments splitStatements:false
create table hub.payments (
    id          uuid          primary key,
    team_id     uuid          not null,
    bill_id     uuid,
    method      varchar(10)   not null check (method in ('MANUAL', 'BANK', 'STRIPE')),
    amount      numeric(18,2) not null check (amount > 0 and amount < 'NaN'),
    currency    char(3)       not null,
    received_on date          not null,
    external_id varchar(255)  not null,
    payer       varchar(200),
    note        varchar(200),
    created_by  uuid,
    created_at  timestamptz   not null default now(),
    foreign key (team_id, currency) references hub.wallets (team_id, currency),
    foreign key (team_id, bill_id) references hub.bills (team_id, id),
    -- one payment is booked once, however often a bank or a gateway tells of it
    constraint payments_once unique (method, external_id)
);
comment on table hub.payments is 'Money that came in: for a bill, or in advance.';
create index payments_team on hub.payments (team_id, id desc);
create index payments_bill on hub.payments (team_id, bill_id) where bill_id is not null;
create trigger payments_append_only before update or delete on hub.payments
    for each row execute function hub.refuse_change();
create trigger payments_no_truncate before truncate on hub.payments
    for each statement execute function hub.refuse_change();
alter table hub.payments enable row level security;
alter table hub.payments force row level security;
create policy payments_acting on hub.payments to hub_app using (team_id = any ((select hub.current_teams())::uuid[]));
create policy payments_system on hub.payments to hub_worker using (true) with check (true);
create policy payments_read on hub.payments for select to hub_reader using (true);
grant select on hub.payments to hub_app, hub_reader;
grant select, insert on hub.payments to hub_worker;
--rollback drop table hub.payments;

--changeset hub:billing-0014-bank-entries splitStatements:false
create table hub.bank_entries (
    id         uuid          primary key,
    entry_key  varchar(255)  not null unique,
    booked_on  date          not null,
    amount     numeric(18,2) not null,
    currency   char(3)       not null,
    payer      varchar(200),
    remittance varchar(1000) not null,
    outcome    varchar(20)   not null check (outcome in ('MATCHED', 'NO_BILL', 'WRONG_CURRENCY', 'NOTHING_DUE', 'OVERPAID')),
    payment_id uuid          references hub.payments (id),
    file_name  varchar(200)  not null,
    created_at timestamptz   not null default now()
);
comment on table hub.bank_entries is 'What bank statements told, each entry once, and what became of it. What was not matched is for people.';
create index bank_entries_payment on hub.bank_entries (payment_id);
grant select, insert on hub.bank_entries to hub_worker;
grant select on hub.bank_entries to hub_reader;
--rollback drop table hub.bank_entries;

--changeset hub:billing-0015-checkouts splitStatements:false
create table hub.checkouts (
    id          uuid          primary key,
    team_id     uuid          not null,
    bill_id     uuid,
    gateway     varchar(10)   not null check (gateway in ('STRIPE')),
    external_id varchar(255)  not null unique,
    amount      numeric(18,2) not null check (amount > 0),
    currency    char(3)       not null,
    status      varchar(10)   not null default 'OPEN' check (status in ('OPEN', 'PAID', 'EXPIRED')),
    created_at  timestamptz   not null default now(),
    updated_at  timestamptz   not null default now(),
    foreign key (team_id, currency) references hub.wallets (team_id, currency),
    foreign key (team_id, bill_id) references hub.bills (team_id, id)
);
comment on table hub.checkouts is 'Payments that were begun at a gateway. The gateway''s own word, signed, ends them.';
create index checkouts_team on hub.checkouts (team_id, bill_id);
alter table hub.checkouts enable row level security;
alter table hub.checkouts force row level security;
create policy checkouts_acting on hub.checkouts to hub_app using (team_id = any ((select hub.current_teams())::uuid[]));
create policy checkouts_system on hub.checkouts to hub_worker using (true) with check (true);
create policy checkouts_read on hub.checkouts for select to hub_reader using (true);
grant select on hub.checkouts to hub_app, hub_reader;
grant select, insert, update (status, updated_at) on hub.checkouts to hub_worker;
--rollback drop table hub.checkouts;
