package org.quantumhub.account.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.UUID;
import org.quantumhub.account.SignInThrottle.Scope;
import org.quantumhub.account.User;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.service.HubThreads;

/// A new password: for somebody who knows the old one, or in two steps for somebody who has forgotten it.
@ApplicationScoped
public class PasswordChange {

    private static final Logger LOG = System.getLogger(PasswordChange.class.getName());

    @Inject
    PasswordTurns turns;

    @Inject
    PasswordCheck check;

    @Inject
    Passwords passwords;

    @Inject
    Sessions sessions;

    @Inject
    Throttle throttle;

    @Inject
    HubThreads threads;

    /// First step of a reset: a link goes to the owner of the account. Whether there is one, neither the answer nor its
    /// time tells: the work is done after it.
    ///
    /// @throws HubException `TOO_MANY_REQUESTS` when too many came from the same address
    public void askForReset(String login, Visitor visitor) {
        String name = User.normalised(login);
        throttle.begin(Scope.RESET_ADDRESS, visitor.address());
        threads.pool().execute(() -> {
            try {
                if (throttle.mayBegin(Scope.RESET, name)) {
                    turns.ask(name);
                }
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "no link to reset a password was sent", e);
            }
        });
    }

    /// Second step: the link and a new password. All sessions end.
    ///
    /// @throws HubException `INVALID_LINK`, `TOO_MANY_REQUESTS`
    public void reset(String token, String password, Visitor visitor) {
        throttle.begin(Scope.RESET_ADDRESS, visitor.address());
        if (!turns.isGood(token)) {
            throw OneTimeTokens.invalid(); // before a quarter of a second is spent on hashing
        }
        turns.reset(token, passwords.hash(password));
        throttle.takeBack(Scope.RESET_ADDRESS, visitor.address());
        sessions.forget();
    }

    /// All sessions but the one that asks end.
    ///
    /// @throws HubException `WRONG_CREDENTIALS` when the old password is wrong
    public void change(Caller caller, UUID session, String oldPassword, String newPassword) {
        check.require(caller, oldPassword);
        turns.change(caller, passwords.hash(newPassword), session);
        sessions.forget();
    }
}
