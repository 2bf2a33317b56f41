package org.quantumhub.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.quantumhub.account.KeyStates.Remembered;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.TestDatabase;
import org.quantumhub.shared.TestDatabase.Role;
import org.quantumhub.shared.TestDatabase.Tenant;

class KeyStatesTest {

    private final TestDatabase database = TestDatabase.hub();
    private final KeyStates states = new KeyStates();

    private Remembered key(Tenant tenant) throws SQLException {
        UUID id = Ids.next();
        change(
                "insert into hub.user_api_keys (id, user_id, team_id, name, value_prefix, value_hash, version)"
                        + " values (?, ?, ?, 'key', right(?::text, 20), sha256('key'), 7)",
                id,
                tenant.user(),
                tenant.team(),
                id);
        return new Remembered(id, 7);
    }

    private void change(String sql, Object... values) throws SQLException {
        database.inTransaction(Role.SUPERUSER, c -> TestDatabase.change(c, sql, values));
    }

    private Set<UUID> unchanged(Remembered... keys) throws SQLException {
        return database.ask(Role.WORKER, c -> states.unchanged(c, List.of(keys)));
    }

    @Test
    void a_key_that_was_changed_or_ended_is_not_as_it_was() throws Exception {
        Tenant tenant = database.tenant("0");
        Remembered kept = key(tenant);
        Remembered changed = key(tenant);
        Remembered ended = key(tenant);
        Remembered stranger = new Remembered(Ids.next(), 7);
        assertThat(unchanged(kept, changed, ended, stranger))
                .containsExactlyInAnyOrder(kept.keyId(), changed.keyId(), ended.keyId());
        change("update hub.user_api_keys set version = version + 1 where id = ?", changed.keyId());
        change("update hub.user_api_keys set status = 'SUSPENDED' where id = ?", ended.keyId());
        assertThat(unchanged(kept, changed, ended)).containsExactly(kept.keyId());
    }

    @Test
    void use_is_no_change() throws Exception {
        Remembered key = key(database.tenant("0"));
        change("update hub.user_api_keys set last_used_at = now() where id = ?", key.keyId());
        assertThat(unchanged(key)).containsExactly(key.keyId());
    }
}
