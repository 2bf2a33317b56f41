package org.quantumhub.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.TestDatabase;
import org.quantumhub.shared.TestDatabase.Role;
import org.quantumhub.shared.TestDatabase.Tenant;

/// One key, one job.
class RepeatedRequestTest {

    private static final TestDatabase DATABASE = TestDatabase.hub();
    private static Tenant tenant;

    private final JobKit jobs = new JobKit();
    private final UUID server = Ids.next();

    @BeforeAll
    static void a_team() throws Exception {
        tenant = DATABASE.tenant("100.00");
    }

    @BeforeEach
    void nothing_is_queued_or_held() throws Exception {
        jobs.clear();
    }

    @Test
    void a_request_that_comes_again_finds_its_job() throws Exception {
        NewJobRow row = keyed("again-" + Ids.next(), 1);
        NewJobRow repeated = keyed(Objects.requireNonNull(row.idempotency()).key(), 1);
        NewJobRow other = keyed(Objects.requireNonNull(row.idempotency()).key(), 2);
        assertThat(birth(row)).isEqualTo(row.id());
        assertThat(birth(repeated)).isEqualTo(row.id());
        assertThat(birth(other)).isEqualTo(row.id());
        JobRegister register = new JobRegister();
        JobRegister.Earlier earlier = DATABASE.ask(
                Role.APP,
                tenant,
                c -> Objects.requireNonNull(register.recall(c, List.of(row))
                        .get(new JobRegister.RequestKey(
                                tenant.team(),
                                Objects.requireNonNull(row.idempotency()).key()))));
        assertThat(earlier.sameRequest(Objects.requireNonNull(repeated.idempotency())))
                .isTrue();
        assertThat(earlier.sameRequest(Objects.requireNonNull(other.idempotency())))
                .isFalse();
    }

    @Test
    void keys_are_a_teams_own() throws Exception {
        Tenant neighbour = DATABASE.tenant("0");
        String key = "shared-" + Ids.next();
        NewJobRow mine = keyed(key, 1);
        NewJobRow theirs = JobKit.row(neighbour, List.of(), new NewJobRow.Idempotency(key, new byte[32]));
        assertThat(birth(mine)).isEqualTo(mine.id());
        assertThat(birth(neighbour, theirs)).isEqualTo(theirs.id());
    }

    @Test
    void one_key_twice_in_a_group_makes_one_job() throws Exception {
        String key = "twice-" + Ids.next();
        NewJobRow first = keyed(key, 1);
        NewJobRow second = keyed(key, 1);
        JobRegister register = new JobRegister();
        DATABASE.inTransaction(Role.APP, tenant, c -> {
            register.remember(c, List.of(first, second));
            UUID made = Objects.requireNonNull(register.recall(c, List.of(first, second))
                            .get(new JobRegister.RequestKey(tenant.team(), key)))
                    .jobId();
            assertThat(made).isIn(first.id(), second.id());
            register.add(c, List.of(made.equals(first.id()) ? first : second));
        });
        assertThat(jobs.claim(server, 5)).hasSize(1);
    }

    @Test
    void one_key_in_many_requests_at_once_makes_one_job() throws Exception {
        String key = "race-" + Ids.next();
        List<Callable<UUID>> clients = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            NewJobRow row = keyed(key, 1);
            clients.add(() -> birth(row));
        }
        assertThat(new HashSet<>(JobKit.atOnce(clients))).hasSize(1);
        assertThat(jobs.claim(server, 20)).hasSize(1);
    }

    @ParameterizedTest(name = "the first commits: {0}")
    @ValueSource(booleans = {true, false})
    void the_second_of_two_requests_waits_for_what_becomes_of_the_first(boolean commits) throws Exception {
        String key = "wait-" + Ids.next();
        NewJobRow first = keyed(key, 1);
        NewJobRow second = keyed(key, 1);
        JobRegister register = new JobRegister();
        try (Connection app = DATABASE.connect(Role.APP);
                ExecutorService thread = Executors.newSingleThreadExecutor()) {
            app.setAutoCommit(false);
            TestDatabase.set(app, "hub.team", tenant.team().toString());
            register.remember(app, List.of(first));
            register.add(app, List.of(first));
            Future<UUID> later = thread.submit(() -> birth(second));
            JobKit.awaitBlocked();
            if (commits) {
                app.commit();
            } else {
                app.rollback();
            }
            assertThat(later.get()).isEqualTo(commits ? first.id() : second.id());
        }
    }

    @Test
    void a_key_without_its_job_is_refused_at_the_end() {
        NewJobRow row = keyed("alone-" + Ids.next(), 1);
        assertThatThrownBy(() ->
                        DATABASE.inTransaction(Role.APP, tenant, c -> new JobRegister().remember(c, List.of(row))))
                .hasMessageContaining("foreign key");
    }

    private static NewJobRow keyed(String key, int request) {
        byte[] hash = new byte[32];
        hash[31] = (byte) request;
        return JobKit.row(tenant, List.of(), new NewJobRow.Idempotency(key, hash));
    }

    private UUID birth(NewJobRow row) throws SQLException {
        return birth(tenant, row);
    }

    /// What a submission does: the key first, and the job only where the key was new.
    private static UUID birth(Tenant payer, NewJobRow row) throws SQLException {
        JobRegister register = new JobRegister();
        return DATABASE.ask(Role.APP, payer, c -> {
            register.remember(c, List.of(row));
            String key = Objects.requireNonNull(row.idempotency()).key();
            UUID made = Objects.requireNonNull(
                            register.recall(c, List.of(row)).get(new JobRegister.RequestKey(payer.team(), key)))
                    .jobId();
            if (made.equals(row.id())) {
                register.add(c, List.of(row));
            }
            return made;
        });
    }
}
