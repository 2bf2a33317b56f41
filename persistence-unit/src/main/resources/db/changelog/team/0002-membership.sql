--liquibase formatted sql

--changeset hub:team-0002-roles-and-invitations-told splitStatements:false
--comment: Platform roles of the verified caller, and the hash of an invitation that somebody shows; both die with the transaction.
create function hub.acts_as(wanted text) returns boolean
    language sql stable parallel safe
    return wanted = any (string_to_array(coalesce(current_setting('hub.roles', true), ''), ','));

create function hub.presented_invitation() returns bytea
    language sql stable parallel safe
    return decode(nullif(current_setting('hub.invitation', true), ''), 'hex');
--rollback drop function hub.presented_invitation(); drop function hub.acts_as(text);

--changeset hub:team-0003-teams-run splitStatements:false
alter table hub.teams
    add column billing_address  varchar(500),
    add column suspended_reason varchar(500),
    add constraint teams_suspension check (suspended_at is not null or suspended_reason is null);

-- who runs the platform sees every team and may suspend it
create policy teams_operating on hub.teams to hub_app
    using (hub.acts_as('OPERATOR') or hub.acts_as('ADMIN'))
    with check (hub.acts_as('OPERATOR') or hub.acts_as('ADMIN'));
-- a team knows its members by name
create policy users_of_team on hub.users for select to hub_app
    using (id in (select m.user_id from hub.team_members m where m.team_id = any ((select hub.current_teams())::uuid[])));
--rollback drop policy users_of_team on hub.users; drop policy teams_operating on hub.teams; alter table hub.teams drop constraint teams_suspension, drop column suspended_reason, drop column billing_address;

--changeset hub:team-0004-always-an-owner splitStatements:false
--comment: Asked at the end of the transaction, so that an owner may hand over and leave in one. The lock on the team makes two owners who leave at one moment go one after the other; the second one sees the first one gone.
create function hub.keep_an_owner() returns trigger
    language plpgsql
    set search_path = pg_catalog, hub as
$$
begin
    perform 1 from hub.teams t where t.id = old.team_id for no key update;
    if not exists (select from hub.team_members m where m.team_id = old.team_id and m.role = 'OWNER') then
        raise exception 'team % would be without an owner', old.team_id
            using errcode = 'check_violation', constraint = 'team_members_owner';
    end if;
    return null;
end
$$;
create constraint trigger team_members_owner after update or delete on hub.team_members
    deferrable initially deferred for each row when (old.role = 'OWNER') execute function hub.keep_an_owner();
--rollback drop trigger team_members_owner on hub.team_members; drop function hub.keep_an_owner();

--changeset hub:team-0005-leaving splitStatements:false
--comment: Who leaves a team keeps neither its keys nor the habit of acting for it. Keys stay as history, so they cannot refer to a membership that is gone: that a key's owner is a member is checked when it is made.
alter table hub.users drop constraint users_default_team_fk;
alter table hub.users add constraint users_default_team_fk
    foreign key (default_team_id, id) references hub.team_members (team_id, user_id)
    on delete set null (default_team_id) deferrable initially deferred;

alter table hub.user_api_keys drop constraint user_api_keys_member_fk;
alter table hub.user_api_keys add constraint user_api_keys_team_fk foreign key (team_id) references hub.teams (id);
create index user_api_keys_team on hub.user_api_keys (team_id, user_id);

create function hub.guard_key_member() returns trigger
    language plpgsql
    set search_path = pg_catalog, hub as
$$
begin
    perform 1 from hub.team_members m where m.team_id = new.team_id and m.user_id = new.user_id for key share;
    if not found then
        raise exception 'user_api_keys_member_fk: user % is no member of team %', new.user_id, new.team_id
            using errcode = 'foreign_key_violation', constraint = 'user_api_keys_member_fk';
    end if;
    return null;
end
$$;
create trigger user_api_keys_member after insert or update of team_id, user_id on hub.user_api_keys
    for each row execute function hub.guard_key_member();

create function hub.end_membership() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, hub as
$$
begin
    update hub.user_api_keys k
       set status = 'REVOKED', updated_at = now(), version = k.version + 1
     where k.team_id = old.team_id and k.user_id = old.user_id and k.status <> 'REVOKED';
    return null;
end
$$;
revoke all on function hub.end_membership() from public;
create policy user_api_keys_leaving on hub.user_api_keys to hub_owner using (true) with check (true);
create trigger team_members_end after delete on hub.team_members
    for each row execute function hub.end_membership();
--rollback drop trigger team_members_end on hub.team_members; drop policy user_api_keys_leaving on hub.user_api_keys; drop function hub.end_membership(); drop trigger user_api_keys_member on hub.user_api_keys; drop function hub.guard_key_member(); drop index hub.user_api_keys_team; alter table hub.user_api_keys drop constraint user_api_keys_team_fk; alter table hub.user_api_keys add constraint user_api_keys_member_fk foreign key (team_id, user_id) references hub.team_members (team_id, user_id); alter table hub.users drop constraint users_default_team_fk; alter table hub.users add constraint users_default_team_fk foreign key (default_team_id, id) references hub.team_members (team_id, user_id) deferrable initially deferred;
