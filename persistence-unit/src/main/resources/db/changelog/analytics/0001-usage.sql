--liquibase formatted sql

--changeset hub:analytics-0001-usage splitStatements:false
create table hub.usage_analytics (
    id                   uuid          primary key,
    date                 date          not null,
    team_id              uuid          not null references hub.teams (id),
    user_id              uuid          not null references hub.users (id),
    quantum_app_id       uuid,
    endpoint             varchar(255)  not null,
    request_count        bigint        not null default 0 check (request_count >= 0),
    compute_time_seconds numeric(18,6) not null default 0 check (compute_time_seconds >= 0),
    updated_at           timestamptz   not null default now(),
    constraint usage_analytics_once unique nulls not distinct (team_id, user_id, date, endpoint, quantum_app_id)
);
comment on table hub.usage_analytics is 'Who asked which door how often in a day, and what the work behind it took. Counted by each server, summed up here.';
create index usage_analytics_user on hub.usage_analytics (user_id, date);
create index usage_analytics_date on hub.usage_analytics (date);

create table hub.usage_days (
    day             date          not null,
    team_id         uuid          not null references hub.teams (id),
    user_id         uuid          not null references hub.users (id),
    backend         varchar(100)  not null,
    currency        char(3)       not null,
    jobs            bigint        not null,
    completed       bigint        not null,
    failed          bigint        not null,
    cancelled       bigint        not null,
    shots           bigint        not null,
    compute_seconds numeric(18,6) not null,
    cost            numeric(18,8) not null,
    rolled_at       timestamptz   not null default now(),
    primary key (team_id, day, user_id, backend, currency)
);
comment on table hub.usage_days is 'Jobs by the day of their submission, rolled up. Whoever rolls a day up again writes the same rows.';
create index usage_days_day on hub.usage_days (day);
create index usage_days_user on hub.usage_days (user_id);

do $$
declare
    name text;
begin
    foreach name in array array ['usage_analytics', 'usage_days'] loop
        execute format('alter table hub.%I enable row level security', name);
        execute format('alter table hub.%I force row level security', name);
        execute format('create policy %I on hub.%I to hub_app using (team_id = any ((select hub.current_teams())::uuid[]))', name || '_acting', name);
        execute format('create policy %I on hub.%I to hub_worker using (true) with check (true)', name || '_system', name);
        execute format('create policy %I on hub.%I for select to hub_reader using (true)', name || '_read', name);
        execute format('grant select on hub.%I to hub_app, hub_reader', name);
        execute format('grant select, insert, update on hub.%I to hub_worker', name);
    end loop;
end
$$;
--rollback drop table hub.usage_days; drop table hub.usage_analytics;

--changeset hub:analytics-0002-reconciliation splitStatements:false
create table hub.provider_statements (
    id         uuid         primary key,
    provider   varchar(50)  not null,
    name       varchar(200) not null,
    created_by uuid         not null,
    created_at timestamptz  not null default now(),
    constraint provider_statements_once unique (provider, name)
);
comment on table hub.provider_statements is 'What a provider says it did for the hub, to be held against the hub''s own books.';
create table hub.provider_statement_lines (
    statement_id uuid          not null references hub.provider_statements (id),
    line         integer       not null,
    job_id       uuid          not null,
    amount       numeric(18,8) not null,
    currency     char(3)       not null,
    shots        bigint,
    primary key (statement_id, line)
);
create index provider_statement_lines_job on hub.provider_statement_lines (job_id);
grant select, insert on hub.provider_statements, hub.provider_statement_lines to hub_worker;
grant select on hub.provider_statements, hub.provider_statement_lines to hub_reader;
--rollback drop table hub.provider_statement_lines; drop table hub.provider_statements;
