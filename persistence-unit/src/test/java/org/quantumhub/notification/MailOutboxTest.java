package org.quantumhub.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quantumhub.notification.MailOutbox.Claimed;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.TestDatabase;
import org.quantumhub.shared.TestDatabase.Role;

class MailOutboxTest {

    private final TestDatabase database = TestDatabase.hub();
    private final MailOutbox outbox = new MailOutbox();

    @BeforeEach
    void empty() throws SQLException {
        database.inTransaction(Role.WORKER, c -> TestDatabase.change(c, "delete from hub.mails"));
    }

    private UUID asked() throws SQLException {
        UUID id = Ids.next();
        database.inTransaction(
                Role.APP, c -> outbox.put(c, id, null, "ada@example.org", "EMAIL_VERIFICATION", new byte[] {1, 2}));
        return id;
    }

    private List<Claimed> claimed(int atMost) throws SQLException {
        return database.ask(Role.WORKER, c -> outbox.claim(c, atMost));
    }

    private String value(String sql, Object... values) throws SQLException {
        return database.ask(Role.WORKER, c -> TestDatabase.value(c, sql, values));
    }

    @Test
    void a_mail_of_a_transaction_that_fails_is_never_sent() {
        assertThatThrownBy(() -> database.inTransaction(Role.APP, c -> {
                    outbox.put(c, Ids.next(), null, "ada@example.org", "EMAIL_VERIFICATION", new byte[] {1});
                    throw new SQLException("the rest failed");
                }))
                .hasMessage("the rest failed");
        assertThat(catching(() -> claimed(10))).isEmpty();
    }

    private interface Asking {
        List<Claimed> ask() throws SQLException;
    }

    private static List<Claimed> catching(Asking asking) {
        try {
            return asking.ask();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Test
    void a_claimed_mail_is_not_claimed_again_before_its_time() throws Exception {
        UUID id = asked();
        List<Claimed> mails = claimed(10);
        assertThat(mails).extracting(Claimed::id).containsExactly(id);
        assertThat(mails.getFirst().attempt()).isEqualTo(1);
        assertThat(claimed(10)).isEmpty();
        database.inTransaction(
                Role.WORKER, c -> TestDatabase.change(c, "update hub.mails set next_attempt_at = now()"));
        assertThat(claimed(10)).extracting(Claimed::attempt).containsExactly(2);
    }

    @Test
    void two_servers_share_the_outbox_without_sending_twice() throws Exception {
        Set<UUID> all = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            all.add(asked());
        }
        Set<UUID> seen = new HashSet<>();
        database.inTransaction(Role.WORKER, first -> {
            List<Claimed> ofFirst = outbox.claim(first, 12);
            List<Claimed> ofSecond = database.ask(Role.WORKER, second -> outbox.claim(second, 12));
            ofFirst.forEach(mail -> assertThat(seen.add(mail.id())).isTrue());
            ofSecond.forEach(mail -> assertThat(seen.add(mail.id())).isTrue());
        });
        assertThat(seen).isEqualTo(all);
    }

    @Test
    void what_a_mail_says_is_forgotten_once_it_is_sent_or_given_up() throws Exception {
        UUID sent = asked();
        UUID lost = asked();
        database.inTransaction(Role.WORKER, c -> {
            outbox.sent(c, sent);
            outbox.delayed(c, lost, "away");
            outbox.givenUp(c, lost, "x".repeat(600));
        });
        assertThat(value("select status || coalesce(content::text, '-') from hub.mails where id = ?", sent))
                .isEqualTo("SENT-");
        assertThat(value(
                        "select status || coalesce(content::text, '-') || length(error) from hub.mails where id = ?",
                        lost))
                .isEqualTo("FAILED-500");
        assertThat(claimed(10)).isEmpty();
    }

    @Test
    void old_notes_go_and_waiting_mails_stay() throws Exception {
        UUID old = asked();
        asked();
        database.inTransaction(Role.WORKER, c -> {
            outbox.sent(c, old);
            TestDatabase.change(c, "update hub.mails set created_at = now() - interval '40 days'");
        });
        assertThat(database.<Integer>ask(Role.WORKER, c -> outbox.forget(c, 30)))
                .isEqualTo(1);
        assertThat(value("select count(*) from hub.mails")).isEqualTo("1");
    }

    @Test
    void a_request_writes_mails_and_reads_none() throws Exception {
        asked();
        assertThatThrownBy(() -> database.ask(Role.APP, c -> TestDatabase.column(c, "select recipient from hub.mails")))
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> database.ask(
                        Role.APP, c -> TestDatabase.change(c, "update hub.mails set recipient = 'eve@example.org'")))
                .hasMessageContaining("permission denied");
        assertThatThrownBy(
                        () -> database.ask(Role.READER, c -> TestDatabase.column(c, "select content from hub.mails")))
                .hasMessageContaining("permission denied");
    }
}
