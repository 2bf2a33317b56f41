package org.quantumhub.account.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Set;
import java.util.UUID;
import org.quantumhub.account.PlatformRole;
import org.quantumhub.account.User;
import org.quantumhub.account.UserRegistered;
import org.quantumhub.account.UserRepository;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.shared.service.RowSecurity;

/// The two short transactions of a registration, before and after the slow hashing of the password.
@ApplicationScoped
public class Registrar {

    @Inject
    UserRepository users;

    @Inject
    RowSecurity rowSecurity;

    @Inject
    Event<UserRegistered> registered;

    @Inject
    EmailVerification verification;

    @Inject
    Clock clock;

    @Transactional
    boolean knows(String login) {
        rowSecurity.presentLogin(login);
        return users.findByLogin(login).isPresent();
    }

    /// Before a quarter of a second is spent on hashing; the unique constraints decide in the end.
    @Transactional
    void refuseTaken(NewAccount account) {
        if (knows(User.normalised(account.email()))) {
            throw emailTaken();
        }
        if (knows(User.normalised(account.username()))) {
            throw usernameTaken();
        }
    }

    /// @param monthlyQuota requests a month
    /// @param verified whether the e-mail address needs no verification, because the operator named it
    @Transactional
    User enter(NewAccount account, String passwordHash, Set<PlatformRole> roles, int monthlyQuota, boolean verified) {
        UUID id = Ids.next();
        rowSecurity.actFor(id);
        User user = new User(
                id, account.username(), account.email(), account.fullName(), passwordHash, roles, clock.instant());
        user.limitRequests(monthlyQuota, clock.instant());
        if (verified) {
            user.verifyEmail(user.email(), clock.instant());
        }
        try {
            users.add(user);
        } catch (PersistenceException e) {
            throw taken(e);
        }
        registered.fire(new UserRegistered(id, user.username(), user.email(), account.invitation(), account.trusted()));
        if (!verified) {
            verification.ask(user, user.email());
        }
        return user;
    }

    static RuntimeException taken(PersistenceException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (message.contains("users_email_key")) {
                return emailTaken();
            }
            if (message.contains("users_username_key")) {
                return usernameTaken();
            }
        }
        return failure;
    }

    private static HubException emailTaken() {
        return new HubException(ProblemCode.EMAIL_TAKEN, "There is an account with this e-mail address already.")
                .with("field", "email");
    }

    private static HubException usernameTaken() {
        return new HubException(ProblemCode.USERNAME_TAKEN, "There is an account with this user name already.")
                .with("field", "username");
    }
}
