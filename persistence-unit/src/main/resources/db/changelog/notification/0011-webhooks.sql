--liquibase formatted sql

--changeset hub:notification-0012-ids splitStatements:false
--comment: A UUID of version 7, for rows that a statement makes.
create function hub.next_id() returns uuid
    language sql volatile parallel safe
    set search_path = pg_catalog, hub
    return encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
               placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6), 52, 1), 53, 1), 'hex')::uuid;
--rollback drop function hub.next_id();

--changeset hub:notification-0013-webhooks splitStatements:false
create table hub.webhook_endpoints (
    id              uuid          primary key,
    team_id         uuid          not null references hub.teams (id),
    url             varchar(2000) not null,
    description     varchar(200),
    event_types     text[]        not null check (cardinality(event_types) between 1 and 100),
    is_active       boolean       not null default true,
    disabled_reason varchar(300),
    signing_slot     smallint      not null default 0 check (signing_slot in (0, 1)),
    earlier_until   timestamptz,
    created_by      uuid          not null references hub.users (id),
    created_at      timestamptz   not null default now(),
    updated_at      timestamptz   not null default now(),
    version         bigint        not null default 1,
    constraint webhook_endpoints_team_key unique (team_id, id)
);
comment on table hub.webhook_endpoints is 'Where a team wants to be told of events. The signing secrets lie among the team''s secrets; signing_slot tells which of two is current, earlier_until until when the other one signs too.';
create index webhook_endpoints_creator on hub.webhook_endpoints (created_by);

create table hub.webhook_deliveries (
    id              uuid         primary key,
    team_id         uuid         not null,
    endpoint_id     uuid         not null,
    event_type      varchar(60)  not null,
    event_key       varchar(100) not null,
    payload         jsonb        not null,
    status          varchar(20)  not null default 'PENDING' check (status in ('PENDING', 'DELIVERED', 'FAILED')),
    attempts        integer      not null default 0 check (attempts >= 0),
    next_attempt_at timestamptz  not null default now(),
    last_status     integer,
    last_error      varchar(300),
    created_at      timestamptz  not null default now(),
    delivered_at    timestamptz,
    constraint webhook_deliveries_team_key unique (team_id, id),
    -- an event reaches an endpoint's queue once, however often it is read
    constraint webhook_deliveries_once unique (endpoint_id, event_key),
    foreign key (team_id, endpoint_id) references hub.webhook_endpoints (team_id, id) on delete cascade
);
comment on table hub.webhook_deliveries is 'The outbox of webhooks. The id is the webhook-id that the receiver sees: the same for each attempt.';
create index webhook_deliveries_endpoint on hub.webhook_deliveries (team_id, endpoint_id, id);
create index webhook_deliveries_due on hub.webhook_deliveries (next_attempt_at) where status = 'PENDING';

create table hub.webhook_attempts (
    id          bigint      generated always as identity primary key,
    team_id     uuid        not null,
    delivery_id uuid        not null,
    status      integer,
    error       varchar(300),
    millis      integer     not null check (millis >= 0),
    created_at  timestamptz not null default clock_timestamp(),
    foreign key (team_id, delivery_id) references hub.webhook_deliveries (team_id, id) on delete cascade
);
create index webhook_attempts_delivery on hub.webhook_attempts (team_id, delivery_id, id);

create table hub.webhook_positions (
    source  varchar(20) primary key check (source in ('FEED', 'JOBS')),
    last_id bigint      not null
);
comment on table hub.webhook_positions is 'How far the feed and the events of jobs have been read into deliveries.';
insert into hub.webhook_positions select 'FEED', coalesce(max(id), 0) from hub.feed_entries;
insert into hub.webhook_positions select 'JOBS', coalesce(max(id), 0) from hub.job_events;
grant select, update (last_id) on hub.webhook_positions to hub_worker;
grant select on hub.webhook_positions to hub_reader;

alter table hub.webhook_endpoints enable row level security;
alter table hub.webhook_endpoints force row level security;
create policy webhook_endpoints_acting on hub.webhook_endpoints to hub_app
    using (team_id = any ((select hub.current_teams())::uuid[]))
    with check (team_id = any ((select hub.current_teams())::uuid[]));
create policy webhook_endpoints_system on hub.webhook_endpoints to hub_worker using (true) with check (true);
create policy webhook_endpoints_read on hub.webhook_endpoints for select to hub_reader using (true);
alter table hub.webhook_deliveries enable row level security;
alter table hub.webhook_deliveries force row level security;
create policy webhook_deliveries_acting on hub.webhook_deliveries to hub_app
    using (team_id = any ((select hub.current_teams())::uuid[]))
    with check (team_id = any ((select hub.current_teams())::uuid[]));
create policy webhook_deliveries_system on hub.webhook_deliveries to hub_worker using (true) with check (true);
create policy webhook_deliveries_read on hub.webhook_deliveries for select to hub_reader using (true);
alter table hub.webhook_attempts enable row level security;
alter table hub.webhook_attempts force row level security;
create policy webhook_attempts_acting on hub.webhook_attempts for select to hub_app
    using (team_id = any ((select hub.current_teams())::uuid[]));
create policy webhook_attempts_system on hub.webhook_attempts to hub_worker using (true) with check (true);
create policy webhook_attempts_read on hub.webhook_attempts for select to hub_reader using (true);
grant select, insert, update, delete on hub.webhook_endpoints to hub_app;
grant select, update (is_active, disabled_reason, updated_at) on hub.webhook_endpoints to hub_worker;
grant select, insert, update (status, attempts, next_attempt_at, delivered_at) on hub.webhook_deliveries to hub_app;
grant select, insert, update, delete on hub.webhook_deliveries to hub_worker;
grant select on hub.webhook_attempts to hub_app;
grant select, insert on hub.webhook_attempts to hub_worker;
grant select on hub.webhook_endpoints, hub.webhook_deliveries, hub.webhook_attempts to hub_reader;
--rollback drop table hub.webhook_positions; drop table hub.webhook_attempts; drop table hub.webhook_deliveries; drop table hub.webhook_endpoints;
