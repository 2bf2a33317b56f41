--liquibase formatted sql

--changeset hub:execution-0525-usual-steps splitStatements:false
--comment: The two steps that every job of a lane takes are known to the trigger itself; it asks the table of steps, by a function for each row, about all others.
drop trigger jobs_step on hub.jobs;
create trigger jobs_step before update on hub.jobs for each row
    when (new.fence < old.fence
          or (old.status is distinct from new.status
              and not (old.status = 'QUEUED' and new.status = 'RUNNING')
              and not (old.status = 'RUNNING' and new.status = 'COMPLETED')))
    execute function hub.guard_job_step();
--rollback drop trigger jobs_step on hub.jobs; create trigger jobs_step before update on hub.jobs for each row when (old.status is distinct from new.status or new.fence < old.fence) execute function hub.guard_job_step();
