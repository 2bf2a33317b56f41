--liquibase formatted sql

--changeset hub:account-0018-enterprise-teams splitStatements:false
--comment: People of an identity provider join the teams that their groups are mapped to, and leave them.
grant insert, update, delete on hub.team_members to hub_worker;
--rollback revoke insert, update, delete on hub.team_members from hub_worker;
