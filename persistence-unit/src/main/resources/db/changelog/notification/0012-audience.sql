--liquibase formatted sql

--changeset hub:notification-0012-audience splitStatements:false
alter table hub.feed_entries add column audience varchar(20) not null default 'MEMBERS'
    check (audience in ('MEMBERS', 'ADMINS', 'BILLING'));
comment on column hub.feed_entries.audience is 'Who of the team may hear of it: everybody, or its owners and admins; BILLING is for these and for whoever looks after the bills of all teams.';
alter table hub.feed_entries add constraint feed_entries_audience check (audience = 'MEMBERS' or team_id is not null);
create index feed_entries_billing on hub.feed_entries (id) where audience = 'BILLING';
alter table hub.notification_preferences add column by_mail boolean, alter column muted set default false;
comment on column hub.notification_preferences.by_mail is 'Whether the person is told by mail as well; null: as is usual for the topic.';
--rollback alter table hub.notification_preferences drop column by_mail, alter column muted drop default; drop index hub.feed_entries_billing; alter table hub.feed_entries drop column audience;
