package org.quantumhub.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quantumhub.shared.TestDatabase.Role;

/// Reads the catalogue of PostgreSQL: what must hold for every table holds for tables that are added later too.
class CatalogueTest {

    private static final String SERVING = "('hub_app', 'hub_worker', 'hub_reader')";

    private final TestDatabase database = TestDatabase.hub();

    @Test
    void every_table_of_a_team_has_forced_row_security_and_a_policy_for_the_application() throws Exception {
        assertThat(names("""
                select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid
                 where c.relnamespace = 'hub'::regnamespace and c.relkind in ('r', 'p') and a.attname = 'team_id' and not a.attisdropped
                """)).as("tables with team_id").contains("jobs", "wallets", "ledger_transfers");
        assertThat(names("""
                select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid
                 where c.relnamespace = 'hub'::regnamespace and c.relkind in ('r', 'p') and a.attname = 'team_id' and not a.attisdropped
                   and not (c.relrowsecurity and c.relforcerowsecurity
                            and exists (select from pg_policy p where p.polrelid = c.oid and p.polpermissive
                                           and p.polroles = array ['hub_app'::regrole::oid]))
                """)).as("tables with team_id, but without protection").isEmpty();
    }

    @Test
    void what_the_application_reads_without_row_security_belongs_to_everybody() throws Exception {
        assertThat(names("""
                select c.relname from pg_class c
                 where c.relnamespace = 'hub'::regnamespace and c.relkind in ('r', 'p') and not (c.relrowsecurity and c.relforcerowsecurity)
                   and has_any_column_privilege('hub_app', c.oid, 'select')
                """))
                .containsExactlyInAnyOrder(
                        "providers",
                        "backends",
                        "backend_calibrations",
                        "backend_maintenances",
                        "price_versions",
                        "bill_transitions",
                        "job_transitions",
                        "servers",
                        "databasechangelog");
    }

    @Test
    void no_policy_speaks_to_everybody() throws Exception {
        assertThat(names("""
                select p.polrelid::regclass || ' ' || p.polname from pg_policy p
                 where 0 = any (p.polroles) or cardinality(p.polroles) <> 1
                """)).isEmpty();
    }

    @Test
    void serving_roles_own_nothing_and_have_no_way_round_the_rules() throws Exception {
        assertThat(names("select rolname from pg_roles where rolname in " + SERVING))
                .hasSize(3);
        assertThat(names("select rolname from pg_roles where rolname in " + SERVING
                        + " and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)"))
                .isEmpty();
        assertThat(names("select m.member::regrole::text from pg_auth_members m where m.member::regrole::text in "
                        + SERVING))
                .isEmpty();
        assertThat(names("select relname from pg_class where relowner::regrole::text in " + SERVING))
                .isEmpty();
        assertThat(names("select proname from pg_proc where proowner::regrole::text in " + SERVING))
                .isEmpty();
        assertThat(names("select nspname from pg_namespace where nspowner::regrole::text in " + SERVING))
                .isEmpty();
        assertThat(names("select datname from pg_database where datdba::regrole::text in " + SERVING))
                .isEmpty();
    }

    /// A request that hangs gives up its locks and its transaction by itself.
    @Test
    void the_role_that_serves_requests_waits_for_nothing_without_end() throws Exception {
        assertThat(names("""
                select split_part(setting, '=', 1) from pg_db_role_setting s
                  join pg_roles r on r.oid = s.setrole and r.rolname = 'hub_app'
                 cross join lateral unnest(s.setconfig) as setting
                 where setting ~ '_timeout=[1-9]'
                """)).contains("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout");
    }

    @Test
    void everything_in_the_schema_belongs_to_the_owner() throws Exception {
        assertThat(names("select relname from pg_class where relnamespace = 'hub'::regnamespace"
                        + " and relowner <> 'hub_owner'::regrole"))
                .isEmpty();
        assertThat(names("select rolname from pg_roles where rolname = 'hub_owner' and (rolsuper or rolbypassrls)"))
                .isEmpty();
    }

    @Test
    void nothing_is_granted_to_everybody() throws Exception {
        assertThat(names("""
                select c.relname || ' ' || a.privilege_type from pg_class c cross join lateral aclexplode(c.relacl) a
                 where c.relnamespace = 'hub'::regnamespace and a.grantee = 0
                """)).isEmpty();
        assertThat(names("select nspname from pg_namespace cross join lateral aclexplode(nspacl) a"
                        + " where nspname in ('hub', 'batch', 'timers') and a.grantee = 0"))
                .isEmpty();
    }

    @Test
    void views_ask_with_the_rights_of_the_reader() throws Exception {
        assertThat(names("select relname from pg_class where relnamespace = 'hub'::regnamespace and relkind = 'v'"))
                .contains("ledger_entries");
        assertThat(names("""
                select relname from pg_class
                 where relnamespace = 'hub'::regnamespace and relkind in ('v', 'm')
                   and (relkind = 'm' or not coalesce(reloptions @> array ['security_invoker=true'], false))
                """)).isEmpty();
    }

    @Test
    void functions_with_the_rights_of_their_owner_have_a_fixed_path_and_are_called_by_nobody() throws Exception {
        String definers = "select p.proname from pg_proc p where p.pronamespace = 'hub'::regnamespace and p.prosecdef";
        // each of them is reviewed before it is added here
        assertThat(names(definers))
                .containsExactlyInAnyOrder(
                        "post_transfers",
                        "post_budget_entries",
                        "release_budgets",
                        "follow_spending_limit",
                        "end_membership",
                        "keep_an_owner",
                        "keep_owners_at_work",
                        "record_change");
        assertThat(
                        names(
                                definers
                                        + " and not exists (select from unnest(p.proconfig) s where s like 'search_path=pg_catalog,%')"))
                .isEmpty();
        assertThat(names("""
                select p.proname from pg_proc p cross join lateral aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
                 where p.pronamespace = 'hub'::regnamespace and p.prosecdef and a.grantee <> p.proowner
                """)).isEmpty();
    }

    @Test
    void a_reference_between_rows_of_teams_is_a_reference_inside_one_team() throws Exception {
        assertThat(names("""
                select k.conname from pg_constraint k
                  join pg_attribute s on s.attrelid = k.conrelid and s.attname = 'team_id'
                  join pg_attribute t on t.attrelid = k.confrelid and t.attname = 'team_id'
                 where k.contype = 'f' and k.connamespace = 'hub'::regnamespace
                """)).as("references between tables with team_id").isNotEmpty();
        assertThat(names("""
                select k.conrelid::regclass || ' ' || k.conname from pg_constraint k
                  join pg_attribute s on s.attrelid = k.conrelid and s.attname = 'team_id'
                  join pg_attribute t on t.attrelid = k.confrelid and t.attname = 'team_id'
                 where k.contype = 'f' and k.connamespace = 'hub'::regnamespace
                   and not exists (select from unnest(k.conkey, k.confkey) as pair (here, there)
                                    where pair.here = s.attnum and pair.there = t.attnum)
                """)).isEmpty();
    }

    @Test
    void every_reference_can_be_followed_backwards_through_an_index() throws Exception {
        // small tables that nobody deletes from, and the price list
        Set<String> without =
                new TreeSet<>(Set.of("backends provider_id", "jobs backend_slug", "jobs price_version_id"));
        assertThat(names("""
                select k.conrelid::regclass::text || ' ' || string_agg(a.attname, ',' order by o.place) from pg_constraint k
                 cross join lateral unnest(k.conkey) with ordinality as o (num, place)
                  join pg_attribute a on a.attrelid = k.conrelid and a.attnum = o.num
                 where k.contype = 'f' and k.connamespace = 'hub'::regnamespace
                   and not exists (select from pg_index i where i.indrelid = k.conrelid
                                      and (i.indkey::int2[])[0] = any (k.conkey))
                 group by k.oid, k.conrelid
                """)).allSatisfy(reference -> assertThat(without).contains(reference.replace("hub.", "")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ledger_transfers",
                "ledger_seals",
                "budget_entries",
                "payments",
                "tax_rates",
                "job_events",
                "price_versions",
                "backend_calibrations",
                "audit_log",
                "audit_seals"
            })
    void rows_that_are_never_corrected_are_guarded_against_each_verb(String table) throws Exception {
        assertThat(guarded(table, 16)).as("update").isTrue();
        assertThat(guarded(table, 8)).as("delete").isTrue();
        assertThat(guarded(table, 32)).as("truncate").isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "job_results, 16",
        "job_logs, 16",
        "job_logs, 32",
        "stored_objects, 16",
        "stored_objects, 32",
        "jobs, 32"
    })
    void results_are_not_rewritten_and_jobs_not_swept_away(String table, int verb) throws Exception {
        assertThat(guarded(table, verb)).isTrue();
    }

    @Test
    void serving_roles_remove_only_what_is_meant_to_go() throws Exception {
        assertThat(names("""
                select g.grantee || ' ' || lower(g.privilege_type) || ' ' || g.table_name
                  from information_schema.table_privileges g
                 where g.table_schema = 'hub' and g.privilege_type in ('DELETE', 'TRUNCATE', 'TRIGGER', 'REFERENCES')
                   and g.grantee in\s""" + SERVING))
                .containsExactlyInAnyOrder(
                        "hub_app delete notification_preferences",
                        "hub_app delete team_backends",
                        "hub_app delete team_members",
                        "hub_app delete team_secrets",
                        "hub_app delete webhook_endpoints",
                        "hub_worker delete feed_entries",
                        "hub_worker delete notifications",
                        "hub_worker delete webhook_deliveries",
                        "hub_app delete user_roles",
                        "hub_worker delete engine_calibrations",
                        "hub_worker delete idempotency_keys",
                        "hub_worker delete job_logs",
                        "hub_worker delete job_results",
                        "hub_worker delete mails",
                        "hub_worker delete stored_objects",
                        "hub_worker delete team_data_keys",
                        "hub_worker delete team_limits",
                        "hub_app delete user_recovery_codes",
                        "hub_worker delete one_time_tokens",
                        "hub_worker delete rate_buckets",
                        "hub_worker delete reservations",
                        "hub_worker delete sign_in_throttles",
                        "hub_worker delete team_members",
                        "hub_worker delete user_identities",
                        "hub_worker delete user_profiles",
                        "hub_worker delete signing_keys",
                        "hub_worker delete user_roles",
                        "hub_worker delete user_sessions");
    }

    @Test
    void every_table_is_audited_or_says_why_not() throws Exception {
        assertThat(names("""
                select c.relname from pg_class c
                 where c.relnamespace = 'hub'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
                   and not exists (select from hub.audit_exemptions e where e.table_name = c.relname)
                   -- after each row that is inserted, updated or deleted
                   and coalesce((select bit_or(t.tgtype) from pg_trigger t where t.tgrelid = c.oid and t.tgenabled = 'O'
                                    and t.tgfoid = 'hub.record_change'::regproc), 0) <> 29
                """))
                .as(
                        "not audited: add a change set behind the last one that says 'call hub.audit_every_table()', or a row"
                                + " in hub.audit_exemptions with the reason")
                .isEmpty();
        assertThat(names("""
                select t.tgrelid::regclass || ' ' || a.attname from pg_trigger t
                  join pg_attribute a on a.attrelid = t.tgrelid and a.attnum > 0 and not a.attisdropped
                 where t.tgfoid = 'hub.record_change'::regproc and cardinality(t.tgattr::int2[]) > 0
                   and not a.attnum = any (t.tgattr::int2[]) and a.attname not in ('version', 'updated_at')
                   and not exists (select from hub.audit_columns q where 'hub.' || q.table_name = t.tgrelid::regclass::text
                                      and q.column_name = a.attname and q.treatment = 'QUIET')
                """))
                .as("columns whose change is not recorded: call hub.audit_every_table() again")
                .isEmpty();
        assertThat(names("""
                select e.table_name from hub.audit_exemptions e
                 where to_regclass('hub.' || e.table_name) is null
                union all
                select c.table_name || ' ' || c.column_name from hub.audit_columns c
                 where not exists (select from information_schema.columns k where k.table_schema = 'hub'
                                      and k.table_name = c.table_name and k.column_name = c.column_name)
                """)).as("rules for what is not there").isSubsetOf("users quota_period");
        assertThat(names("""
                select c.table_name || ' ' || c.column_name from information_schema.columns c
                  join pg_trigger t on t.tgrelid = format('hub.%I', c.table_name)::regclass and t.tgfoid = 'hub.record_change'::regproc
                 where c.table_schema = 'hub' and c.data_type = 'bytea' and not hub.audit_masked(c.column_name)
                   and not exists (select from hub.audit_columns r where r.table_name = c.table_name
                                      and r.column_name = c.column_name and r.treatment = 'MASK')
                """)).as("bytes that would be recorded in clear").isEmpty();
    }

    @Test
    void what_is_encrypted_is_read_by_the_background_alone() throws Exception {
        assertThat(names("""
                select r.role || ' ' || c.table_name || ' ' || c.column_name
                  from information_schema.columns c cross join unnest(array ['hub_app', 'hub_reader']) as r (role)
                 where c.table_schema = 'hub' and c.column_name in ('encrypted_value', 'wrapped_key')
                   and has_column_privilege(r.role, format('%I.%I', c.table_schema, c.table_name), c.column_name, 'select')
                """)).containsExactly("hub_app team_data_keys wrapped_key");
    }

    @Test
    void the_reader_only_reads() throws Exception {
        assertThat(names("""
                select g.table_name || ' ' || g.privilege_type from information_schema.column_privileges g
                 where g.grantee = 'hub_reader' and g.privilege_type <> 'SELECT'
                """)).isEmpty();
        assertThat(names("""
                select c.table_name || ' ' || c.column_name from information_schema.columns c
                 where c.table_schema = 'hub' and (c.column_name like '%hash%' or c.column_name like '%secret%')
                   and has_column_privilege('hub_reader', format('%I.%I', c.table_schema, c.table_name), c.column_name, 'select')
                """))
                .as("secrets the reader sees")
                .containsExactlyInAnyOrder("audit_seals hash", "idempotency_keys request_hash");
    }

    /// Whether a trigger before this verb (a bit of `pg_trigger.tgtype`) refuses it always.
    private boolean guarded(String table, int verb) throws SQLException {
        return !database.ask(Role.SUPERUSER, connection -> TestDatabase.column(connection, """
                                select t.tgname from pg_trigger t join pg_proc p on p.oid = t.tgfoid
                                 where t.tgrelid = ('hub.' || ?)::regclass and not t.tgisinternal and t.tgenabled <> 'D'
                                   and t.tgtype & 2 = 2 and t.tgtype & ? <> 0
                                   and p.proname in ('refuse_change', 'keep_price')
                                """, table, verb))
                .isEmpty();
    }

    private List<String> names(String query) throws SQLException {
        return database.ask(Role.SUPERUSER, connection -> TestDatabase.column(connection, query)).stream()
                .map(String::valueOf)
                .toList();
    }
}
