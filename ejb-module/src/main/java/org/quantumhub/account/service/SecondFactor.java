package org.quantumhub.account.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;
import org.quantumhub.account.SignInThrottle.Scope;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;

/// Asks for a code of the second factor, and slows guessing.
@ApplicationScoped
public class SecondFactor {

    @Inject
    FactorTurns turns;

    @Inject
    Throttle throttle;

    /// Takes a code of the authenticator, or a recovery code; each is good once.
    ///
    /// @throws HubException `WRONG_CODE`, or `TOO_MANY_REQUESTS` after several of them
    void require(UUID userId, String code) {
        throttle.begin(Scope.FACTOR, userId.toString());
        if (!turns.take(userId, code)) {
            throw new HubException(ProblemCode.WRONG_CODE, "This code is wrong, or was used before.");
        }
        throttle.succeeded(Scope.FACTOR, userId.toString());
    }
}
