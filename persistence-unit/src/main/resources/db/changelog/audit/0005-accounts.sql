--liquibase formatted sql

--changeset hub:audit-0008-accounts splitStatements:false
--comment: What is counted at every request, and what exists to be used up.
insert into hub.audit_exemptions values
    ('sign_in_throttles', 'counters of failed attempts, emptied by themselves'),
    ('rate_buckets', 'counters of requests, emptied by themselves'),
    ('api_key_usage', 'counters of requests by day'),
    ('one_time_tokens', 'hashes of links that are good once; what they were used for is recorded where it happens');
insert into hub.audit_columns values
    ('signing_keys', 'private_sealed', 'MASK', 'sealed, and nobody''s to see'),
    ('user_recovery_codes', 'code_stamp', 'MASK', 'opens an account'),
    ('user_sessions', 'refresh_hash', 'QUIET', 'every quarter of an hour of every session'),
    ('user_sessions', 'refreshed_at', 'QUIET', 'every quarter of an hour of every session'),
    ('user_sessions', 'jti', 'QUIET', 'every quarter of an hour of every session');
do $$
declare
    exempt record;
begin
    for exempt in select e.table_name from hub.audit_exemptions e where to_regclass('hub.' || e.table_name) is not null
    loop
        execute format('drop trigger if exists zz_audit on hub.%I', exempt.table_name);
    end loop;
end
$$;
call hub.audit_every_table();
--rollback delete from hub.audit_exemptions where table_name in ('sign_in_throttles', 'rate_buckets', 'api_key_usage', 'one_time_tokens'); delete from hub.audit_columns where table_name in ('signing_keys', 'user_recovery_codes', 'user_sessions');
