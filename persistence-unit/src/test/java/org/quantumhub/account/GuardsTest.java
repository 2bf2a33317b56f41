package org.quantumhub.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quantumhub.shared.TestDatabase;
import org.quantumhub.shared.TestDatabase.Role;
import org.quantumhub.shared.TestDatabase.Tenant;

/// What the database refuses to requests, whatever the code in front of it thinks.
class GuardsTest {

    private static final String GIVE = "insert into hub.user_roles (user_id, role) values (?, ?)";

    private final TestDatabase database = TestDatabase.hub();
    private Tenant ada;
    private Tenant root;

    @BeforeEach
    void people() throws SQLException {
        ada = database.tenant("0");
        root = database.tenant("0");
        database.inTransaction(Role.WORKER, c -> TestDatabase.change(c, GIVE, root.user(), "ADMIN"));
    }

    @AfterEach
    void nobody_administers() throws SQLException {
        database.inTransaction(Role.SUPERUSER, c -> {
            TestDatabase.change(c, "set local session_replication_role = replica");
            TestDatabase.change(c, "delete from hub.user_roles where role = 'ADMIN'");
        });
    }

    private int asAdministrator(Tenant who, String sql, Object... values) throws SQLException {
        return database.ask(Role.APP, who, connection -> {
            TestDatabase.set(connection, "hub.administrator", "true");
            return TestDatabase.change(connection, sql, values);
        });
    }

    private int as(Tenant who, String sql, Object... values) throws SQLException {
        return database.ask(Role.APP, who, connection -> TestDatabase.change(connection, sql, values));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PROVIDER", "OPERATOR", "BILLING_MANAGER", "AUDITOR", "ADMIN"})
    void nobody_gives_a_role_to_oneself(String role) {
        assertThatThrownBy(() -> as(ada, GIVE, ada.user(), role)).hasMessageContaining("given by an administrator");
        // saying that one administers makes nobody an administrator
        assertThatThrownBy(() -> asAdministrator(ada, GIVE, ada.user(), role))
                .hasMessageContaining("given by an administrator");
    }

    /// The guard matters: take it away, and whoever registers administers.
    @Test
    void without_the_guard_everybody_is_an_administrator() throws Exception {
        try (Connection connection = database.connect(Role.SUPERUSER)) {
            connection.setAutoCommit(false);
            TestDatabase.change(connection, "drop trigger user_roles_guard on hub.user_roles");
            TestDatabase.change(connection, "set local role hub_app");
            TestDatabase.set(connection, "hub.user", ada.user().toString());
            assertThat(TestDatabase.change(connection, GIVE, ada.user(), "ADMIN"))
                    .isEqualTo(1);
            connection.rollback();
        }
    }

    @Test
    void nobody_registers_with_more_than_the_usual_roles() {
        UUID id = UUID.randomUUID();
        assertThatThrownBy(() -> database.inTransaction(Role.APP, null, id, connection -> {
                    TestDatabase.change(
                            connection,
                            "insert into hub.users (id, username, email, password_hash) values (?, ?, ?, 'x')",
                            id,
                            id.toString(),
                            id + "@example.org");
                    TestDatabase.change(connection, GIVE, id, "CONSUMER");
                    TestDatabase.change(connection, GIVE, id, "ADMIN");
                }))
                .hasMessageContaining("given by an administrator");
    }

    @Test
    void an_administrator_gives_every_role() throws Exception {
        assertThat(asAdministrator(root, GIVE, ada.user(), "OPERATOR")).isEqualTo(1);
        // but only while administering
        assertThatThrownBy(() -> as(root, GIVE, ada.user(), "AUDITOR")).isInstanceOf(SQLException.class);
    }

    @Test
    void nobody_raises_the_own_quota_or_opens_the_own_account_again() throws Exception {
        assertThatThrownBy(() -> as(ada, "update hub.users set api_quota_monthly = 1000000 where id = ?", ada.user()))
                .hasMessageContaining("the quota is set by an administrator");
        for (String column : new String[] {"api_quota_used = 0", "quota_period = null"}) {
            assertThatThrownBy(() -> as(ada, "update hub.users set " + column + " where id = ?", ada.user()))
                    .hasMessageContaining("permission denied");
        }
        as(ada, "update hub.users set is_active = false where id = ?", ada.user());
        assertThatThrownBy(() -> as(ada, "update hub.users set is_active = true where id = ?", ada.user()))
                .hasMessageContaining("opened again by an administrator");
        assertThat(asAdministrator(
                        root, "update hub.users set is_active = true, api_quota_monthly = 7 where id = ?", ada.user()))
                .isEqualTo(1);
    }

    @Test
    void a_deleted_account_stays_deleted() throws Exception {
        as(ada, "update hub.users set is_active = false, deleted_at = now() where id = ?", ada.user());
        assertThatThrownBy(
                        () -> asAdministrator(root, "update hub.users set is_active = true where id = ?", ada.user()))
                .hasMessageContaining("users_deleted");
        assertThatThrownBy(() -> asAdministrator(
                        root, "update hub.users set is_active = true, deleted_at = null where id = ?", ada.user()))
                .hasMessageContaining("stays deleted");
    }

    @Test
    void one_administrator_remains() throws Exception {
        String resign = "delete from hub.user_roles where user_id = ? and role = 'ADMIN'";
        assertThatThrownBy(() -> asAdministrator(root, resign, root.user()))
                .hasMessageContaining("the last administrator stays");
        assertThatThrownBy(
                        () -> asAdministrator(root, "update hub.users set is_active = false where id = ?", root.user()))
                .hasMessageContaining("the last administrator stays");
        asAdministrator(root, GIVE, ada.user(), "ADMIN");
        assertThat(asAdministrator(root, resign, root.user())).isEqualTo(1);
        assertThatThrownBy(() -> asAdministrator(ada, resign, ada.user()))
                .hasMessageContaining("the last administrator stays");
    }

    @Test
    void two_administrators_who_leave_at_the_same_moment_do_not_both_leave() throws Exception {
        asAdministrator(root, GIVE, ada.user(), "ADMIN");
        String resign = "delete from hub.user_roles where user_id = ? and role = 'ADMIN'";
        try (Connection first = administering(root)) {
            TestDatabase.change(first, resign, root.user());
            Thread second = Thread.ofVirtual().start(() -> {
                try (Connection other = administering(ada)) {
                    TestDatabase.change(other, resign, ada.user());
                    other.commit();
                } catch (SQLException refused) {
                    // as it should be
                }
            });
            first.commit();
            second.join();
        }
        String left = database.ask(
                Role.SUPERUSER, c -> TestDatabase.value(c, "select count(*) from hub.user_roles where role = 'ADMIN'"));
        assertThat(left).isEqualTo("1");
    }

    private Connection administering(Tenant who) throws SQLException {
        Connection connection = database.connect(Role.APP);
        connection.setAutoCommit(false);
        TestDatabase.set(connection, "hub.user", who.user().toString());
        TestDatabase.set(connection, "hub.administrator", "true");
        return connection;
    }

    @Test
    void sessions_tokens_and_codes_are_seen_by_their_owner_alone() throws Exception {
        database.inTransaction(Role.APP, ada, c -> {
            TestDatabase.change(
                    c,
                    "insert into hub.user_sessions (id, user_id, jti, refresh_hash, method, expires_at)"
                            + " values (?, ?, ?, sha256('r'), 'PASSWORD', now() + interval '1 day')",
                    UUID.randomUUID(),
                    ada.user(),
                    UUID.randomUUID());
            TestDatabase.change(
                    c,
                    "insert into hub.one_time_tokens (id, user_id, purpose, email, token_hash, expires_at)"
                            + " values (?, ?, 'PASSWORD_RESET', 'x', sha256(?::bytea), now() + interval '1 day')",
                    UUID.randomUUID(),
                    ada.user(),
                    ada.login());
            TestDatabase.change(
                    c, "insert into hub.user_recovery_codes (user_id, code_stamp) values (?, sha256('c'))", ada.user());
        });
        for (String table : new String[] {"user_sessions", "one_time_tokens", "user_recovery_codes"}) {
            String count = "select count(*) from hub." + table;
            String own = database.ask(Role.APP, ada, c -> TestDatabase.value(c, count));
            String others = database.ask(Role.APP, root, c -> TestDatabase.value(c, count));
            String nobodys = database.ask(Role.APP, c -> TestDatabase.value(c, count));
            assertThat(own + others + nobodys).as(table).isEqualTo("100");
        }
        String presented = database.ask(Role.APP, c -> {
            String hash = TestDatabase.value(c, "select encode(sha256(?::bytea), 'hex')", ada.login());
            TestDatabase.set(c, "hub.token", hash);
            return TestDatabase.value(c, "select count(*) from hub.one_time_tokens");
        });
        assertThat(presented).isEqualTo("1");
        for (String table : new String[] {"sign_in_throttles", "signing_keys"}) {
            assertThatThrownBy(() -> database.ask(
                            Role.APP, ada, c -> TestDatabase.value(c, "select count(*) from hub." + table)))
                    .hasMessageContaining("permission denied");
        }
    }
}
