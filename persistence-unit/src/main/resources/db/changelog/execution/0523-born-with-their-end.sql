--liquibase formatted sql

--changeset hub:execution-0523-born-with-their-end splitStatements:false rollbackSplitStatements:false
--comment: A small BLOCKING job that ran inside its request is written once, with its end: by the server that ran it, in its only attempt. Its steps are recorded like those of every other job. Nothing is born at work any more.
drop trigger jobs_born on hub.jobs;
create trigger jobs_born before insert on hub.jobs for each row
    when (new.status not in ('SUBMITTED', 'QUEUED')
          and not (new.status in ('COMPLETED', 'FAILED') and new.execution_mode = 'DIRECT' and new.fence = 1
                   and new.lease_owner is not null and new.started_at is not null))
    execute function hub.guard_job_birth();

create or replace function hub.record_job_birth() returns trigger
    language plpgsql
    set search_path = pg_catalog, hub as
$$
begin
    insert into hub.job_events (team_id, job_id, status, sub_status, reason, fence, worker, message)
    select j.team_id, j.id, s.status, case when s.status = j.status then j.sub_status end,
           case when s.status = j.status then j.status_reason end, j.fence, j.lease_owner,
           case when s.status = j.status then j.error_message end
      from born j
     cross join lateral unnest(case j.status when 'SUBMITTED' then array ['SUBMITTED']
                                             when 'QUEUED' then array ['SUBMITTED', 'QUEUED']
                                             else array ['SUBMITTED', 'QUEUED', 'RUNNING', j.status] end)
                with ordinality as s (status, step)
     order by j.id, s.step;
    return null;
end
$$;

create or replace function hub.log_job_trouble() returns trigger
    language plpgsql
    set search_path = pg_catalog, hub as
$$
begin
    insert into hub.job_logs (team_id, job_id, attempt, stream, level, message)
    -- a job that failed before it was written has no older row
    values (new.team_id, new.id, coalesce(old.fence, new.fence), 'PLATFORM',
            case when new.status = 'FAILED' then 'ERROR' else 'WARNING' end,
            case when new.status = 'FAILED' then coalesce(new.status_reason, 'FAILED') || ': ' || new.error_message
                 else 'The server of attempt ' || old.fence || ' fell silent; attempt ' || new.fence || ' begins.' end);
    return null;
end
$$;
create trigger jobs_trouble_at_birth after insert on hub.jobs for each row
    when (new.status = 'FAILED') execute function hub.log_job_trouble();
--rollback drop trigger jobs_trouble_at_birth on hub.jobs; drop trigger jobs_born on hub.jobs; create trigger jobs_born before insert on hub.jobs for each row when (new.status not in ('SUBMITTED', 'QUEUED', 'RUNNING')) execute function hub.guard_job_birth(); create or replace function hub.log_job_trouble() returns trigger language plpgsql set search_path = pg_catalog, hub as $body$ begin insert into hub.job_logs (team_id, job_id, attempt, stream, level, message) values (new.team_id, new.id, old.fence, 'PLATFORM', case when new.status = 'FAILED' then 'ERROR' else 'WARNING' end, case when new.status = 'FAILED' then coalesce(new.status_reason, 'FAILED') || ': ' || new.error_message else 'The server of attempt ' || old.fence || ' fell silent; attempt ' || new.fence || ' begins.' end); return null; end $body$; create or replace function hub.record_job_birth() returns trigger language plpgsql set search_path = pg_catalog, hub as $body$ begin insert into hub.job_events (team_id, job_id, status, sub_status, reason, fence, worker) select j.team_id, j.id, s.status, case when s.status = j.status then j.sub_status end, j.status_reason, j.fence, j.lease_owner from born j cross join lateral unnest(case j.status when 'SUBMITTED' then array ['SUBMITTED'] when 'QUEUED' then array ['SUBMITTED', 'QUEUED'] else array ['SUBMITTED', 'QUEUED', j.status] end) with ordinality as s (status, step) order by j.id, s.step; return null; end $body$;
