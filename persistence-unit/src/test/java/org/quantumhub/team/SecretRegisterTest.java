package org.quantumhub.team;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.TestDatabase;
import org.quantumhub.shared.TestDatabase.Role;
import org.quantumhub.shared.TestDatabase.Tenant;
import org.quantumhub.team.SecretRegister.Due;
import org.quantumhub.team.SecretRegister.Pauses;

/// Who tries which secret out, and what may be written of it.
class SecretRegisterTest {

    private static final TestDatabase DATABASE = TestDatabase.hub();
    private static final String PROVIDER = "tried";
    private static final List<String> KEYS = List.of("id", "key");

    private final SecretRegister register = new SecretRegister();
    private final UUID dataKey = Ids.next();
    private Tenant tenant = new Tenant(dataKey, dataKey, "");

    @BeforeEach
    void a_team_with_two_secrets() throws Exception {
        DATABASE.inTransaction(
                Role.OWNER, c -> TestDatabase.change(c, "alter table hub.team_secrets no force row level security"));
        DATABASE.inTransaction(
                Role.OWNER, c -> TestDatabase.change(c, "delete from hub.team_secrets where provider = ?", PROVIDER));
        DATABASE.inTransaction(
                Role.OWNER, c -> TestDatabase.change(c, "alter table hub.team_secrets force row level security"));
        tenant = DATABASE.tenant("0");
        DATABASE.inTransaction(
                Role.APP,
                tenant,
                c -> TestDatabase.change(
                        c,
                        "insert into hub.team_data_keys (id, team_id, wrapped_key, master_key_id) values (?, ?, '', 'm')",
                        dataKey,
                        tenant.team()));
        KEYS.forEach(this::write);
    }

    private void write(String name) {
        try {
            DATABASE.inTransaction(
                    Role.APP,
                    tenant,
                    c -> register.put(
                            c,
                            Ids.next(),
                            new SealedSecret(tenant.team(), PROVIDER, name, 1, new byte[] {1}, dataKey),
                            null,
                            tenant.user()));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private @Nullable Due due() throws SQLException {
        return DATABASE.ask(Role.WORKER, c -> register.due(c, List.of(PROVIDER), 60))
                .orElse(null);
    }

    private Due taken() throws SQLException {
        Due due = due();
        assertThat(due).isNotNull();
        return due == null ? new Due(dataKey, "", java.time.OffsetDateTime.MIN) : due;
    }

    private boolean judge(Due due, Collection<String> names, SecretValidation verdict) throws SQLException {
        return DATABASE.ask(Role.WORKER, c -> register.judge(c, due, names, verdict, "why", new Pauses(3600, 10, 100)));
    }

    private TeamSecret secret(String name) throws SQLException {
        return DATABASE.ask(Role.APP, tenant, c -> register.find(c, tenant.team(), PROVIDER, name))
                .orElseThrow();
    }

    private long pause(String name) throws SQLException {
        return Long.parseLong(DATABASE.ask(
                Role.WORKER,
                c -> TestDatabase.value(
                        c,
                        "select round(extract(epoch from validation_due_at - last_validated_at))::bigint::text"
                                + " from hub.team_secrets where team_id = ? and key_name = ?",
                        tenant.team(),
                        name)));
    }

    @Test
    void one_at_a_time_tries_all_that_a_team_has_with_a_provider() throws Exception {
        Due due = taken();
        assertThat(due.teamId()).isEqualTo(tenant.team());
        assertThat(due()).isNull();
        assertThat(judge(due, KEYS, SecretValidation.VALID)).isFalse();
        assertThat(secret("id").validation()).isEqualTo(SecretValidation.VALID);
        assertThat(secret("key").lastVerdict()).isEqualTo(SecretValidation.VALID);
        assertThat(pause("key")).isEqualTo(3600);
        assertThat(due()).isNull();
    }

    @Test
    void a_verdict_on_an_earlier_value_is_not_written_on_a_new_one() throws Exception {
        Due due = taken();
        write("key");
        assertThat(judge(due, KEYS, SecretValidation.INVALID)).isTrue();
        assertThat(secret("id").validation()).isEqualTo(SecretValidation.INVALID);
        assertThat(secret("key").validation()).isEqualTo(SecretValidation.UNKNOWN);
        // and the new one is tried with the other
        assertThat(judge(taken(), KEYS, SecretValidation.VALID)).isTrue();
        assertThat(secret("id").validation()).isEqualTo(SecretValidation.VALID);
    }

    @Test
    void who_took_too_long_writes_nothing_over_the_next_one() throws Exception {
        Due late = taken();
        DATABASE.inTransaction(Role.APP, tenant, c -> register.suspect(c, tenant.team(), PROVIDER));
        Due next = taken();
        assertThat(judge(late, KEYS, SecretValidation.INVALID)).isFalse();
        assertThat(secret("id").validation()).isEqualTo(SecretValidation.UNKNOWN);
        judge(next, KEYS, SecretValidation.VALID);
        assertThat(secret("id").validation()).isEqualTo(SecretValidation.VALID);
    }

    @Test
    void a_refusal_is_news_once_and_an_acceptance_after_it_again() throws Exception {
        assertThat(judge(taken(), KEYS, SecretValidation.INVALID)).isTrue();
        for (SecretValidation verdict :
                List.of(SecretValidation.INVALID, SecretValidation.ERROR, SecretValidation.INVALID)) {
            DATABASE.inTransaction(Role.APP, tenant, c -> register.suspect(c, tenant.team(), PROVIDER));
            assertThat(judge(taken(), KEYS, verdict)).as("%s", verdict).isFalse();
        }
        DATABASE.inTransaction(Role.APP, tenant, c -> register.suspect(c, tenant.team(), PROVIDER));
        assertThat(judge(taken(), KEYS, SecretValidation.VALID)).isTrue();
    }

    @Test
    void a_provider_that_cannot_be_asked_is_asked_after_growing_pauses_and_its_last_verdict_stays() throws Exception {
        judge(taken(), KEYS, SecretValidation.VALID);
        for (long pause : new long[] {10, 20, 40, 80, 100, 100}) {
            DATABASE.inTransaction(Role.APP, tenant, c -> register.suspect(c, tenant.team(), PROVIDER));
            judge(taken(), KEYS, SecretValidation.ERROR);
            assertThat(pause("id")).isEqualTo(pause);
        }
        assertThat(secret("id").validation()).isEqualTo(SecretValidation.ERROR);
        assertThat(secret("id").lastVerdict()).isEqualTo(SecretValidation.VALID);
    }

    @Test
    void what_cannot_be_tried_waits_for_what_it_lacks() throws Exception {
        judge(taken(), KEYS, SecretValidation.UNKNOWN);
        assertThat(secret("id").nextValidationAt()).isNull();
        assertThat(due()).isNull();
        write("key");
        judge(taken(), KEYS, SecretValidation.VALID);
        assertThat(secret("id").validation()).isEqualTo(SecretValidation.VALID);
    }
}
