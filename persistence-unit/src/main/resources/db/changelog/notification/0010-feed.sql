--liquibase formatted sql

--changeset hub:notification-0010-feed splitStatements:false
create table hub.feed_entries (
    id         bigint      generated always as identity primary key,
    team_id    uuid        references hub.teams (id),
    user_id    uuid        references hub.users (id),
    type       varchar(60) not null check (type ~ '^[a-z][a-z-]*([.][a-z-]+)+$'),
    subject    varchar(100),
    data       jsonb       not null default '{}',
    created_at timestamptz not null default clock_timestamp(),
    constraint feed_entries_for_somebody check (team_id is not null or user_id is not null)
);
comment on table hub.feed_entries is 'What happened, for those who listen: written in the transaction in which it happens, read by webhooks and by open streams. What happens to jobs is read from job_events instead.';
create index feed_entries_team on hub.feed_entries (team_id, id) where team_id is not null;
create index feed_entries_user on hub.feed_entries (user_id, id) where user_id is not null;
create trigger feed_entries_append_only before update on hub.feed_entries
    for each row execute function hub.refuse_change();

alter table hub.feed_entries enable row level security;
alter table hub.feed_entries force row level security;
create policy feed_entries_acting on hub.feed_entries to hub_app
    using (team_id = any ((select hub.current_teams())::uuid[]) or user_id = hub.current_person())
    with check (team_id = any ((select hub.current_teams())::uuid[]) or (team_id is null and user_id = hub.current_person()));
create policy feed_entries_operating on hub.feed_entries for insert to hub_app
    with check (hub.acts_as('OPERATOR') or hub.acts_as('ADMIN'));
create policy feed_entries_system on hub.feed_entries to hub_worker using (true) with check (true);
create policy feed_entries_read on hub.feed_entries for select to hub_reader using (true);
grant select, insert on hub.feed_entries to hub_app;
grant select, insert, delete on hub.feed_entries to hub_worker;
grant select on hub.feed_entries to hub_reader;

-- whoever listens is woken when the transaction has been committed
create function hub.announce_feed() returns trigger
    language plpgsql
    set search_path = pg_catalog, hub as
$$
begin
    perform pg_notify('hub_feed', '');
    return null;
end
$$;
create trigger feed_entries_announce after insert on hub.feed_entries
    for each statement execute function hub.announce_feed();
--rollback drop table hub.feed_entries; drop function hub.announce_feed();

--changeset hub:notification-0011-inbox splitStatements:false
create table hub.notifications (
    id         uuid         primary key,
    user_id    uuid         not null references hub.users (id),
    about_team uuid         references hub.teams (id),
    title      varchar(100) not null,
    message    text         not null check (length(message) <= 4000),
    type       varchar(20)  not null default 'INFO' check (type in
                   ('INFO', 'SUCCESS', 'WARNING', 'ERROR', 'BILLING', 'SECURITY', 'MAINTENANCE')),
    topic      varchar(60)  not null,
    read       boolean      not null default false,
    read_at    timestamptz,
    created_at timestamptz  not null default now(),
    constraint notifications_read check (read = (read_at is not null))
);
comment on table hub.notifications is 'What a person is told inside the hub.';
create index notifications_user on hub.notifications (user_id, id);
create index notifications_unread on hub.notifications (user_id, id) where not read;
create index notifications_team on hub.notifications (about_team) where about_team is not null;

create table hub.notification_preferences (
    user_id uuid        not null references hub.users (id),
    topic   varchar(60) not null,
    muted   boolean     not null,
    primary key (user_id, topic)
);
comment on table hub.notification_preferences is 'Topics that a person does not want to be told of, or wants to again.';

alter table hub.notifications enable row level security;
alter table hub.notifications force row level security;
create policy notifications_own on hub.notifications to hub_app
    using (user_id = hub.current_person()) with check (user_id = hub.current_person());
create policy notifications_system on hub.notifications to hub_worker using (true) with check (true);
create policy notifications_count on hub.notifications for select to hub_reader using (true);
grant select, update (read, read_at) on hub.notifications to hub_app;
grant select, insert, delete on hub.notifications to hub_worker;
grant select (id, user_id, type, topic, read, read_at, created_at) on hub.notifications to hub_reader;

alter table hub.notification_preferences enable row level security;
alter table hub.notification_preferences force row level security;
create policy notification_preferences_own on hub.notification_preferences to hub_app
    using (user_id = hub.current_person()) with check (user_id = hub.current_person());
create policy notification_preferences_system on hub.notification_preferences to hub_worker using (true) with check (true);
create policy notification_preferences_read on hub.notification_preferences for select to hub_reader using (true);
grant select, insert, update, delete on hub.notification_preferences to hub_app;
grant select on hub.notification_preferences to hub_worker, hub_reader;
--rollback drop table hub.notification_preferences; drop table hub.notifications;
