package org.quantumhub.account.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import org.quantumhub.account.SignInThrottle;
import org.quantumhub.account.SignInThrottle.Scope;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.shared.service.Database;
import org.quantumhub.shared.service.Seal;

/// Slows guessing down, on all servers together. Each call is a transaction of its own: what is counted stays counted,
/// whatever becomes of the attempt.
@ApplicationScoped
public class Throttle {

    private static final String PURPOSE = "throttle";

    @Inject
    Database database;

    @Inject
    SignInThrottle throttle;

    @Inject
    AccountConfig config;

    @Inject
    Seal seal;

    /// Counts an attempt before it is made.
    ///
    /// @throws HubException `TOO_MANY_REQUESTS` when there were too many
    @Transactional(TxType.REQUIRES_NEW)
    public void begin(Scope scope, String subject) {
        long wait = wait(scope, subject);
        if (wait > 0) {
            throw new HubException(
                            ProblemCode.TOO_MANY_REQUESTS, "Too many attempts; try again in " + wait + " seconds.")
                    .with("retryAfter", wait);
        }
    }

    /// The same, without a refusal.
    ///
    /// @return whether the attempt may be made
    @Transactional(TxType.REQUIRES_NEW)
    public boolean mayBegin(Scope scope, String subject) {
        return wait(scope, subject) == 0;
    }

    private long wait(Scope scope, String subject) {
        return database.asBackground(
                connection -> throttle.begin(connection, scope, seal.stamp(PURPOSE, subject), free(scope)));
    }

    private int free(Scope scope) {
        return switch (scope) {
            case ACCOUNT, FACTOR -> config.freeAttempts();
            case ADDRESS, RESET_ADDRESS -> config.freeAttemptsOfAddress();
            case RESET -> 3;
            case REGISTRATION -> config.registrationsOfAddress();
        };
    }

    /// An attempt has succeeded: those before it are forgotten.
    @Transactional(TxType.REQUIRES_NEW)
    public void succeeded(Scope scope, String subject) {
        database.asBackground(connection -> {
            throttle.clear(connection, scope, seal.stamp(PURPOSE, subject));
            return scope;
        });
    }

    /// An attempt has succeeded, and says nothing about those of others from the same place.
    @Transactional(TxType.REQUIRES_NEW)
    public void takeBack(Scope scope, String subject) {
        database.asBackground(connection -> {
            throttle.takeBack(connection, scope, seal.stamp(PURPOSE, subject));
            return scope;
        });
    }

    @Transactional(TxType.REQUIRES_NEW)
    void forget() {
        database.asBackground(throttle::forget);
    }
}
