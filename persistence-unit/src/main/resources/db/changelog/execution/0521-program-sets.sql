--liquibase formatted sql

--changeset hub:execution-0521-program-sets splitStatements:false rollbackSplitStatements:false
--comment: One task for several jobs of a bundle. The task belongs to the first of them; all stand in set_jobs, in the order of their programs.
alter table hub.provider_tasks
    add column set_jobs uuid[] not null default '{}',
    add constraint provider_tasks_set check (cardinality(set_jobs) = 0 or (cardinality(set_jobs) > 1 and set_jobs[1] = job_id));
comment on column hub.provider_tasks.set_jobs is 'The jobs of a program set in its order, job_id first; empty when the task is for one job alone.';
create index provider_tasks_set_jobs on hub.provider_tasks using gin (set_jobs) where cardinality(set_jobs) > 0;

create function hub.guard_program_set() returns trigger
    language plpgsql
    set search_path = pg_catalog, hub as
$$
begin
    if tg_op = 'UPDATE' then
        raise exception 'provider task %: its jobs stay', old.id using errcode = 'restrict_violation';
    end if;
    if exists (select from unnest(new.set_jobs) with ordinality as m (job_id, place)
                 left join hub.jobs j on j.id = m.job_id and j.team_id = new.team_id and j.backend_slug = new.backend_slug
                where j.id is null)
       or (select count(distinct m) from unnest(new.set_jobs) m) <> cardinality(new.set_jobs)
       or exists (select from hub.provider_tasks t where t.job_id = any (new.set_jobs) or t.set_jobs && new.set_jobs) then
        raise exception 'provider task %: a set is made of jobs of one team and backend, none of which has a task', new.id
            using errcode = 'check_violation';
    end if;
    return new;
end
$$;
create trigger provider_tasks_set_born before insert on hub.provider_tasks for each row
    when (cardinality(new.set_jobs) > 0) execute function hub.guard_program_set();
create trigger provider_tasks_set_stays before update of set_jobs on hub.provider_tasks for each row
    execute function hub.guard_program_set();
--rollback drop trigger provider_tasks_set_stays on hub.provider_tasks; drop trigger provider_tasks_set_born on hub.provider_tasks; drop function hub.guard_program_set(); drop index hub.provider_tasks_set_jobs; alter table hub.provider_tasks drop column set_jobs;
