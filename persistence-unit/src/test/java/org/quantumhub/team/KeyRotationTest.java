package org.quantumhub.team;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.TestDatabase;
import org.quantumhub.shared.TestDatabase.Role;
import org.quantumhub.shared.TestDatabase.Tenant;
import org.quantumhub.team.KeyRotation.Kind;

/// Wishes for new keys, and who fulfils them, where servers keep their master keys in different places.
class KeyRotationTest {

    private static final TestDatabase DATABASE = TestDatabase.hub();
    private static final String FILE = "file";
    private static final String KMS = "aws-kms://arn:aws:kms:eu-central-1:123456789012:key/a";

    private final DataKeyRegister register = new DataKeyRegister();
    private Tenant ada;

    @BeforeEach
    void nothing_is_wished_for() throws Exception {
        ada = DATABASE.tenant("0");
        DATABASE.inTransaction(
                Role.WORKER,
                c -> TestDatabase.change(
                        c, "update hub.key_rotations set finished_at = now() where finished_at is null"));
    }

    private UUID wish(Kind kind, String place) throws SQLException {
        UUID id = Ids.next();
        DATABASE.inTransaction(Role.APP, ada, c -> {
            TestDatabase.set(c, "hub.roles", "ADMIN");
            register.wish(c, id, kind, place, ada.user());
        });
        return id;
    }

    private Optional<KeyRotation> open(String place) throws SQLException {
        return DATABASE.ask(Role.WORKER, c -> register.open(c, place));
    }

    private void end(UUID wish, String place) throws SQLException {
        DATABASE.inTransaction(Role.WORKER, c -> {
            KeyRotation mine = register.open(c, place).orElseThrow();
            assertThat(mine.id()).isEqualTo(wish);
            register.finish(c, mine);
        });
    }

    @Test
    void a_wish_is_for_servers_of_its_place() throws Exception {
        UUID wish = wish(Kind.MASTER_KEY, KMS);
        assertThat(open(FILE)).isEmpty();
        assertThat(open(KMS)).map(KeyRotation::id).contains(wish);
        assertThat(open(KMS)).map(KeyRotation::masterKeys).contains(KMS);
    }

    @Test
    void wished_for_twice_it_is_one_wish() throws Exception {
        UUID wish = wish(Kind.MASTER_KEY, KMS);
        wish(Kind.MASTER_KEY, KMS);
        end(wish, KMS);
        assertThat(open(KMS)).isEmpty();
    }

    /// Two places that pulled at the same keys would never come to an end.
    @Test
    void of_two_places_the_later_wish_counts_and_ends_the_earlier_one() throws Exception {
        UUID earlier = wish(Kind.MASTER_KEY, FILE);
        UUID later = wish(Kind.MASTER_KEY, KMS);
        assertThat(open(FILE)).isEmpty();
        end(later, KMS);
        assertThat(open(FILE)).isEmpty();
        List<KeyRotation> ended = DATABASE.ask(Role.WORKER, register::latest);
        assertThat(ended)
                .filteredOn(one -> one.id().equals(earlier) || one.id().equals(later))
                .hasSize(2)
                .allMatch(one -> one.finishedAt() != null);
    }

    @Test
    void a_wish_of_another_kind_takes_its_turn() throws Exception {
        UUID master = wish(Kind.MASTER_KEY, KMS);
        UUID data = wish(Kind.DATA_KEYS, KMS);
        end(master, KMS);
        end(data, KMS);
    }

    /// While one server works on a wish no other takes one up: a new data key would slip in under the earlier master
    /// key.
    @Test
    void only_one_server_is_at_work() throws Exception {
        UUID master = wish(Kind.MASTER_KEY, KMS);
        wish(Kind.DATA_KEYS, KMS);
        try (Connection first = DATABASE.connect(Role.WORKER)) {
            first.setAutoCommit(false);
            assertThat(register.open(first, KMS)).map(KeyRotation::id).contains(master);
            assertThat(open(KMS)).isEmpty();
            first.rollback();
        }
        assertThat(open(KMS)).map(KeyRotation::id).contains(master);
    }

    @Test
    void progress_adds_up_and_what_failed_is_as_the_last_look_found_it() throws Exception {
        wish(Kind.MASTER_KEY, KMS);
        for (int failed : new int[] {3, 1}) {
            DATABASE.inTransaction(
                    Role.WORKER, c -> register.progress(c, register.open(c, KMS).orElseThrow(), 20, failed));
        }
        assertThat(open(KMS)).map(KeyRotation::rotated).contains(40);
        assertThat(open(KMS)).map(KeyRotation::failed).contains(1);
    }

    /// All that are under another master key, and those whose master key may have had older material.
    @Test
    void what_is_to_be_wrapped_is_found_behind_what_was_passed_over() throws Exception {
        OffsetDateTime wished = OffsetDateTime.now(ZoneOffset.UTC);
        // ids ascend: behind this one there are the keys of this test alone
        UUID start = Ids.next();
        List<UUID> others = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            others.add(key("file:master-" + i, wished.plusMinutes(1)));
        }
        UUID before = key(KMS, wished.minusMinutes(1));
        key(KMS, wished.plusMinutes(1));
        assertThat(toWrap(wished, start, 10))
                .containsAll(others)
                .contains(before)
                .hasSize(4);
        assertThat(toWrap(wished, start, 2)).containsExactlyElementsOf(others.subList(0, 2));
        assertThat(toWrap(wished, others.get(1), 10)).containsExactly(others.get(2), before);
    }

    private UUID key(String masterKey, OffsetDateTime wrappedAt) throws SQLException {
        UUID id = Ids.next();
        Tenant team = DATABASE.tenant("0");
        DATABASE.inTransaction(
                Role.SUPERUSER,
                c -> TestDatabase.change(
                        c,
                        "insert into hub.team_data_keys (id, team_id, wrapped_key, master_key_id, wrapped_at)"
                                + " values (?, ?, 'x', ?, ?)",
                        id,
                        team.team(),
                        masterKey,
                        wrappedAt));
        return id;
    }

    private List<UUID> toWrap(OffsetDateTime wished, UUID after, int atMost) throws SQLException {
        return DATABASE.ask(Role.WORKER, c -> register.toWrap(c, KMS, wished, after, atMost)).stream()
                .map(WrappedKey::id)
                .toList();
    }
}
