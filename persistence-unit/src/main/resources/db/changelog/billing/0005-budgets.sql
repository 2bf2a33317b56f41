--liquibase formatted sql

--changeset hub:billing-0008-budgets splitStatements:false
create table hub.budgets (
    id           uuid          primary key,
    team_id      uuid          references hub.teams (id),
    name         varchar(100)  not null,
    scope        varchar(10)   not null check (scope in ('PLATFORM', 'TEAM', 'MEMBER', 'BACKEND', 'PROJECT')),
    user_id      uuid,
    backend      varchar(100),
    project_id   uuid,
    amount       numeric(18,8) not null check (amount >= 0 and amount < 'NaN'),
    currency     char(3)       not null check (currency ~ '^[A-Z]{3}$'),
    period       varchar(10)   not null check (period in ('DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR', 'TOTAL')),
    action       varchar(20)   not null check (action in ('NOTIFY', 'BLOCK_PAID', 'BLOCK_ALL', 'CANCEL_RUNNING')),
    active       boolean       not null default true,
    used         numeric(18,8) not null default 0 check (used >= 0 and used < 'NaN'),
    period_start date          not null default date '1970-01-01',
    created_at   timestamptz   not null default now(),
    updated_at   timestamptz   not null default now(),
    version      bigint        not null default 1,
    constraint budgets_scope_named check (case scope
        when 'PLATFORM' then team_id is null and user_id is null and backend is null and project_id is null
        when 'TEAM' then team_id is not null and user_id is null and backend is null and project_id is null
        when 'MEMBER' then team_id is not null and user_id is not null and backend is null and project_id is null
        when 'BACKEND' then backend is not null and user_id is null and project_id is null
        when 'PROJECT' then team_id is not null and project_id is not null and user_id is null and backend is null end)
);
comment on table hub.budgets is 'Caps on spending by period. used is what holds and charges of the running period add up to; only the trigger of budget_entries writes it.';
create index budgets_of_team on hub.budgets (team_id) where active;
create index budgets_team on hub.budgets (team_id, id);

alter table hub.budgets enable row level security;
alter table hub.budgets force row level security;
-- who acts for a team also queues at the budgets of the platform, and changes none of them
create policy budgets_acting on hub.budgets to hub_app
    using (team_id = any ((select hub.current_teams())::uuid[])
           or (team_id is null and (select hub.current_teams())::uuid[] is not null))
    with check (team_id = any ((select hub.current_teams())::uuid[]));
create policy budgets_posting on hub.budgets to hub_owner using (true) with check (true);
create policy budgets_system on hub.budgets to hub_worker using (true) with check (true);
create policy budgets_read on hub.budgets for select to hub_reader using (true);
grant select, insert (id, team_id, name, scope, user_id, backend, project_id, amount, currency, period, action),
      update (name, amount, action, active, updated_at, version) on hub.budgets to hub_app, hub_worker;
grant select on hub.budgets to hub_reader;

create function hub.budget_period(period text, at timestamptz) returns date
    language sql immutable parallel safe
    return case period when 'TOTAL' then date '1970-01-01'
                       else date_trunc(lower(period), at at time zone 'UTC')::date end;
--rollback drop function hub.budget_period(text, timestamptz); drop table hub.budgets;

--changeset hub:billing-0009-budget-entries splitStatements:false
create table hub.budget_entries (
    budget_id    uuid          not null,
    reference    uuid          not null,
    kind         varchar(10)   not null check (kind in ('HOLD', 'RELEASE')),
    team_id      uuid          not null references hub.teams (id),
    amount       numeric(18,8) not null check (amount > 0 and amount < 'NaN'),
    period_start date          not null,
    created_at   timestamptz   not null default clock_timestamp(),
    primary key (reference, kind, budget_id)
);
comment on table hub.budget_entries is 'What holds took from which budget, and what releases and refunds gave back to it.';
create index budget_entries_team on hub.budget_entries (team_id);
create index budget_entries_budget on hub.budget_entries (budget_id, period_start);
create trigger budget_entries_append_only before update or delete on hub.budget_entries
    for each row execute function hub.refuse_change();
create trigger budget_entries_no_truncate before truncate on hub.budget_entries
    for each statement execute function hub.refuse_change();
alter table hub.budget_entries enable row level security;
alter table hub.budget_entries force row level security;
create policy budget_entries_acting on hub.budget_entries to hub_app
    using (team_id = any ((select hub.current_teams())::uuid[]))
    with check (team_id = any ((select hub.current_teams())::uuid[]) and kind = 'HOLD');
create policy budget_entries_posting on hub.budget_entries to hub_owner using (true) with check (true);
create policy budget_entries_system on hub.budget_entries to hub_worker using (true) with check (true);
create policy budget_entries_read on hub.budget_entries for select to hub_reader using (true);
grant select, insert on hub.budget_entries to hub_app, hub_worker;
grant select on hub.budget_entries to hub_reader;

create table hub.budget_warnings (
    budget_id    uuid          not null,
    period_start date          not null,
    threshold    smallint      not null check (threshold in (50, 80, 100)),
    team_id      uuid          references hub.teams (id),
    used         numeric(18,8) not null,
    created_at   timestamptz   not null default clock_timestamp(),
    told_at      timestamptz,
    primary key (budget_id, period_start, threshold)
);
comment on table hub.budget_warnings is 'Each threshold of a budget that was reached, once in a period; told_at when the hub has passed it on.';
create index budget_warnings_team on hub.budget_warnings (team_id);
create index budget_warnings_untold on hub.budget_warnings (created_at) where told_at is null;
alter table hub.budget_warnings enable row level security;
alter table hub.budget_warnings force row level security;
create policy budget_warnings_acting on hub.budget_warnings to hub_app
    using (team_id = any ((select hub.current_teams())::uuid[]));
create policy budget_warnings_posting on hub.budget_warnings to hub_owner using (true) with check (true);
create policy budget_warnings_system on hub.budget_warnings to hub_worker using (true) with check (true);
create policy budget_warnings_read on hub.budget_warnings for select to hub_reader using (true);
grant select on hub.budget_warnings to hub_app, hub_reader;
grant select, update (told_at) on hub.budget_warnings to hub_worker;

-- The one conditional update that no hold passes when a budget does not cover it. Runs as the owner, so that no other
-- role needs the right to change what is used. Budgets are taken in one order.
create function hub.post_budget_entries() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, hub
    set enable_seqscan = off as
$$
declare
    wanted integer;
    taken  integer;
begin
    perform 1 from hub.budgets b where b.id in (select e.budget_id from entered e) order by b.id for no key update;

    if exists (select from entered e left join hub.budgets b on b.id = e.budget_id
                where b.id is null or b.team_id <> e.team_id) then
        raise exception 'a budget of another team' using errcode = 'foreign_key_violation', constraint = 'budget_entries_budget';
    end if;

    -- a new period begins with nothing used
    update hub.budgets b
       set used = 0, period_start = hub.budget_period(b.period, now())
     where b.id in (select e.budget_id from entered e where e.kind = 'HOLD')
       and b.period_start <> hub.budget_period(b.period, now());

    select count(distinct e.budget_id) into wanted from entered e where e.kind = 'HOLD';
    update hub.budgets b
       set used = b.used + d.amount, updated_at = now()
      from (select e.budget_id, e.period_start, sum(e.amount) as amount
              from entered e where e.kind = 'HOLD' group by e.budget_id, e.period_start) d
     where b.id = d.budget_id and b.period_start = d.period_start
       and (b.action = 'NOTIFY' or b.used + d.amount <= b.amount);
    get diagnostics taken = row_count;
    if taken < wanted then
        raise exception 'a budget does not cover this' using errcode = 'check_violation', constraint = 'budgets_covered';
    end if;

    -- what was held in an earlier period gives nothing back to this one
    update hub.budgets b
       set used = b.used - d.amount, updated_at = now()
      from (select e.budget_id, e.period_start, sum(e.amount) as amount
              from entered e where e.kind = 'RELEASE' group by e.budget_id, e.period_start) d
     where b.id = d.budget_id and b.period_start = d.period_start;

    insert into hub.budget_warnings (budget_id, period_start, threshold, team_id, used)
    select b.id, b.period_start, t.threshold, b.team_id, b.used
      from hub.budgets b
     cross join (values (50), (80), (100)) as t (threshold)
     where b.id in (select e.budget_id from entered e where e.kind = 'HOLD')
       and b.used > 0 and b.used * 100 >= b.amount * t.threshold
    on conflict do nothing;
    return null;
end
$$;
revoke all on function hub.post_budget_entries() from public;
create trigger budget_entries_post after insert on hub.budget_entries
    referencing new table as entered for each statement execute function hub.post_budget_entries();

-- What the ledger gives back, budgets get back. Nothing to do for work that no budget was asked for.
create function hub.release_budgets() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, hub
    set enable_seqscan = off as
$$
begin
    if exists (select from posted p join hub.budget_entries h on h.reference = p.reference and h.kind = 'HOLD'
                where p.kind = 'RELEASE') then
        insert into hub.budget_entries (budget_id, reference, kind, team_id, amount, period_start)
        select h.budget_id, h.reference, 'RELEASE', h.team_id, p.amount, h.period_start
          from posted p
          join hub.budget_entries h on h.reference = p.reference and h.kind = 'HOLD'
         where p.kind = 'RELEASE'
         order by h.budget_id;
    end if;
    return null;
end
$$;
revoke all on function hub.release_budgets() from public;
create trigger ledger_transfers_release after insert on hub.ledger_transfers
    referencing new table as posted for each statement execute function hub.release_budgets();
--rollback drop trigger ledger_transfers_release on hub.ledger_transfers; drop function hub.release_budgets(); drop trigger budget_entries_post on hub.budget_entries; drop function hub.post_budget_entries(); drop table hub.budget_warnings; drop table hub.budget_entries;
