package org.quantumhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.quantumhub.system.HubClient.Person;

/// Guessing is slow, from one place and for one account, even when it is done in parallel.
@Story
class ThrottleStory {

    private static final int FREE = 5;
    private static final int FREE_OF_ADDRESS = 50;

    private static final HubClient ANYBODY = RunningHub.hub().client();

    /// A place of its own for each test, so that none slows another.
    private final String address = "198.51.100." + (1 + Math.abs((int) System.nanoTime()) % 250);

    private HubClient from(String place) {
        return ANYBODY.with("X-Forwarded-For", place);
    }

    /// The first pause is a second, which a busy machine lets pass before the next request.
    private static void lengthenPauses() {
        RunningHub.hub()
                .sql()
                .run(
                        "update sign_in_throttles set blocked_until = now() + interval '1 minute'"
                                + " where failures = ? and updated_at > now() - interval '1 minute'",
                        FREE);
    }

    @Test
    void after_a_few_wrong_passwords_the_right_one_must_wait_too() {
        Person ada = ANYBODY.register();
        for (int i = 0; i < FREE; i++) {
            from(address).login(ada.email(), "wrong password " + i).refused(401, "WRONG_CREDENTIALS");
        }
        lengthenPauses();
        Answer refused = from(address).login(ada.email(), ada.password()).refused(429, "TOO_MANY_REQUESTS");
        assertThat(Long.parseLong(refused.header("Retry-After"))).isBetween(1L, 900L);
        from("192.0.2.9").login(ada.email(), ada.password()).refused(429, "TOO_MANY_REQUESTS");
    }

    @Test
    void a_name_that_nobody_has_is_slowed_in_the_same_way() {
        String nobody = "nobody-" + UUID.randomUUID() + "@example.org";
        for (int i = 0; i < FREE; i++) {
            from(address).login(nobody, "wrong password " + i).refused(401, "WRONG_CREDENTIALS");
        }
        lengthenPauses();
        from(address).login(nobody, "wrong password").refused(429, "TOO_MANY_REQUESTS");
    }

    @Test
    void a_right_password_forgets_the_wrong_ones() {
        Person ada = ANYBODY.register();
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < FREE - 1; i++) {
                from(address).login(ada.email(), "wrong password " + i).refused(401, "WRONG_CREDENTIALS");
            }
            from(address).login(ada.email(), ada.password()).expect(200);
        }
    }

    @Test
    void forty_guesses_at_the_same_moment_are_forty_and_not_one() {
        Person ada = ANYBODY.register();
        List<CompletableFuture<Answer>> guesses = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 0; i < 40; i++) {
            guesses.add(from(address)
                    .postSoon(
                            "/api/v1/auth/login",
                            "{\"login\": \"" + ada.email() + "\", \"password\": \"wrong password " + i + "\"}"));
        }
        List<Integer> answers = guesses.stream()
                .map(CompletableFuture::join)
                .map(Answer::status)
                .toList();
        // pauses of 1, 2, 4 ... seconds: each that was over before the last guess let one more be tried
        double seconds = (System.nanoTime() - start) / 1e9;
        long tried = answers.stream().filter(status -> status == 401).count();
        assertThat(tried).isBetween((long) FREE, FREE + (long) (Math.log(seconds + 1) / Math.log(2)));
        assertThat(answers.stream().filter(status -> status == 429).count()).isEqualTo(40 - tried);
    }

    @Test
    void one_address_does_not_try_one_password_on_everybody() {
        for (int i = 0; i < FREE_OF_ADDRESS; i++) {
            from(address)
                    .login("somebody-" + i + "-" + UUID.randomUUID(), "the same password")
                    .refused(401, "WRONG_CREDENTIALS");
        }
        from(address)
                .login("somebody-else-" + UUID.randomUUID(), "the same password")
                .refused(429, "TOO_MANY_REQUESTS");
        from("192.0.2.77")
                .login("somebody-else-" + UUID.randomUUID(), "the same password")
                .refused(401, "WRONG_CREDENTIALS");
    }

    @Test
    void one_address_does_not_send_mails_without_end() {
        for (int i = 0; i < FREE_OF_ADDRESS; i++) {
            from(address)
                    .post("/api/v1/auth/reset-password", "{\"login\": \"somebody-" + UUID.randomUUID() + "\"}")
                    .expect(204);
        }
        from(address)
                .post("/api/v1/auth/reset-password", "{\"login\": \"somebody\"}")
                .refused(429, "TOO_MANY_REQUESTS");
    }

    @Test
    void nobody_fills_the_postbox_of_another() {
        Person ada = ANYBODY.register();
        for (int i = 0; i < 8; i++) {
            from(address)
                    .post("/api/v1/auth/reset-password", "{\"login\": \"" + ada.email() + "\"}")
                    .expect(204);
        }
        Postbox.await(ada.email(), "Choose a new password", 1);
        assertThat(Postbox.mails(ada.email(), "Choose a new password")).hasSizeLessThanOrEqualTo(3);
    }
}
