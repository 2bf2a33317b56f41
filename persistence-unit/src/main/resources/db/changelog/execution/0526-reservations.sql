--liquibase formatted sql

--changeset hub:execution-0526-reservations splitStatements:false
--comment: A lane reserves short jobs by one row that names them all, instead of a step of each. What a server that dies had taken is known from that row.
create table hub.reservations (
    server_id     uuid        not null references hub.servers (id),
    lane          integer     not null check (lane > 0),
    jobs          uuid[]      not null,
    reserved_at    timestamptz not null,
    reserved_until timestamptz not null check (reserved_until > reserved_at),
    primary key (server_id, lane)
) with (fillfactor = 50, toast_tuple_target = 8160, autovacuum_vacuum_threshold = 200, autovacuum_vacuum_scale_factor = 0);
comment on table hub.reservations is 'The short jobs that a lane works on, all in one row that its next claim overwrites. They stay QUEUED meanwhile and nobody else takes them; when the time has passed they are begun as lost, to be taken over.';
grant select, insert, update, delete on hub.reservations to hub_worker;
grant select on hub.reservations to hub_reader;
insert into hub.audit_exemptions values ('reservations', 'what a lane works on for the moment; the steps of the jobs are recorded');
--rollback delete from hub.audit_exemptions where table_name = 'reservations'; drop table hub.reservations;

--changeset hub:execution-0527-reserved-steps splitStatements:false rollbackSplitStatements:false
--comment: A job that a lane had reserved ends as its next attempt, with the mark of the server that ran it and the time at which it began; that it ran is recorded with its end.
drop trigger jobs_step on hub.jobs;
create trigger jobs_step before update on hub.jobs for each row
    when (new.fence < old.fence
          or (old.status is distinct from new.status
              and not (old.status = 'QUEUED' and new.status = 'RUNNING')
              and not (old.status = 'RUNNING' and new.status = 'COMPLETED')
              and not (old.status = 'QUEUED' and new.status = 'COMPLETED' and new.fence = old.fence + 1
                       and new.lease_owner is not null and new.started_at is not null)))
    execute function hub.guard_job_step();

create or replace function hub.record_job_steps() returns trigger
    language plpgsql
    set search_path = pg_catalog, hub
    set enable_seqscan = off
    set enable_nestloop = off as
$$
begin
    insert into hub.job_events (team_id, job_id, status, sub_status, reason, fence, worker, message, created_at)
    select s.team_id, s.id, s.step, case when s.step = s.status then s.sub_status end, case when s.step = s.status then s.status_reason end,
           s.fence, s.lease_owner, case when s.step = s.status then s.message end,
           case when s.step = s.status then clock_timestamp() else s.started_at end
      from (select n.team_id, n.id, n.status, n.sub_status, n.status_reason, n.fence, n.lease_owner, n.started_at,
                   case when n.error_message is distinct from o.error_message then n.error_message end as message,
                   -- from the queue to the end: it ran in between
                   unnest(case when o.status = 'QUEUED' and n.fence > o.fence and n.completed_at is not null
                               then array ['RUNNING', n.status] else array [n.status] end) as step
              from after_step n
              join before_step o on o.id = n.id
             where (o.status, o.sub_status, o.fence) is distinct from (n.status, n.sub_status, n.fence)) s
     order by s.id, s.step = s.status;
    return null;
end
$$;

create or replace function hub.log_job_trouble() returns trigger
    language plpgsql
    set search_path = pg_catalog, hub as
$$
begin
    insert into hub.job_logs (team_id, job_id, attempt, stream, level, message)
    -- a job that failed before it was written has no older row, and one that was reserved has one of no attempt
    values (new.team_id, new.id, case when old.status in ('RUNNING', 'CANCELLING', 'PROVISIONING') then old.fence else new.fence end,
            'PLATFORM',
            case when new.status = 'FAILED' then 'ERROR' else 'WARNING' end,
            case when new.status = 'FAILED' then coalesce(new.status_reason, 'FAILED') || ': ' || new.error_message
                 else 'The server of attempt ' || old.fence || ' fell silent; attempt ' || new.fence || ' begins.' end);
    return null;
end
$$;
--rollback drop trigger jobs_step on hub.jobs; create trigger jobs_step before update on hub.jobs for each row when (new.fence < old.fence or (old.status is distinct from new.status and not (old.status = 'QUEUED' and new.status = 'RUNNING') and not (old.status = 'RUNNING' and new.status = 'COMPLETED'))) execute function hub.guard_job_step(); create or replace function hub.record_job_steps() returns trigger language plpgsql set search_path = pg_catalog, hub set enable_seqscan = off set enable_nestloop = off as $body$ begin insert into hub.job_events (team_id, job_id, status, sub_status, reason, fence, worker, message) select n.team_id, n.id, n.status, n.sub_status, n.status_reason, n.fence, n.lease_owner, case when n.error_message is distinct from o.error_message then n.error_message end from after_step n join before_step o on o.id = n.id where (o.status, o.sub_status, o.fence) is distinct from (n.status, n.sub_status, n.fence) order by n.id; return null; end $body$; create or replace function hub.log_job_trouble() returns trigger language plpgsql set search_path = pg_catalog, hub as $body$ begin insert into hub.job_logs (team_id, job_id, attempt, stream, level, message) values (new.team_id, new.id, coalesce(old.fence, new.fence), 'PLATFORM', case when new.status = 'FAILED' then 'ERROR' else 'WARNING' end, case when new.status = 'FAILED' then coalesce(new.status_reason, 'FAILED') || ': ' || new.error_message else 'The server of attempt ' || old.fence || ' fell silent; attempt ' || new.fence || ' begins.' end); return null; end $body$;
