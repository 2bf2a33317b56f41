--liquibase formatted sql

--changeset hub:execution-0510-projects-of-jobs splitStatements:false
--comment: What a job is done for, so that a budget can count it. A plain id, like all references to what has no table yet.
alter table hub.jobs add column project_id uuid;
create index jobs_project on hub.jobs (team_id, project_id, id) where project_id is not null;
create trigger jobs_project_stays before update of project_id on hub.jobs for each row execute function hub.guard_job_facts();
--rollback drop trigger jobs_project_stays on hub.jobs; drop index hub.jobs_project; alter table hub.jobs drop column project_id;
