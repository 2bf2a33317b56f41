--liquibase formatted sql

--changeset hub:team-0072-owners-stay splitStatements:false rollbackSplitStatements:false
--comment: A team whose people are at work has an owner who is. A request sees the members of the team that it acts for, and not those of others; so what watches over that looks as the owner of the tables.
create policy users_owning on hub.users for select to hub_owner using (true);
create policy teams_owning on hub.teams to hub_owner using (true) with check (true);
create policy team_members_owning on hub.team_members to hub_owner using (true) with check (true);

-- an account that is closed hands over: to the admin who is in the team longest, or if there is none to the member;
-- one that is deleted does not, somebody has to do that before; the locks make two owners who go at one moment go one
-- after the other
create function hub.keep_owners_at_work() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, hub as
$$
declare
    orphan uuid;
begin
    perform 1 from hub.teams t
      where t.id in (select m.team_id from hub.team_members m where m.user_id = new.id and m.role = 'OWNER')
      order by t.id for no key update;
    for orphan in
        select m.team_id from hub.team_members m
         where m.user_id = new.id and m.role = 'OWNER'
           and exists (select from hub.team_members o join hub.users u on u.id = o.user_id
                        where o.team_id = m.team_id and o.user_id <> new.id and u.is_active)
           and not exists (select from hub.team_members o join hub.users u on u.id = o.user_id
                            where o.team_id = m.team_id and o.user_id <> new.id and u.is_active and o.role = 'OWNER')
    loop
        if new.deleted_at is not null then
            raise exception 'team % would be without an owner', orphan
                using errcode = 'check_violation', constraint = 'team_members_owner';
        end if;
        update hub.team_members h set role = 'OWNER', version = h.version + 1
         where h.team_id = orphan
           and h.user_id = (select m.user_id from hub.team_members m join hub.users u on u.id = m.user_id and u.is_active
                             where m.team_id = orphan and m.user_id <> new.id
                             order by m.role = 'ADMIN' desc, m.created_at, m.user_id limit 1);
    end loop;
    return null;
end
$$;
revoke all on function hub.keep_owners_at_work() from public;
create trigger users_keep_owners_at_work after update of is_active, deleted_at on hub.users for each row
    when (old.is_active and not new.is_active or old.deleted_at is null and new.deleted_at is not null)
    execute function hub.keep_owners_at_work();

-- nor does an owner who is at work leave the others to one who is not
create or replace function hub.keep_an_owner() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, hub as
$$
begin
    perform 1 from hub.teams t where t.id = old.team_id for no key update;
    if not exists (select from hub.team_members m where m.team_id = old.team_id and m.role = 'OWNER')
       or exists (select from hub.team_members m join hub.users u on u.id = m.user_id
                   where m.team_id = old.team_id and u.is_active)
          and not exists (select from hub.team_members m join hub.users u on u.id = m.user_id
                           where m.team_id = old.team_id and u.is_active and m.role = 'OWNER') then
        raise exception 'team % would be without an owner', old.team_id
            using errcode = 'check_violation', constraint = 'team_members_owner';
    end if;
    return null;
end
$$;
revoke all on function hub.keep_an_owner() from public;
--rollback drop trigger users_keep_owners_at_work on hub.users; drop function hub.keep_owners_at_work(); create or replace function hub.keep_an_owner() returns trigger language plpgsql security invoker set search_path = pg_catalog, hub as $body$ begin perform 1 from hub.teams t where t.id = old.team_id for no key update; if not exists (select from hub.team_members m where m.team_id = old.team_id and m.role = 'OWNER') then raise exception 'team % would be without an owner', old.team_id using errcode = 'check_violation', constraint = 'team_members_owner'; end if; return null; end $body$; grant execute on function hub.keep_an_owner() to public; drop policy team_members_owning on hub.team_members; drop policy teams_owning on hub.teams; drop policy users_owning on hub.users;
