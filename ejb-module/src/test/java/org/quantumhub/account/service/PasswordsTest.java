package org.quantumhub.account.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.quantumhub.account.User;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;

class PasswordsTest {

    private final Passwords passwords = passwords(4);

    private static Passwords passwords(int cost) {
        Passwords passwords = new Passwords();
        passwords.config = new AccountConfig() {
            @Override
            public int parallelHashes() {
                return 1;
            }

            @Override
            public int bcryptCost() {
                return cost;
            }
        };
        passwords.prepare();
        return passwords;
    }

    @Test
    void every_byte_of_a_password_beyond_the_72_of_bcrypt_counts() {
        String prefix = "ä".repeat(60);
        String hash = passwords.hash(prefix + "one");
        assertThat(passwords.matches(prefix + "one", hash)).isTrue();
        assertThat(passwords.matches(prefix + "two", hash)).isFalse();
        assertThat(passwords.hash(prefix + "one")).isNotEqualTo(hash);
    }

    @Test
    void who_has_no_password_is_matched_by_none() {
        assertThat(passwords.matches("", User.NO_PASSWORD)).isFalse();
        assertThat(passwords.matches("nobody has this password", User.NO_PASSWORD))
                .isFalse();
    }

    /// Each hash takes a core for a quarter of a second: who comes while all turns are taken waits, and is sent away
    /// when
    /// that takes too long.
    @Test
    void only_so_many_are_hashed_at_a_time() throws Exception {
        Semaphore turns = passwords.turns();
        turns.acquire();
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            CountDownLatch hashed = new CountDownLatch(1);
            thread.submit(() -> {
                passwords.hash("x");
                hashed.countDown();
            });
            while (turns.getQueueLength() == 0) {
                Thread.onSpinWait();
            }
            assertThat(hashed.getCount()).isEqualTo(1);
            turns.release();
            hashed.await();
        }
        turns.acquire();
        passwords.patienceMillis = 1;
        assertThatThrownBy(() -> passwords.hash("x"))
                .isInstanceOfSatisfying(
                        HubException.class, e -> assertThat(e.code()).isEqualTo(ProblemCode.TOO_MANY_REQUESTS));
    }
}
