--liquibase formatted sql

--changeset hub:billing-0101-usage-projects splitStatements:false
--comment: Usage by project. What is done for none stands under the id of zeroes, because a key has no nulls.
alter table hub.usage_days
    add column project_id uuid not null default '00000000-0000-0000-0000-000000000000',
    drop constraint usage_days_pkey,
    add primary key (team_id, day, user_id, backend, currency, project_id);
--rollback alter table hub.usage_days no force row level security;
--rollback insert into hub.usage_days (day, team_id, user_id, backend, currency, jobs, completed, failed, cancelled, shots, compute_seconds, cost, project_id) select day, team_id, user_id, backend, currency, sum(jobs), sum(completed), sum(failed), sum(cancelled), sum(shots), sum(compute_seconds), sum(cost), 'ffffffff-ffff-ffff-ffff-ffffffffffff' from hub.usage_days group by day, team_id, user_id, backend, currency;
--rollback delete from hub.usage_days where project_id <> 'ffffffff-ffff-ffff-ffff-ffffffffffff';
--rollback alter table hub.usage_days drop constraint usage_days_pkey, drop column project_id, add constraint usage_days_pkey primary key (team_id, day, user_id, backend, currency);
--rollback alter table hub.usage_days force row level security;
