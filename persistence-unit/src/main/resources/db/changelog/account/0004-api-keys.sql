--liquibase formatted sql

--changeset hub:account-0011-key-limits splitStatements:false
alter table hub.user_api_keys
    add column scopes      text[]      not null default '{*}' check (cardinality(scopes) between 1 and 50),
    add column rate_limit  varchar(50) check (rate_limit ~ '^[1-9][0-9]{0,8}/(s|m|h|d|month)$');
grant select (scopes, rate_limit) on hub.user_api_keys to hub_reader;
--rollback alter table hub.user_api_keys drop column rate_limit, drop column scopes;

--changeset hub:account-0012-key-usage splitStatements:false
create table hub.api_key_usage (
    api_key_id     uuid         not null references hub.user_api_keys (id),
    user_id        uuid         not null references hub.users (id),
    day            date         not null,
    endpoint       varchar(200) not null,
    request_count  bigint       not null check (request_count > 0),
    primary key (api_key_id, day, endpoint)
);
comment on table hub.api_key_usage is 'Requests per API key, day (UTC) and endpoint; gathered in memory and added a few times a minute.';
create index api_key_usage_user on hub.api_key_usage (user_id, day);
alter table hub.api_key_usage enable row level security;
alter table hub.api_key_usage force row level security;
create policy api_key_usage_own on hub.api_key_usage for select to hub_app using (user_id = hub.current_person());
create policy api_key_usage_system on hub.api_key_usage to hub_worker using (true) with check (true);
create policy api_key_usage_read on hub.api_key_usage for select to hub_reader using (true);
grant select on hub.api_key_usage to hub_app, hub_reader;
grant select, insert, update on hub.api_key_usage to hub_worker;
--rollback drop table hub.api_key_usage;

--changeset hub:account-0013-rate-buckets splitStatements:false
create table hub.rate_buckets (
    id          text   primary key,
    state       bytea,
    expires_at  bigint
);
comment on table hub.rate_buckets is 'Rate limits while several servers are alive: the state of a token bucket, written by Bucket4j. A server that is alone keeps them in memory.';
create index rate_buckets_expiry on hub.rate_buckets (expires_at);
alter table hub.rate_buckets enable row level security;
alter table hub.rate_buckets force row level security;
create policy rate_buckets_system on hub.rate_buckets to hub_worker using (true) with check (true);
grant select, insert, update, delete on hub.rate_buckets to hub_worker;
--rollback drop table hub.rate_buckets;
