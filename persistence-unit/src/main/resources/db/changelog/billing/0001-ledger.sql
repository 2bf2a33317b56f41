--liquibase formatted sql

--changeset hub:billing-0001-wallets splitStatements:false
create table hub.wallets (
    team_id    uuid          primary key references hub.teams (id),
    currency   char(3)       not null check (currency ~ '^[A-Z]{3}$'),
    available  numeric(18,8) not null default 0,
    held       numeric(18,8) not null default 0,
    spent      numeric(18,8) not null default 0,
    updated_at timestamptz   not null default now(),
    constraint wallets_available_covered check (available >= 0 and available < 'NaN'),
    constraint wallets_held_covered check (held >= 0 and held < 'NaN'),
    constraint wallets_spent_covered check (spent >= 0 and spent < 'NaN'),
    unique (team_id, currency)
);
comment on table hub.wallets is 'What a team has, per state of the money. Only the ledger''s trigger writes here: a wallet always equals the sum of its transfers, and nobody can spend what is not available.';

alter table hub.wallets enable row level security;
alter table hub.wallets force row level security;
create policy wallets_acting on hub.wallets to hub_app
    using (team_id = any ((select hub.current_teams())::uuid[]))
    with check (team_id = any ((select hub.current_teams())::uuid[]) and available = 0 and held = 0 and spent = 0);
create policy wallets_posting on hub.wallets to hub_owner using (true) with check (true);
create policy wallets_system on hub.wallets to hub_worker using (true) with check (true);
create policy wallets_read on hub.wallets for select to hub_reader using (true);
-- no right to change the amounts: UPDATE of a time stamp is what FOR UPDATE asks for, to queue at a wallet
grant select, insert (team_id, currency), update (updated_at) on hub.wallets to hub_app, hub_worker;
grant select on hub.wallets to hub_reader;
--rollback drop table hub.wallets;

--changeset hub:billing-0002-ledger splitStatements:false
create table hub.ledger_transfers (
    id             bigint        generated always as identity primary key,
    team_id        uuid          not null,
    kind           varchar(10)   not null,
    reference      uuid          not null,
    debit_account  varchar(10)   not null,
    credit_account varchar(10)   not null,
    -- 'NaN' counts as greater than every number
    amount         numeric(18,8) not null check (amount > 0 and amount < 'NaN'),
    currency       char(3)       not null,
    description    varchar(200)  not null,
    created_at     timestamptz   not null default now(),
    foreign key (team_id, currency) references hub.wallets (team_id, currency),
    -- one hold, one charge, one release for a reference: doing it twice is impossible, not merely checked
    constraint ledger_transfers_once unique (reference, kind),
    -- what each kind moves, from where to where
    constraint ledger_transfers_kind check ((kind, debit_account, credit_account) in (
        ('CREDIT',  'FUNDING',   'AVAILABLE'),
        ('HOLD',    'AVAILABLE', 'HELD'),
        ('CHARGE',  'HELD',      'REVENUE'),
        ('RELEASE', 'HELD',      'AVAILABLE'),
        ('REFUND',  'REVENUE',   'AVAILABLE')))
);
comment on table hub.ledger_transfers is 'The ledger. A row is a whole double entry: amount leaves one account and reaches another, so no transaction can be out of balance.';
create index ledger_transfers_team on hub.ledger_transfers (team_id, id);

create trigger ledger_transfers_append_only before update or delete on hub.ledger_transfers
    for each row execute function hub.refuse_change();
create trigger ledger_transfers_no_truncate before truncate on hub.ledger_transfers
    for each statement execute function hub.refuse_change();

alter table hub.ledger_transfers enable row level security;
alter table hub.ledger_transfers force row level security;
-- requests hold and give back; charges and refunds are the background's, and so is every credit but the one that
-- welcomes a team whose wallet has never been used
create policy ledger_transfers_acting on hub.ledger_transfers to hub_app
    using (team_id = any ((select hub.current_teams())::uuid[]))
    with check (team_id = any ((select hub.current_teams())::uuid[])
                and (kind in ('HOLD', 'RELEASE')
                     or kind = 'CREDIT' and exists (select from hub.wallets w
                                                     where w.team_id = ledger_transfers.team_id
                                                       and w.available = 0 and w.held = 0 and w.spent = 0)));
create policy ledger_transfers_posting on hub.ledger_transfers to hub_owner using (true) with check (true);
create policy ledger_transfers_system on hub.ledger_transfers to hub_worker using (true) with check (true);
create policy ledger_transfers_read on hub.ledger_transfers for select to hub_reader using (true);
grant select, insert on hub.ledger_transfers to hub_app, hub_worker;
grant select on hub.ledger_transfers to hub_reader;

-- The classic two-line form, for readers and checks.
create view hub.ledger_entries with (security_invoker = true) as
    select t.id as transfer_id, t.team_id, t.kind, t.reference, e.account, e.amount, t.currency, t.description, t.created_at
      from hub.ledger_transfers t
     cross join lateral (values (t.debit_account, -t.amount), (t.credit_account, t.amount)) as e (account, amount);
grant select on hub.ledger_entries to hub_app, hub_worker, hub_reader;
--rollback drop view hub.ledger_entries; drop table hub.ledger_transfers;

--changeset hub:billing-0003-posting splitStatements:false
--comment: Runs as the owner so that no other role needs the right to change an amount. Wallets are taken in one order, so that two postings never wait for each other in a circle. No sequential scans: a plan made on the empty tables of a new installation would stay slow.
create function hub.post_transfers() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, hub
    set enable_seqscan = off as
$$
begin
    perform 1 from hub.wallets w
      where w.team_id in (select p.team_id from posted p)
      order by w.team_id for no key update;

    update hub.wallets w
       set available = w.available + d.available, held = w.held + d.held, spent = w.spent + d.spent, updated_at = now()
      from (select e.team_id,
                   coalesce(sum(e.amount) filter (where e.account = 'AVAILABLE'), 0) as available,
                   coalesce(sum(e.amount) filter (where e.account = 'HELD'), 0)      as held,
                   coalesce(sum(e.amount) filter (where e.account = 'REVENUE'), 0)   as spent
              from (select p.team_id, p.debit_account as account, -p.amount as amount from posted p
                    union all
                    select p.team_id, p.credit_account, p.amount from posted p) e
             group by e.team_id) d
     where w.team_id = d.team_id;
    return null;
end
$$;
revoke all on function hub.post_transfers() from public;
create trigger ledger_transfers_post after insert on hub.ledger_transfers
    referencing new table as posted for each statement execute function hub.post_transfers();
--rollback drop trigger ledger_transfers_post on hub.ledger_transfers; drop function hub.post_transfers();
