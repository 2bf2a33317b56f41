package org.quantumhub.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.quantumhub.shared.TestDatabase.Role;
import org.quantumhub.shared.TestDatabase.Tenant;

/// Row-level security stands without any check in front of it: here the application role asks for everything.
class TenancyTest {

    private static final String ROW_SECURITY = "row-level security";

    private static final TestDatabase DATABASE = TestDatabase.hub();
    /// Tables from which requests remove rows of their own team.
    private static final Set<String> REMOVABLE =
            Set.of("team_members", "team_backends", "team_secrets", "webhook_endpoints");

    private static Tenant ada;
    private static Tenant bob;
    private static Tenant eve;

    @BeforeAll
    static void three_teams_with_a_row_in_every_table() throws Exception {
        ada = FurnishedTenant.make(DATABASE);
        bob = FurnishedTenant.make(DATABASE);
        eve = FurnishedTenant.make(DATABASE);
    }

    static List<String> teamTables() throws SQLException {
        return texts(Role.SUPERUSER, null, """
                select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid
                 where c.relnamespace = 'hub'::regnamespace and c.relkind in ('r', 'p') and a.attname = 'team_id' and not a.attisdropped
                 order by 1
                """);
    }

    static Stream<String> personalTables() {
        return Stream.of("users", "user_roles", "teams");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"teamTables", "personalTables"})
    void who_acts_for_nobody_sees_nothing(String table) throws Exception {
        assertThat(texts(Role.SUPERUSER, null, "select 1 from hub." + table))
                .as("rows to be seen")
                .isNotEmpty();
        assertThat(texts(Role.APP, null, "select 1 from hub." + table)).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("teamTables")
    void rows_of_another_team_are_invisible(String table) throws Exception {
        assertThat(texts(Role.APP, bob, "select 1 from hub." + table + " where team_id = ?", bob.team()))
                .isNotEmpty();
        // rows of no team are the platform's
        assertThat(texts(Role.APP, ada, "select distinct team_id from hub." + table + " where team_id is not null"))
                .containsExactly(ada.team().toString());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("teamTables")
    void rows_of_another_team_are_not_changed(String table) throws Exception {
        List<String> changeable = columns(table, "update");
        if (changeable.isEmpty()) {
            assertThatThrownBy(() -> changed(ada, "update hub." + table + " set team_id = team_id"))
                    .hasMessageContaining("permission denied");
        } else {
            String column = changeable.getFirst();
            assertThat(changed(
                            ada,
                            "update hub." + table + " set " + column + " = " + column + " where team_id = ?",
                            bob.team()))
                    .isZero();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("teamTables")
    void rows_of_another_team_are_not_removed(String table) throws Exception {
        if (REMOVABLE.contains(table)) {
            assertThat(changed(ada, "delete from hub." + table + " where team_id = ?", bob.team()))
                    .isZero();
        } else {
            assertThatThrownBy(() -> changed(ada, "delete from hub." + table))
                    .hasMessageContaining("permission denied");
        }
    }

    /// The row is a perfect copy of one that is there, so nothing but the policy can object.
    @ParameterizedTest(name = "{0}")
    @MethodSource("teamTables")
    void a_forged_row_for_another_team_is_refused(String table) throws Exception {
        String copy = texts(
                        Role.SUPERUSER,
                        null,
                        "select to_jsonb(t)::text from hub." + table + " t where team_id = ? limit 1",
                        bob.team())
                .getFirst();
        String list = String.join(", ", columns(table, "insert"));
        if (list.isEmpty()) {
            assertThatThrownBy(() -> changed(
                            ada,
                            "insert into hub." + table + " overriding system value select * from jsonb_populate_record("
                                    + "null::hub." + table + ", ?::jsonb)",
                            copy))
                    .hasMessageContaining("permission denied");
            return;
        }
        assertThatThrownBy(() -> changed(
                        ada,
                        "insert into hub." + table + " (" + list + ") select " + list
                                + " from jsonb_populate_record(null::hub." + table + ", ?::jsonb)",
                        copy))
                .hasMessageContaining(ROW_SECURITY);
    }

    @Test
    void a_row_is_not_moved_into_another_team() {
        assertThatThrownBy(() -> changed(ada, "update hub.team_members set team_id = ?", bob.team()))
                .hasMessageContaining(ROW_SECURITY);
        assertThatThrownBy(() -> changed(ada, "update hub.jobs set team_id = ?", bob.team()))
                .isInstanceOf(SQLException.class);
    }

    @Test
    void a_key_for_a_team_of_others_is_refused_though_it_is_the_persons_own() {
        assertThatThrownBy(() -> changed(
                        ada,
                        "insert into hub.user_api_keys (id, user_id, team_id, name, value_prefix, value_hash)"
                                + " values (?, ?, ?, 'key', 'qh_forged', sha256('x'))",
                        Ids.next(),
                        ada.user(),
                        bob.team()))
                .hasMessageContaining("user_api_keys_member_fk");
    }

    @Test
    void a_result_for_another_teams_job_is_refused_though_it_names_the_own_team() throws Exception {
        String job = texts(Role.APP, bob, "select id from hub.jobs").getFirst();
        assertThatThrownBy(() -> changed(
                        ada,
                        "insert into hub.job_events (team_id, job_id, status, fence) values (?, ?, 'RUNNING', 1)",
                        ada.team(),
                        UUID.fromString(job)))
                .hasMessageContaining("foreign key");
    }

    @Test
    void nothing_remains_on_a_connection_after_the_transaction() throws Exception {
        try (Connection connection = DATABASE.connect(Role.APP)) {
            connection.setAutoCommit(false);
            for (boolean commit : new boolean[] {true, false}) {
                TestDatabase.set(connection, "hub.team", ada.team().toString());
                TestDatabase.set(connection, "hub.user", ada.user().toString());
                TestDatabase.set(connection, "hub.login", bob.login());
                TestDatabase.set(connection, "hub.key", "qh_" + bob.login());
                assertThat(TestDatabase.column(connection, "select id from hub.jobs"))
                        .hasSize(1);
                assertThat(TestDatabase.column(connection, "select id from hub.users"))
                        .hasSize(2);
                if (commit) {
                    connection.commit();
                } else {
                    connection.rollback();
                }
                for (String setting : List.of("hub.team", "hub.user", "hub.login", "hub.key")) {
                    assertThat(TestDatabase.value(connection, "select coalesce(current_setting(?, true), '')", setting))
                            .isEmpty();
                }
                for (String table : List.of("jobs", "users", "user_api_keys", "teams")) {
                    assertThat(TestDatabase.column(connection, "select id from hub." + table))
                            .as(table)
                            .isEmpty();
                }
                connection.rollback();
            }
        }
    }

    @Test
    void who_acts_for_two_teams_sees_both_and_no_third() throws Exception {
        List<String> seen = DATABASE.ask(
                Role.APP,
                ada.team() + "," + bob.team(),
                null,
                connection -> strings(TestDatabase.column(connection, "select team_id from hub.jobs")));
        assertThat(seen)
                .containsExactlyInAnyOrder(ada.team().toString(), bob.team().toString());
    }

    @Test
    void what_is_no_id_is_an_error_and_not_everything() {
        assertThatThrownBy(() -> DATABASE.inTransaction(
                        Role.APP, "%", null, connection -> TestDatabase.column(connection, "select 1 from hub.jobs")))
                .hasMessageContaining("invalid input syntax for type uuid");
    }

    @Test
    void a_person_is_seen_by_that_person_alone() throws Exception {
        assertThat(texts(Role.APP, ada, "select id from hub.users"))
                .containsExactly(ada.user().toString());
        assertThat(texts(Role.APP, ada, "select distinct user_id from hub.user_roles"))
                .containsExactly(ada.user().toString());
        assertThat(changed(ada, "update hub.users set is_active = false where id = ?", bob.user()))
                .isZero();
        assertThatThrownBy(() ->
                        changed(ada, "insert into hub.user_roles (user_id, role) values (?, 'CONSUMER')", bob.user()))
                .hasMessageContaining(ROW_SECURITY);
    }

    @Test
    void a_person_is_found_by_the_name_or_address_that_is_presented() throws Exception {
        for (String login : List.of(bob.login(), bob.login() + "@example.org")) {
            assertThat(presenting("hub.login", login, "select id from hub.users"))
                    .containsExactly(bob.user().toString());
            assertThat(presenting("hub.login", login, "select role from hub.user_roles"))
                    .containsExactly("DEVELOPER");
            assertThat(presenting("hub.login", login, "select id from hub.jobs"))
                    .isEmpty();
        }
        assertThat(presenting("hub.login", "%", "select id from hub.users")).isEmpty();
        assertThatThrownBy(() -> presenting(
                        "hub.login", bob.login(), "update hub.users set password_hash = 'mine' returning id"))
                .hasMessageContaining(ROW_SECURITY);
    }

    @Test
    void a_key_is_found_by_its_owner_or_by_the_prefix_that_is_presented() throws Exception {
        assertThat(texts(Role.APP, ada, "select value_prefix from hub.user_api_keys"))
                .containsExactly("qh_" + ada.login());
        assertThat(presenting("hub.key", "qh_" + bob.login(), "select user_id from hub.user_api_keys"))
                .containsExactly(bob.user().toString());
        assertThat(presenting("hub.key", "qh_", "select user_id from hub.user_api_keys"))
                .isEmpty();
        List<String> byTheTeam = DATABASE.ask(
                Role.APP,
                ada.team().toString(),
                null,
                connection -> strings(TestDatabase.column(connection, "select id from hub.user_api_keys")));
        assertThat(byTheTeam).isEmpty();
    }

    @Test
    void a_member_sees_the_teams_of_the_own_memberships() throws Exception {
        List<String> seen = DATABASE.ask(
                Role.APP,
                null,
                ada.user(),
                connection -> strings(TestDatabase.column(connection, "select id from hub.teams")));
        assertThat(seen).containsExactly(ada.team().toString());
    }

    @Test
    void the_reader_sees_all_teams_and_no_secret() throws Exception {
        assertThat(texts(Role.READER, null, "select distinct team_id from hub.jobs"))
                .contains(
                        ada.team().toString(), bob.team().toString(), eve.team().toString());
        for (String secret :
                List.of("password_hash from hub.users", "email from hub.users", "value_hash from hub.user_api_keys")) {
            assertThatThrownBy(() -> texts(Role.READER, null, "select " + secret))
                    .hasMessageContaining("permission denied");
        }
        assertThatThrownBy(() -> DATABASE.inTransaction(
                        Role.READER, connection -> TestDatabase.change(connection, "update hub.jobs set name = 'x'")))
                .isInstanceOf(SQLException.class);
    }

    @Test
    void no_serving_role_becomes_another() {
        for (Role role : List.of(Role.APP, Role.WORKER, Role.READER)) {
            for (Role other : List.of(Role.OWNER, Role.SUPERUSER)) {
                assertThatThrownBy(() -> DATABASE.inTransaction(
                                role, connection -> TestDatabase.change(connection, "set local role " + other.user())))
                        .hasMessageContaining("permission denied");
            }
            assertThatThrownBy(() -> DATABASE.inTransaction(
                            role,
                            connection ->
                                    TestDatabase.change(connection, "alter table hub.jobs disable row level security")))
                    .hasMessageFindingMatch("must be owner|read-only transaction");
        }
    }

    /// The guard matters: take it away, and the same question shows other teams' rows.
    @Test
    void without_row_security_the_rows_of_others_would_be_seen() throws Exception {
        try (Connection connection = DATABASE.connect(Role.SUPERUSER)) {
            connection.setAutoCommit(false);
            TestDatabase.change(connection, "alter table hub.jobs disable row level security");
            TestDatabase.change(connection, "set local role hub_app");
            TestDatabase.set(connection, "hub.team", ada.team().toString());
            assertThat(TestDatabase.column(connection, "select distinct team_id from hub.jobs"))
                    .contains(
                            ada.team().toString(),
                            bob.team().toString(),
                            eve.team().toString());
            connection.rollback();
        }
    }

    private static List<String> columns(String table, String privilege) throws SQLException {
        return texts(Role.SUPERUSER, null, """
                select quote_ident(attname) from pg_attribute a
                 where attrelid = ('hub.' || ?)::regclass and attnum > 0 and not attisdropped and attidentity = ''
                   and has_column_privilege('hub_app', attrelid, attnum, ?)
                 order by attname = 'updated_at' desc, attnum
                """, table, privilege);
    }

    private static int changed(Tenant tenant, String sql, Object... values) throws SQLException {
        return DATABASE.ask(Role.APP, tenant, connection -> TestDatabase.change(connection, sql, values));
    }

    private static List<String> presenting(String setting, String value, String sql) throws SQLException {
        return DATABASE.ask(Role.APP, connection -> {
            TestDatabase.set(connection, setting, value);
            return strings(TestDatabase.column(connection, sql));
        });
    }

    private static List<String> texts(Role role, @Nullable Tenant tenant, String sql, Object... values)
            throws SQLException {
        return DATABASE.ask(
                role,
                tenant == null ? null : tenant.team().toString(),
                tenant == null ? null : tenant.user(),
                connection -> strings(TestDatabase.column(connection, sql, values)));
    }

    private static List<String> strings(List<? extends @Nullable Object> column) {
        return column.stream().map(String::valueOf).toList();
    }
}
