package org.quantumhub.account.service;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.quantumhub.account.User;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;

/// Hashes passwords with bcrypt. Passwords beyond bcrypt's 72 bytes are hashed with SHA-512 first, so that every
/// character counts. Only so many are hashed at a time, because each takes a core for a quarter of a second.
@ApplicationScoped
public class Passwords {

    private static final BCrypt.Version VERSION = BCrypt.Version.VERSION_2A;
    private static final long PATIENCE_MILLIS = 10_000;

    @Inject
    AccountConfig config;

    private Semaphore turns;
    private String nobody;

    /// How long somebody waits for a turn.
    long patienceMillis = PATIENCE_MILLIS;

    @SuppressWarnings("NullAway") // filled by prepare
    public Passwords() {}

    @PostConstruct
    void prepare() {
        turns = new Semaphore(config.parallelHashes(), true);
        nobody = hash("nobody has this password");
    }

    public String hash(String password) {
        return inTurn(() -> BCrypt.with(VERSION, LongPasswordStrategies.hashSha512(VERSION))
                .hashToString(config.bcryptCost(), password.toCharArray()));
    }

    public boolean matches(String password, String hash) {
        if (hash.equals(User.NO_PASSWORD)) {
            return matchesNobody(password);
        }
        return inTurn(() -> BCrypt.verifyer(VERSION, LongPasswordStrategies.hashSha512(VERSION))
                .verify(password.toCharArray(), hash.getBytes(StandardCharsets.UTF_8))
                .verified);
    }

    /// Spends the time of a check and fails: an unknown name must not be told by a faster answer.
    public boolean matchesNobody(String password) {
        matches(password, nobody);
        return false;
    }

    /// The turns there are.
    Semaphore turns() {
        return turns;
    }

    private <T> T inTurn(Supplier<T> work) {
        try {
            if (!turns.tryAcquire(patienceMillis, TimeUnit.MILLISECONDS)) {
                throw new HubException(ProblemCode.TOO_MANY_REQUESTS, "Too many people are signing in; try again soon.")
                        .with("retryAfter", TimeUnit.MILLISECONDS.toSeconds(PATIENCE_MILLIS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HubException(ProblemCode.UNAVAILABLE, "The hub is stopping.", e);
        }
        try {
            return work.get();
        } finally {
            turns.release();
        }
    }
}
