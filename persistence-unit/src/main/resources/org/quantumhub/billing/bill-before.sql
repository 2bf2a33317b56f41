-- What the bills before this one leave to it: the carried remainder, the rounding no payment has settled yet, and what is
-- left of grants and of money paid in advance.
with earlier as (
    select b.period_end, b.carried_out, b.granted, b.prepaid,
           case when b.net - b.granted - greatest(b.prepaid, 0) > 0 then 0 else b.rounding end as unsettled
      from hub.bills b
     where b.team_id = ? and b.kind = 'INVOICE' and (b.payment_status <> 'CANCELLED' or b.number is not null)
       and b.period_end <= ?
), funds as (
    select coalesce(sum(t.amount) filter (where t.kind = 'CREDIT'), 0) as granted,
           coalesce(sum(case t.kind when 'PAYOUT' then -t.amount else t.amount end) filter (where t.kind <> 'CREDIT'), 0) as prepaid
      from hub.ledger_transfers t
     where t.team_id = ? and t.kind in ('CREDIT', 'TOPUP', 'PAYOUT', 'RETURN', 'TAX_BACK') and t.created_at < ?::timestamptz
)
select coalesce((select e.carried_out from earlier e order by e.period_end desc limit 1), 0),
       coalesce((select e.unsettled from earlier e order by e.period_end desc limit 1), 0),
       f.granted - coalesce((select sum(e.granted) from earlier e), 0),
       f.prepaid - coalesce((select sum(e.prepaid) from earlier e), 0)
  from funds f
