--liquibase formatted sql

--changeset hub:billing-0006-kinds splitStatements:false
--comment: Money that comes in, credit lines, tax and rounding. Rounding happens on bills only; what it takes or gives stands on an account of its own.
alter table hub.ledger_transfers drop constraint ledger_transfers_kind;
alter table hub.ledger_transfers add constraint ledger_transfers_kind check ((kind, debit_account, credit_account) in (
    ('CREDIT',    'FUNDING',   'AVAILABLE'),
    ('TOPUP',     'CASH',      'AVAILABLE'),
    ('PAYOUT',    'AVAILABLE', 'CASH'),
    ('ADVANCE',   'LINE',      'AVAILABLE'),
    ('RECALL',    'AVAILABLE', 'LINE'),
    ('HOLD',      'AVAILABLE', 'HELD'),
    ('CHARGE',    'HELD',      'REVENUE'),
    ('RELEASE',   'HELD',      'AVAILABLE'),
    ('REFUND',    'REVENUE',   'AVAILABLE'),
    ('PAYMENT',   'CASH',      'AVAILABLE'),
    ('TAX',       'CASH',      'TAX'),
    ('ROUND_IN',  'CASH',      'ROUNDING'),
    ('ROUND_OUT', 'ROUNDING',  'AVAILABLE'),
    ('WAIVE',     'REVENUE',   'AVAILABLE'),
    ('RETURN',    'REVENUE',   'AVAILABLE'),
    ('TAX_BACK',  'TAX',       'AVAILABLE')));
-- the moment of the posting, not of the transaction's begin: a period that is over gets no more rows
alter table hub.ledger_transfers alter column created_at set default clock_timestamp();
create index ledger_transfers_time on hub.ledger_transfers (team_id, created_at) where kind in ('CHARGE', 'REFUND');
--rollback drop index hub.ledger_transfers_time; alter table hub.ledger_transfers alter column created_at set default now(); alter table hub.ledger_transfers drop constraint ledger_transfers_kind; alter table hub.ledger_transfers add constraint ledger_transfers_kind check ((kind, debit_account, credit_account) in (('CREDIT', 'FUNDING', 'AVAILABLE'), ('HOLD', 'AVAILABLE', 'HELD'), ('CHARGE', 'HELD', 'REVENUE'), ('RELEASE', 'HELD', 'AVAILABLE'), ('REFUND', 'REVENUE', 'AVAILABLE')));

--changeset hub:billing-0007-seals splitStatements:false
create table hub.ledger_seals (
    day           date        not null,
    number        integer     not null check (number > 0),
    first_id      bigint      not null,
    last_id       bigint      not null,
    transfers     integer     not null check (transfers > 0),
    digests       bytea       not null,
    previous_seal bytea       not null check (octet_length(previous_seal) = 32),
    seal          bytea       not null check (octet_length(seal) = 32),
    sealed_at     timestamptz not null default clock_timestamp(),
    primary key (day, number),
    unique (last_id),
    unique (previous_seal),
    check (last_id >= first_id),
    check (octet_length(digests) = 8 * transfers)
);
comment on table hub.ledger_seals is 'The chain over the ledger: each seal covers a block of one day''s transfers and the seal before it, so that nothing behind it can be changed unseen. Eight bytes of each transfer''s digest name the row that was.';
create trigger ledger_seals_append_only before update or delete on hub.ledger_seals
    for each row execute function hub.refuse_change();
create trigger ledger_seals_no_truncate before truncate on hub.ledger_seals
    for each statement execute function hub.refuse_change();
grant select, insert on hub.ledger_seals to hub_worker;
grant select on hub.ledger_seals to hub_reader;

create function hub.transfer_digest(t hub.ledger_transfers) returns bytea
    language sql stable
    return sha256(convert_to(concat_ws('|', t.id, t.team_id, t.kind, t.reference, t.debit_account, t.credit_account, t.amount,
        t.currency, (extract(epoch from t.created_at) * 1000000)::bigint, t.description), 'UTF8'));
--rollback drop function hub.transfer_digest(hub.ledger_transfers); drop table hub.ledger_seals;
