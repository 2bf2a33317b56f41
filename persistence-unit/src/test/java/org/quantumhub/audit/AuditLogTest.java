package org.quantumhub.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quantumhub.audit.AuditChain.Horizon;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.TestDatabase;
import org.quantumhub.shared.TestDatabase.Role;
import org.quantumhub.shared.TestDatabase.Tenant;

/// What the database records by itself, and how it shows when somebody tampers with the record.
class AuditLogTest {

    private static final TestDatabase DATABASE = TestDatabase.hub();

    private final AuditChain chain = new AuditChain();
    private Tenant ada;

    @BeforeEach
    void somebody() throws Exception {
        ada = DATABASE.tenant("0");
    }

    private List<List<@Nullable String>> entries(String entity) throws SQLException {
        return DATABASE.ask(
                Role.APP,
                ada,
                connection -> TestDatabase.rows(
                        connection,
                        "select action, actor, address, request_id, entity_id, before, after, via from hub.audit_log"
                                + " where entity = ? order by id",
                        entity));
    }

    private void rename(String name) throws SQLException {
        DATABASE.inTransaction(Role.APP, ada, connection -> {
            TestDatabase.set(connection, "hub.request", "request-7");
            TestDatabase.set(connection, "hub.address", "192.0.2.7");
            TestDatabase.change(
                    connection,
                    "update hub.teams set name = ?, version = version + 1, updated_at = now() where id = ?",
                    name,
                    ada.team());
        });
    }

    @Test
    void a_change_is_recorded_with_who_where_and_what() throws Exception {
        rename("Anna's");
        List<@Nullable String> entry = entries("teams").getLast();
        assertThat(entry)
                .containsExactly(
                        "UPDATE",
                        ada.user().toString(),
                        "192.0.2.7",
                        "request-7",
                        ada.team().toString(),
                        "{\"name\": \"" + ada.login() + "\"}",
                        "{\"name\": \"Anna's\"}",
                        "hub_app");
    }

    @Test
    void birth_and_end_of_a_row_are_recorded_whole() throws Exception {
        Tenant bob = DATABASE.tenant("0");
        DATABASE.inTransaction(Role.APP, ada, connection -> {
            TestDatabase.change(
                    connection,
                    "insert into hub.team_members (team_id, user_id, role) values (?, ?, 'MEMBER')",
                    ada.team(),
                    bob.user());
            TestDatabase.change(
                    connection,
                    "delete from hub.team_members where team_id = ? and user_id = ?",
                    ada.team(),
                    bob.user());
        });
        List<List<@Nullable String>> all = entries("team_members");
        assertThat(all.stream().map(List::getFirst)).containsExactly("INSERT", "INSERT", "DELETE");
        assertThat(all.getLast().get(4)).isEqualTo(ada.team() + "/" + bob.user());
        assertThat(all.getLast().get(5)).contains("\"role\": \"MEMBER\"");
        assertThat(all.getLast().get(6)).isNull();
    }

    @Test
    void what_does_not_change_anything_is_not_recorded() throws Exception {
        int before = entries("teams").size();
        rename(ada.login());
        assertThat(entries("teams")).hasSize(before);
    }

    @Test
    void what_is_rolled_back_is_not_recorded() throws Exception {
        int before = entries("teams").size();
        assertThatThrownBy(() -> DATABASE.inTransaction(Role.APP, ada, connection -> {
                    TestDatabase.change(connection, "update hub.teams set name = 'x' where id = ?", ada.team());
                    throw new SQLException("stop");
                }))
                .hasMessage("stop");
        assertThat(entries("teams")).hasSize(before);
    }

    @Test
    void no_secret_and_nobodys_name_gets_into_the_record() throws Exception {
        DATABASE.inTransaction(
                Role.APP,
                ada,
                connection -> TestDatabase.change(
                        connection,
                        "update hub.users set password_hash = 'canary', full_name = 'Canary Bird' where id = ?",
                        ada.user()));
        List<String> found = DATABASE.ask(
                Role.SUPERUSER,
                connection -> TestDatabase.column(
                                connection,
                                "select after::text from hub.audit_log where entity = 'users' and entity_id = ?",
                                ada.user().toString())
                        .stream()
                        .map(String::valueOf)
                        .toList());
        assertThat(found).isNotEmpty();
        assertThat(String.join("", found))
                .doesNotContainIgnoringCase("canary")
                .doesNotContain(ada.login())
                .contains("\"password_hash\": \"***\"");
    }

    @Test
    void nobody_writes_corrects_or_sweeps_the_record() throws Exception {
        seal();
        for (Role role : List.of(Role.APP, Role.WORKER)) {
            for (String statement : List.of(
                    "insert into hub.audit_log (via, action, entity, entity_id) values ('x', 'INSERT', 'x', 'x')",
                    "update hub.audit_log set entity = 'x'",
                    "delete from hub.audit_log",
                    "truncate hub.audit_log",
                    "delete from hub.audit_exemptions",
                    "insert into hub.audit_exemptions values ('teams', 'x')",
                    "alter table hub.teams disable trigger zz_audit")) {
                assertThatThrownBy(() ->
                                DATABASE.inTransaction(role, connection -> TestDatabase.change(connection, statement)))
                        .as("%s: %s", role, statement)
                        .hasMessageFindingMatch("permission denied|must be owner");
            }
        }
        for (String statement : List.of("update hub.audit_log set entity = 'x'", "delete from hub.audit_seals")) {
            assertThatThrownBy(() -> DATABASE.inTransaction(
                            Role.SUPERUSER, connection -> TestDatabase.change(connection, statement)))
                    .hasMessageContaining("append-only");
        }
    }

    private int seal() throws SQLException {
        return DATABASE.ask(Role.WORKER, connection -> chain.seal(connection, chain.horizon(connection), 100_000));
    }

    private List<String> faults() throws SQLException {
        return DATABASE.ask(Role.READER, connection -> chain.faults(connection, 1000)).stream()
                .map(fault -> fault.entry() + " " + fault.fault())
                .toList();
    }

    /// Does something as somebody who has got hold of the whole database, looks, and takes it back.
    private List<String> faultsAfter(String... crimes) throws SQLException {
        try (Connection connection = DATABASE.connect(Role.SUPERUSER)) {
            connection.setAutoCommit(false);
            TestDatabase.change(connection, "set local session_replication_role = 'replica'");
            for (String crime : crimes) {
                TestDatabase.change(connection, crime);
            }
            List<String> found = chain.faults(connection, 1000).stream()
                    .map(fault -> fault.entry() + " " + fault.fault())
                    .toList();
            connection.rollback();
            return found;
        }
    }

    @Test
    void tampering_is_named() throws Exception {
        rename("first");
        rename("second");
        assertThat(seal()).isPositive();
        rename("third");
        assertThat(seal()).isPositive();
        assertThat(seal()).isZero();
        assertThat(faults()).isEmpty();

        String id = DATABASE.ask(
                Role.SUPERUSER,
                connection -> TestDatabase.value(
                        connection,
                        "select min(id) from hub.audit_log where entity = 'teams' and entity_id = ?",
                        ada.team().toString()));
        String entry = " where id = " + id;
        assertThat(faultsAfter("update hub.audit_log set after = '{\"name\": \"never\"}'" + entry))
                .containsExactly(id + " the entry has been altered");
        assertThat(faultsAfter("update hub.audit_log set actor = null, occurred_at = now()" + entry))
                .containsExactly(id + " the entry has been altered");
        assertThat(faultsAfter("delete from hub.audit_log" + entry)).containsExactly(id + " the entry is missing");
        assertThat(faultsAfter(
                        "delete from hub.audit_log" + entry,
                        "insert into hub.audit_log (id, via, action, entity, entity_id) overriding system value"
                                + " values (0, 'x', 'INSERT', 'x', 'x')"))
                .contains("0 the entry was added behind the seal", id + " the entry is missing");
        // who makes the seal fit as well breaks the chain
        assertThat(faultsAfter(
                        "update hub.audit_log set actor = null" + entry,
                        "update hub.audit_seals s set digests = (select string_agg(hub.audit_digest(e), ''::bytea order by e.id)"
                                + " from hub.audit_log e where e.id = any (s.ids))"))
                .contains("null the seal has been altered");
        assertThat(faultsAfter(
                        "update hub.audit_log set actor = null" + entry,
                        "update hub.audit_seals s set digests = (select string_agg(hub.audit_digest(e), ''::bytea order by e.id)"
                                + " from hub.audit_log e where e.id = any (s.ids))",
                        "update hub.audit_seals s set hash = hub.audit_seal_hash(previous, digests, ids)"))
                .contains("null the seal does not follow the one before it");
        assertThat(faultsAfter("delete from hub.audit_seals where id = (select min(id) from hub.audit_seals)"))
                .contains("null the seal does not follow the one before it");
        assertThat(faults()).isEmpty();
    }

    /// A transaction that runs longer than its neighbours may own a lower id than they: nothing is sealed before it
    /// ends.
    @Test
    void an_entry_that_is_still_on_its_way_is_waited_for() throws Exception {
        try (Connection slow = DATABASE.connect(Role.APP)) {
            slow.setAutoCommit(false);
            TestDatabase.set(slow, "hub.team", ada.team().toString());
            TestDatabase.set(slow, "hub.user", ada.user().toString());
            TestDatabase.change(slow, "update hub.teams set name = 'slow' where id = ?", ada.team());
            Tenant bob = DATABASE.tenant("0");
            assertThat(bob.team()).isNotNull();
            Horizon horizon = DATABASE.ask(Role.WORKER, chain::horizon);
            assertThat(DATABASE.<Boolean>ask(Role.WORKER, connection -> chain.isReached(connection, horizon)))
                    .isFalse();
            slow.commit();
            assertThat(DATABASE.<Boolean>ask(Role.WORKER, connection -> chain.isReached(connection, horizon)))
                    .isTrue();
        }
        seal();
        assertThat(faults()).isEmpty();
    }

    @Test
    void a_team_sees_its_own_record_and_an_auditor_all() throws Exception {
        Tenant bob = DATABASE.tenant("0");
        String teams = "select distinct team_id from hub.audit_log";
        List<String> own = DATABASE.ask(
                Role.APP,
                ada,
                connection -> TestDatabase.column(connection, teams).stream()
                        .map(String::valueOf)
                        .toList());
        assertThat(own).containsExactly(ada.team().toString());
        List<String> all = DATABASE.ask(Role.APP, ada, connection -> {
            TestDatabase.set(connection, "hub.roles", "CONSUMER,AUDITOR");
            return TestDatabase.column(connection, teams).stream()
                    .map(String::valueOf)
                    .toList();
        });
        assertThat(all).contains(ada.team().toString(), bob.team().toString());
        UUID nobody = Ids.next();
        assertThat(DATABASE.<Integer>ask(
                        Role.APP,
                        nobody.toString(),
                        nobody,
                        connection -> TestDatabase.column(connection, teams).size()))
                .isZero();
    }
}
