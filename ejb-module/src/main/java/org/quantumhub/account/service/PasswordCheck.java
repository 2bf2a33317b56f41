package org.quantumhub.account.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.quantumhub.account.SignInThrottle.Scope;
import org.quantumhub.account.User;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;

/// Asks somebody who is signed in for the password once more, before something that a borrowed session must not do.
@ApplicationScoped
public class PasswordCheck {

    @Inject
    Accounts accounts;

    @Inject
    Passwords passwords;

    @Inject
    Throttle throttle;

    /// Accounts without a password, which a company's identity provider signs in, pass.
    ///
    /// @throws HubException `WRONG_CREDENTIALS`, or `TOO_MANY_REQUESTS` after several of them
    void require(Caller caller, String password) {
        User user = accounts.me(caller);
        if (!user.hasPassword()) {
            return;
        }
        throttle.begin(Scope.ACCOUNT, user.id().toString());
        if (!passwords.matches(password, user.passwordHash())) {
            throw new HubException(ProblemCode.WRONG_CREDENTIALS, "This is not your password.");
        }
        throttle.succeeded(Scope.ACCOUNT, user.id().toString());
    }
}
