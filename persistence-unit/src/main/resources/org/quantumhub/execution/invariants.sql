-- The ledger balances: in each transfer and each currency what leaves one account reaches another.
select e.transfer_id::text, e.currency, sum(e.amount)
  from hub.ledger_entries e
 group by e.transfer_id, e.currency
having sum(e.amount) <> 0;

-- The ledger balances as a whole, in each currency.
select e.currency, sum(e.amount)
  from hub.ledger_entries e
 group by e.currency
having sum(e.amount) <> 0;

-- A wallet is what its transfers add up to.
select w.team_id, w.available, w.held, w.spent, e.available as available_posted, e.held as held_posted, e.spent as spent_posted
  from hub.wallets w
  left join (select team_id,
                    sum(amount) filter (where account = 'AVAILABLE') as available,
                    sum(amount) filter (where account = 'HELD') as held,
                    sum(amount) filter (where account = 'REVENUE') as spent
               from hub.ledger_entries
              group by team_id) e on e.team_id = w.team_id
 where (w.available, w.held, w.spent)
       is distinct from (coalesce(e.available, 0), coalesce(e.held, 0), coalesce(e.spent, 0));

-- Nobody owes the hub anything.
select w.team_id, w.available, w.held, w.spent
  from hub.wallets w
 where w.available < 0 or w.held < 0 or w.spent < 0;

-- What a team has set aside is what its unfinished jobs may cost.
select w.team_id, w.held, j.estimated
  from hub.wallets w
  left join (select team_id, sum(estimated_cost) as estimated from hub.jobs where completed_at is null group by team_id) j
    on j.team_id = w.team_id
 where w.held <> coalesce(j.estimated, 0);

-- A job holds its estimate once, from its birth on.
select j.id, j.status, j.estimated_cost, t.held
  from hub.jobs j
  left join (select reference, sum(amount) as held from hub.ledger_transfers where kind = 'HOLD' group by reference) t
    on t.reference = j.id
 where j.estimated_cost <> coalesce(t.held, 0);

-- A job that has ended is charged what it cost, once, and has given back the rest; one on its way is charged nothing.
select j.id, j.status, j.estimated_cost, j.actual_cost, t.charged, t.released
  from hub.jobs j
  left join (select reference,
                    sum(amount) filter (where kind = 'CHARGE') as charged,
                    sum(amount) filter (where kind = 'RELEASE') as released
               from hub.ledger_transfers
              group by reference) t on t.reference = j.id
 where coalesce(t.charged, 0) <> coalesce(j.actual_cost, 0)
    or coalesce(t.released, 0) <> case when j.completed_at is null then 0 else j.estimated_cost - j.actual_cost end;

-- Only completed jobs cost anything.
select j.id, j.status, j.actual_cost
  from hub.jobs j
 where j.status <> 'COMPLETED' and coalesce(j.actual_cost, 0) <> 0;

-- Money moves for jobs that exist, within the job's own team.
select t.id, t.kind, t.reference, t.team_id
  from hub.ledger_transfers t
  left join hub.jobs j on j.id = t.reference and j.team_id = t.team_id
 where t.kind in ('HOLD', 'CHARGE', 'RELEASE') and j.id is null;

-- A completed job has one primary result, no other job has any.
select j.id, j.status, count(r.id)
  from hub.jobs j
  left join hub.job_results r on r.job_id = j.id and r.primary_result
 group by j.id, j.status
having count(r.id) <> case j.status when 'COMPLETED' then 1 else 0 end;

-- Results were written by the attempt that ended the job: no zombie's result is kept.
select r.id, r.job_id, r.fence as written_under, j.fence as ended_under
  from hub.job_results r
  join hub.jobs j on j.id = r.job_id
 where r.fence <> j.fence;

-- The last event of a job tells its status.
select j.id, j.status, e.status as last_event
  from hub.jobs j
  left join lateral (select status from hub.job_events e where e.job_id = j.id order by e.id desc limit 1) e on true
 where j.status is distinct from e.status;

-- Each step that was recorded is one that the life cycle knows.
select s.job_id, s.before, s.status
  from (select e.job_id, e.status, lag(e.status) over (partition by e.job_id order by e.id) as before from hub.job_events e) s
 where (s.before is null and s.status <> 'SUBMITTED')
    or (s.before <> s.status
        and not exists (select from hub.job_transitions t where t.from_status = s.before and t.to_status = s.status));

-- An idempotency key finds a job of its own team.
select k.team_id, k.key, k.job_id
  from hub.idempotency_keys k
  left join hub.jobs j on j.id = k.job_id and j.team_id = k.team_id
 where j.id is null;

-- Jobs are found by the tags they carry, and by no others.
select coalesce(c.job_id, t.job_id) as job_id, c.tag as carried, t.tag as found_by
  from (select distinct j.id as job_id, u.tag from hub.jobs j cross join lateral unnest(j.tags) as u (tag)) c
  full join hub.job_tags t on t.job_id = c.job_id and t.tag = c.tag
 where c.job_id is null or t.job_id is null;

-- What a budget has used in its running period is what was taken from it and not given back.
select b.id, b.used, e.taken
  from hub.budgets b
  left join (select budget_id, period_start, sum(case kind when 'HOLD' then amount else -amount end) as taken
               from hub.budget_entries
              group by budget_id, period_start) e on e.budget_id = b.id and e.period_start = b.period_start
 where b.used <> coalesce(e.taken, 0);

-- What was taken from a budget was held, for the same team.
select e.budget_id, e.reference, e.kind, e.amount
  from hub.budget_entries e
  left join hub.ledger_transfers t
    on t.reference = e.reference and t.kind = e.kind and t.team_id = e.team_id and t.amount = e.amount
 where t.id is null;

-- The versions of a price do not overlap.
select p.id, q.id as other
  from hub.price_versions p
  join hub.price_versions q
    on (p.subject_kind, p.subject, p.plan, p.currency) = (q.subject_kind, q.subject, q.plan, q.currency) and p.id < q.id
 where tstzrange(p.valid_from, p.valid_to) && tstzrange(q.valid_from, q.valid_to);

-- A job was priced by a version in force when it was submitted, give or take what servers remember.
select j.id, j.submitted_at, p.valid_from, p.valid_to
  from hub.jobs j
  join hub.price_versions p on p.id = j.price_version_id
 where j.currency <> p.currency
    or j.submitted_at + interval '10 seconds' < p.valid_from
    or j.submitted_at - interval '10 seconds' >= p.valid_to;

-- What a charge gives back is at most the charge.
select r.reference, r.amount as refunded, c.amount as charged
  from hub.ledger_transfers r
  left join hub.ledger_transfers c on c.reference = r.reference and c.kind = 'CHARGE' and c.team_id = r.team_id
 where r.kind = 'REFUND' and (c.id is null or r.amount > c.amount);
