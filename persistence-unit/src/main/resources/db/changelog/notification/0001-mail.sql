--liquibase formatted sql

--changeset hub:notification-0001-mail splitStatements:false
create table hub.mails (
    id               uuid         primary key,
    user_id          uuid         references hub.users (id),
    recipient        varchar(255) not null,
    template         varchar(50)  not null,
    content          bytea,
    status           varchar(20)  not null default 'QUEUED' check (status in ('QUEUED', 'SENT', 'FAILED')),
    attempts         integer      not null default 0 check (attempts >= 0),
    next_attempt_at  timestamptz  not null default now(),
    error            varchar(500),
    created_at       timestamptz  not null default now(),
    sent_at          timestamptz,
    -- what a mail says is kept, sealed, until it has been sent, and not a moment longer
    constraint mails_content check ((content is not null) = (status = 'QUEUED'))
);
comment on table hub.mails is 'The outbox: written in the transaction that causes a mail, sent outside of any. Links with tokens are inside the sealed content only.';
create index mails_due on hub.mails (next_attempt_at) where status = 'QUEUED';
create index mails_user on hub.mails (user_id);
create index mails_age on hub.mails (created_at) where status <> 'QUEUED';

alter table hub.mails enable row level security;
alter table hub.mails force row level security;
-- a request may ask for a mail, and see none
create policy mails_ask on hub.mails for insert to hub_app with check (status = 'QUEUED');
create policy mails_system on hub.mails to hub_worker using (true) with check (true);
create policy mails_read on hub.mails for select to hub_reader using (true);
grant insert (id, user_id, recipient, template, content) on hub.mails to hub_app;
grant select, insert, update, delete on hub.mails to hub_worker;
grant select (id, user_id, template, status, attempts, next_attempt_at, error, created_at, sent_at) on hub.mails to hub_reader;
--rollback drop table hub.mails;
