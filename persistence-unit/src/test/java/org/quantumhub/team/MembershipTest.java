package org.quantumhub.team;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.TestDatabase;
import org.quantumhub.shared.TestDatabase.Role;
import org.quantumhub.shared.TestDatabase.Tenant;

/// What the database itself says about members and invitations.
class MembershipTest {

    private static final TestDatabase DATABASE = TestDatabase.hub();

    private Tenant ada;
    private Tenant bob;

    @BeforeEach
    void two_people_in_the_team_of_one() throws Exception {
        ada = DATABASE.tenant("0");
        bob = DATABASE.tenant("0");
        join(bob, "MEMBER");
    }

    private void join(Tenant person, String role) throws SQLException {
        DATABASE.inTransaction(
                Role.APP,
                ada,
                connection -> TestDatabase.change(
                        connection,
                        "insert into hub.team_members (team_id, user_id, role) values (?, ?, ?)",
                        ada.team(),
                        person.user(),
                        role));
    }

    private void leave(Tenant person) throws SQLException {
        DATABASE.inTransaction(Role.APP, ada, connection -> remove(connection, person.user()));
    }

    private int remove(Connection connection, UUID user) throws SQLException {
        return TestDatabase.change(
                connection, "delete from hub.team_members where team_id = ? and user_id = ?", ada.team(), user);
    }

    private void give(Tenant person, String role) throws SQLException {
        DATABASE.inTransaction(
                Role.APP,
                ada,
                connection -> TestDatabase.change(
                        connection,
                        "update hub.team_members set role = ? where team_id = ? and user_id = ?",
                        role,
                        ada.team(),
                        person.user()));
    }

    @Test
    void the_last_owner_stays_and_stays_owner() throws Exception {
        assertThatThrownBy(() -> leave(ada)).hasMessageContaining("without an owner");
        assertThatThrownBy(() -> give(ada, "ADMIN")).hasMessageContaining("without an owner");
        leave(bob);
        assertThat(owners()).isEqualTo("1");
    }

    @Test
    void an_owner_hands_over_and_leaves_in_one_transaction() throws Exception {
        DATABASE.inTransaction(Role.APP, ada, connection -> {
            remove(connection, ada.user());
            TestDatabase.change(
                    connection,
                    "update hub.team_members set role = 'OWNER' where team_id = ? and user_id = ?",
                    ada.team(),
                    bob.user());
        });
        assertThat(owners()).isEqualTo("1");
    }

    /// Both see the other one while they leave; only the lock on the team tells the second that the first is gone.
    @Test
    void of_two_owners_who_leave_at_one_moment_one_stays() throws Exception {
        for (int round = 0; round < 5; round++) {
            two_people_in_the_team_of_one();
            give(bob, "OWNER");
            CyclicBarrier both = new CyclicBarrier(2);
            try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
                List<Future<Boolean>> leaving = List.of(ada, bob).stream()
                        .map(person -> threads.submit(() -> leavesTogether(person, both)))
                        .toList();
                int left = 0;
                for (Future<Boolean> one : leaving) {
                    left += one.get() ? 1 : 0;
                }
                assertThat(left).as("left").isEqualTo(1);
            }
            assertThat(owners()).isEqualTo("1");
        }
    }

    private boolean leavesTogether(Tenant person, CyclicBarrier both) throws Exception {
        try {
            DATABASE.inTransaction(Role.APP, ada, connection -> {
                remove(connection, person.user());
                try {
                    both.await();
                } catch (Exception broken) {
                    throw new IllegalStateException(broken);
                }
            });
            return true;
        } catch (SQLException refused) {
            assertThat(refused.getMessage()).contains("without an owner");
            return false;
        }
    }

    private String owners() throws SQLException {
        return DATABASE.ask(
                Role.SUPERUSER,
                connection -> TestDatabase.value(
                        connection,
                        "select count(*) from hub.team_members where team_id = ? and role = 'OWNER'",
                        ada.team()));
    }

    @Test
    void who_leaves_takes_no_key_along_and_acts_for_the_team_no_more() throws Exception {
        UUID key = Ids.next();
        DATABASE.inTransaction(Role.APP, ada.team().toString(), bob.user(), connection -> {
            TestDatabase.change(
                    connection,
                    "insert into hub.user_api_keys (id, user_id, team_id, name, value_prefix, value_hash)"
                            + " values (?, ?, ?, 'key', ?, sha256('x'))",
                    key,
                    bob.user(),
                    ada.team(),
                    "qh_" + key.toString().substring(24));
            TestDatabase.change(
                    connection, "update hub.users set default_team_id = ? where id = ?", ada.team(), bob.user());
        });
        leave(bob);
        DATABASE.inTransaction(Role.SUPERUSER, connection -> {
            assertThat(TestDatabase.value(connection, "select status from hub.user_api_keys where id = ?", key))
                    .isEqualTo("REVOKED");
            assertThat(TestDatabase.value(connection, "select default_team_id from hub.users where id = ?", bob.user()))
                    .isEqualTo("null");
        });
    }

    @Test
    void a_key_is_made_for_members_only() {
        assertThatThrownBy(() -> DATABASE.inTransaction(
                        Role.APP,
                        bob,
                        connection -> TestDatabase.change(
                                connection,
                                "insert into hub.user_api_keys (id, user_id, team_id, name, value_prefix, value_hash)"
                                        + " values (?, ?, ?, 'key', 'qh_stranger', sha256('x'))",
                                Ids.next(),
                                bob.user(),
                                DATABASE.tenant("0").team())))
                .hasMessageContaining("user_api_keys_member_fk");
    }

    @Test
    void a_team_knows_its_members_and_nobody_else() throws Exception {
        Tenant eve = DATABASE.tenant("0");
        List<String> seen = DATABASE.ask(
                Role.APP,
                ada,
                connection -> TestDatabase.column(connection, "select id from hub.users").stream()
                        .map(String::valueOf)
                        .toList());
        assertThat(seen)
                .containsExactlyInAnyOrder(ada.user().toString(), bob.user().toString())
                .doesNotContain(eve.user().toString());
        assertThat(DATABASE.<Integer>ask(
                        Role.APP,
                        ada,
                        connection -> TestDatabase.change(
                                connection, "update hub.users set full_name = 'x' where id = ?", bob.user())))
                .isZero();
    }

    @Test
    void an_invitation_that_has_ended_is_never_changed_again() throws Exception {
        UUID id = invitation("once-" + ada.login());
        DATABASE.inTransaction(
                Role.APP,
                ada,
                connection -> TestDatabase.change(
                        connection,
                        "update hub.team_invitations set status = 'REVOKED', ended_at = now() where id = ?",
                        id));
        assertThatThrownBy(() -> DATABASE.inTransaction(
                        Role.APP,
                        ada,
                        connection -> TestDatabase.change(
                                connection,
                                "update hub.team_invitations set status = 'PENDING', ended_at = null where id = ?",
                                id)))
                .hasMessageContaining("has ended");
    }

    @Test
    void an_invitation_is_seen_by_its_team_and_by_who_shows_it() throws Exception {
        UUID id = invitation("shown-" + ada.login());
        Tenant eve = DATABASE.tenant("0");
        String all = "select id from hub.team_invitations";
        List<String> unasked = DATABASE.ask(
                Role.APP,
                eve,
                connection -> TestDatabase.column(connection, all).stream()
                        .map(String::valueOf)
                        .toList());
        assertThat(unasked).isEmpty();
        List<String> shown = DATABASE.ask(Role.APP, null, eve.user(), connection -> {
            String hash =
                    TestDatabase.value(connection, "select encode(sha256(?::bytea), 'hex')", "shown-" + ada.login());
            TestDatabase.set(connection, "hub.invitation", hash);
            return TestDatabase.column(connection, all).stream()
                    .map(String::valueOf)
                    .toList();
        });
        assertThat(shown).containsExactly(id.toString());
    }

    private UUID invitation(String token) throws SQLException {
        UUID id = Ids.next();
        DATABASE.inTransaction(
                Role.APP,
                ada,
                connection -> TestDatabase.change(
                        connection,
                        "insert into hub.team_invitations (id, team_id, email, role, token_hash, invited_by, expires_at)"
                                + " values (?, ?, ?, 'MEMBER', sha256(?::bytea), ?, now() + interval '7 days')",
                        id,
                        ada.team(),
                        token + "@example.org",
                        token,
                        ada.user()));
        return id;
    }

    /// Ten uses, forty who come at once: the conditional statement lets in ten.
    @Test
    void a_code_lets_in_exactly_as_many_as_it_says() throws Exception {
        UUID code = Ids.next();
        DATABASE.inTransaction(
                Role.SUPERUSER,
                connection -> TestDatabase.change(
                        connection,
                        "insert into hub.invitation_codes (id, code_hash, hint, max_uses, created_by)"
                                + " values (?, sha256(?::bytea), 'QH-…', 10, ?)",
                        code,
                        code.toString(),
                        ada.user()));
        int let = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<Integer>> coming = java.util.stream.IntStream.range(0, 40)
                    .mapToObj(i -> threads.submit(() -> DATABASE.<Integer>ask(Role.APP, connection -> {
                        String hash = TestDatabase.value(
                                connection, "select encode(sha256(?::bytea), 'hex')", code.toString());
                        TestDatabase.set(connection, "hub.invitation", hash);
                        return TestDatabase.change(
                                connection,
                                "update hub.invitation_codes set used_count = used_count + 1"
                                        + " where code_hash = hub.presented_invitation() and used_count < max_uses");
                    })))
                    .toList();
            for (Future<Integer> one : coming) {
                let += one.get();
            }
        }
        assertThat(let).isEqualTo(10);
    }
}
