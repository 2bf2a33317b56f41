package org.quantumhub.account.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.account.AccountSecured;
import org.quantumhub.account.AccountSecured.Change;
import org.quantumhub.account.OneTimeToken;
import org.quantumhub.account.PasswordResetAsked;
import org.quantumhub.account.SessionEnd;
import org.quantumhub.account.TokenPurpose;
import org.quantumhub.account.User;
import org.quantumhub.account.UserRepository;
import org.quantumhub.account.service.OneTimeTokens.Made;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.service.RowSecurity;

/// The transactions around a new password, before and after its slow hashing.
@ApplicationScoped
public class PasswordTurns {

    private static final Duration LIFE = Duration.ofHours(1);

    @Inject
    UserRepository users;

    @Inject
    OneTimeTokens tokens;

    @Inject
    SessionTurns sessions;

    @Inject
    RowSecurity rowSecurity;

    @Inject
    Event<PasswordResetAsked> asked;

    @Inject
    Event<AccountSecured> secured;

    @Inject
    Clock clock;

    /// Sends a link to the owner of an account, if there is one.
    @Transactional
    void ask(String login) {
        rowSecurity.presentLogin(login);
        users.findByLogin(login)
                .filter(User::isActive)
                .filter(User::hasPassword)
                .ifPresent(user -> {
                    rowSecurity.actFor(user.id());
                    Made token = tokens.make(user, TokenPurpose.PASSWORD_RESET, user.email(), LIFE);
                    asked.fire(new PasswordResetAsked(
                            user.id(), user.username(), user.email(), token.text(), token.expiresAt()));
                });
    }

    @Transactional
    boolean isGood(String token) {
        return tokens.isGood(token, TokenPurpose.PASSWORD_RESET);
    }

    /// Takes the token and ends every session: whoever knew the old password is out.
    ///
    /// @return whose password it is
    @Transactional
    UUID reset(String token, String hash) {
        OneTimeToken taken = tokens.take(token, TokenPurpose.PASSWORD_RESET);
        User user = users.lock(taken.userId()).filter(User::isActive).orElseThrow(OneTimeTokens::invalid);
        Instant now = clock.instant();
        if (taken.email().equals(user.email())) {
            user.verifyEmail(taken.email(), now); // who reads its mails owns it
        }
        change(user, hash, null, now);
        return user.id();
    }

    @Transactional
    void change(Caller caller, String hash, @Nullable UUID session) {
        change(users.lock(caller.userId()).orElseThrow(), hash, session, clock.instant());
    }

    private void change(User user, String hash, @Nullable UUID goingOn, Instant now) {
        user.changePassword(hash, now);
        sessions.endAll(user.id(), goingOn, SessionEnd.PASSWORD);
        secured.fire(new AccountSecured(user.id(), user.username(), user.email(), Change.PASSWORD_CHANGED));
    }
}
