--liquibase formatted sql

--changeset hub:execution-0070-statistics splitStatements:false rollbackSplitStatements:false
--comment: Under load the tables of jobs are analysed every minute. What nobody searches by needs no statistics: half a second of sorting circuits and results is a stall on a small machine.
do $$
declare
    searched constant text[] := array['id', 'team_id', 'user_id', 'status', 'sub_status', 'backend_slug', 'priority', 'created_at',
        'submitted_at', 'queued_at', 'completed_at', 'run_at', 'expires_at', 'retention_days', 'purged_at', 'lease_owner', 'lease_until',
        'fence', 'parent_job_id', 'child_count', 'child_index', 'workflow_id', 'platform_job_id', 'client_token', 'cache_key'];
    name text;
begin
    for name in select attname from pg_attribute
                 where attrelid = 'hub.jobs'::regclass and attnum > 0 and not attisdropped and attname <> all (searched) loop
        execute format('alter table hub.jobs alter column %I set statistics 0', name);
    end loop;
    alter table hub.job_results alter column result_data set statistics 0;
    alter table hub.job_results alter column digest set statistics 0;
    alter table hub.job_events alter column message set statistics 0;
end
$$;
--rollback do $$
--rollback declare
--rollback     name text;
--rollback begin
--rollback     for name in select attname from pg_attribute where attrelid = 'hub.jobs'::regclass and attnum > 0 and not attisdropped loop
--rollback         execute format('alter table hub.jobs alter column %I set statistics -1', name);
--rollback     end loop;
--rollback     alter table hub.job_results alter column result_data set statistics -1;
--rollback     alter table hub.job_results alter column digest set statistics -1;
--rollback     alter table hub.job_events alter column message set statistics -1;
--rollback end
--rollback $$;
