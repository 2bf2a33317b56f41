--liquibase formatted sql

--changeset hub:billing-0090-spending-limits splitStatements:false rollbackSplitStatements:false
--comment: A member's spending limit is a budget like any other, kept by the member's row: one mechanism holds both.
alter table hub.budgets add column spending_limit boolean not null default false,
    add constraint budgets_spending_limit check (not spending_limit or scope = 'MEMBER' and period = 'MONTH' and action = 'BLOCK_PAID');
create unique index budgets_spending_limits on hub.budgets (team_id, user_id) where spending_limit;

create function hub.follow_spending_limit() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, hub as
$$
begin
    if tg_op = 'DELETE' or new.spending_limit is null then
        update hub.budgets b
           set active = false, updated_at = now(), version = b.version + 1
         where b.team_id = old.team_id and b.user_id = old.user_id and b.spending_limit and b.active;
    else
        insert into hub.budgets (id, team_id, name, scope, user_id, amount, currency, period, action, spending_limit)
        select hub.next_id(), new.team_id, 'Spending limit', 'MEMBER', new.user_id, new.spending_limit, w.currency, 'MONTH', 'BLOCK_PAID', true
          from hub.wallets w
         where w.team_id = new.team_id
        on conflict (team_id, user_id) where spending_limit
        do update set amount = excluded.amount, active = true, updated_at = now(), version = budgets.version + 1;
    end if;
    return null;
end
$$;
revoke all on function hub.follow_spending_limit() from public;
create trigger team_members_limited after insert on hub.team_members
    for each row when (new.spending_limit is not null) execute function hub.follow_spending_limit();
create trigger team_members_limit_changed after update of spending_limit on hub.team_members
    for each row when (old.spending_limit is distinct from new.spending_limit) execute function hub.follow_spending_limit();
create trigger team_members_limit_gone after delete on hub.team_members
    for each row when (old.spending_limit is not null) execute function hub.follow_spending_limit();

-- limits that were set before now
do $$
declare
    m record;
begin
    for m in select team_id, user_id, spending_limit from hub.team_members where spending_limit is not null loop
        update hub.team_members set spending_limit = null where team_id = m.team_id and user_id = m.user_id;
        update hub.team_members set spending_limit = m.spending_limit where team_id = m.team_id and user_id = m.user_id;
    end loop;
end
$$;
--rollback drop trigger team_members_limited on hub.team_members; drop trigger team_members_limit_changed on hub.team_members;
--rollback drop trigger team_members_limit_gone on hub.team_members; drop function hub.follow_spending_limit();
--rollback delete from hub.budgets where spending_limit;
--rollback drop index hub.budgets_spending_limits; alter table hub.budgets drop constraint budgets_spending_limit, drop column spending_limit;
