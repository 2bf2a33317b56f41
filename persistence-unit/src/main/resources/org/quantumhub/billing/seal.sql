-- Seals the next block: transfers in the order of their numbers from the last seal on, of one day, up to the first one
-- that is too young to be sealed.
with last as (
    select s.day, s.number, s.last_id, s.seal from hub.ledger_seals s order by s.last_id desc limit 1
), next as (
    select t.id, (t.created_at at time zone 'UTC')::date as day, hub.transfer_digest(t) as digest,
           t.created_at < now() - make_interval(secs => ?) as ripe
      from hub.ledger_transfers t
     where t.id > coalesce((select l.last_id from last l), 0)
     order by t.id
     limit 1000
), upto as (
    select n.id, n.day, n.digest,
           bool_and(n.ripe and n.day <= f.day) over (order by n.id) as together
      from next n
     cross join (select x.day from next x order by x.id limit 1) f
), block as (
    select max(u.day) as day, min(u.id) as first_id, max(u.id) as last_id, count(*)::int as transfers,
           string_agg(substring(u.digest for 8), '' order by u.id) as digests,
           string_agg(u.digest, '' order by u.id) as whole
      from upto u
     where u.together
    having count(*) > 0
), placed as (
    select greatest(b.day, l.day) as day, b.first_id, b.last_id, b.transfers, b.digests, b.whole,
           case when l.day >= b.day then l.number + 1 else 1 end as number,
           coalesce(l.seal, decode(repeat('00', 32), 'hex')) as previous
      from block b left join last l on true
)
insert into hub.ledger_seals (day, number, first_id, last_id, transfers, digests, previous_seal, seal)
select p.day, p.number, p.first_id, p.last_id, p.transfers, p.digests, p.previous,
       sha256(p.previous
              || convert_to(p.day || '|' || p.number || '|' || p.first_id || '|' || p.last_id || '|' || p.transfers || '|', 'UTF8')
              || p.whole)
  from placed p
returning transfers
