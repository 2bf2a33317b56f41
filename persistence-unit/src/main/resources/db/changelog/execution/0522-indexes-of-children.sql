--liquibase formatted sql

--changeset hub:execution-0522-indexes-of-children
--comment: A child of a bundle is found by its place in the bundle, and never by its parameters, which are the bundle's. Each index that a job does not stand in is two writes less when it is claimed and when it ends.
drop index hub.jobs_parent;
create index jobs_parent on hub.jobs (team_id, parent_job_id) where parent_job_id is not null and child_index is null;
drop index hub.jobs_parameters;
create index jobs_parameters on hub.jobs using gin (parameters jsonb_path_ops) where parameters <> '{}' and child_index is null;
--rollback drop index hub.jobs_parameters; create index jobs_parameters on hub.jobs using gin (parameters jsonb_path_ops) where parameters <> '{}'; drop index hub.jobs_parent; create index jobs_parent on hub.jobs (team_id, parent_job_id) where parent_job_id is not null;
