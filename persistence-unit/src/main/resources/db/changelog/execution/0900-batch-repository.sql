--liquibase formatted sql

-- Where Liberty keeps the executions of its batch jobs. Tables and columns are those that Open Liberty 26.0.0.3 would
-- make by itself (createTables="true", prefix JB_). Three things differ: the keys are bigint, so that they never run
-- out; the foreign keys are indexed, which Liberty attempts with a statement that PostgreSQL refuses; and the tables
-- belong to the owner, while the worker may only change rows.

--changeset hub:0900-batch-repository
create table batch.jb_jobinstance (
    jobinstanceid bigserial primary key,
    amcname       varchar(512),
    batchstatus   integer   not null,
    createtime    timestamp not null,
    exitstatus    varchar(512),
    instancestate integer   not null,
    jobname       varchar(256),
    jobxmlname    varchar(128),
    jobxml        bytea,
    numexecs      integer   not null,
    restarton     varchar(128),
    submitter     varchar(256),
    updatetime    timestamp
);

create table batch.jb_jobexecution (
    jobexecid        bigserial primary key,
    batchstatus      integer   not null,
    createtime       timestamp not null,
    endtime          timestamp,
    execnum          integer   not null,
    exitstatus       varchar(512),
    jobparameters    bytea,
    updatetime       timestamp,
    logpath          varchar(512),
    resturl          varchar(512),
    serverid         varchar(256),
    starttime        timestamp,
    fk_jobinstanceid bigint    not null references batch.jb_jobinstance
);
create index jb_je_fkinstanceid_ix on batch.jb_jobexecution (fk_jobinstanceid);

create table batch.jb_jobparameter (
    name         varchar(255),
    value        varchar(255),
    fk_jobexecid bigint references batch.jb_jobexecution
);
create index jb_jp_fkjobexecid_ix on batch.jb_jobparameter (fk_jobexecid);

create table batch.jb_stepthreadexecution (
    stepexecid           bigserial primary key,
    threadtype           varchar(31),
    batchstatus          integer      not null,
    m_commit             bigint       not null,
    endtime              timestamp,
    exitstatus           varchar(512),
    m_filter             bigint       not null,
    internalstatus       integer      not null,
    partnum              integer      not null,
    userdata             bytea,
    m_processskip        bigint       not null,
    m_read               bigint       not null,
    m_readskip           bigint       not null,
    m_rollback           bigint       not null,
    starttime            timestamp,
    stepname             varchar(128) not null,
    m_write              bigint       not null,
    m_writeskip          bigint       not null,
    fk_jobexecid         bigint       not null references batch.jb_jobexecution,
    fk_toplvl_stepexecid bigint references batch.jb_stepthreadexecution,
    ispartitionedstep    boolean,
    unique (fk_jobexecid, stepname, partnum)
);
create index jb_ste_fktlstepeid_ix on batch.jb_stepthreadexecution (fk_toplvl_stepexecid);

create table batch.jb_stepthreadinstance (
    partnum              integer      not null,
    stepname             varchar(128) not null,
    threadtype           varchar(31),
    checkpointdata       bytea,
    fk_jobinstanceid     bigint       not null references batch.jb_jobinstance,
    fk_latest_stepexecid bigint       not null references batch.jb_stepthreadexecution,
    partitioned          boolean,
    partitionplansize    integer,
    startcount           integer,
    primary key (partnum, stepname, fk_jobinstanceid)
);
create index jb_sti_fkinstanceid_ix on batch.jb_stepthreadinstance (fk_jobinstanceid);
create index jb_sti_fklatestsei_ix on batch.jb_stepthreadinstance (fk_latest_stepexecid);

create table batch.jb_remotablepartition (
    partnum            integer      not null,
    stepname           varchar(255) not null,
    internalstate      integer,
    lastupdated        timestamp,
    logpath            varchar(512),
    resturl            varchar(512),
    serverid           varchar(256),
    fk_jobexecutionid  bigint       not null references batch.jb_jobexecution,
    fk_stepexecutionid bigint references batch.jb_stepthreadexecution,
    primary key (partnum, stepname, fk_jobexecutionid)
);
create index jb_rp_fkjobexecid_ix on batch.jb_remotablepartition (fk_jobexecutionid);
create index jb_rp_fkstepexecid_ix on batch.jb_remotablepartition (fk_stepexecutionid);

create table batch.jb_groupassociation (
    fk_jobinstanceid bigint references batch.jb_jobinstance,
    groupnames       varchar(255)
);
create index jb_ga_fkinstanceid_ix on batch.jb_groupassociation (fk_jobinstanceid);

grant select, insert, update, delete on all tables in schema batch to hub_worker;
grant usage, select on all sequences in schema batch to hub_worker;
grant select on all tables in schema batch to hub_reader;
--rollback drop table batch.jb_groupassociation, batch.jb_remotablepartition, batch.jb_stepthreadinstance, batch.jb_stepthreadexecution, batch.jb_jobparameter, batch.jb_jobexecution, batch.jb_jobinstance;
