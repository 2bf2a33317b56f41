package org.quantumhub.account.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.quantumhub.account.User;
import org.quantumhub.account.UserRepository;
import org.quantumhub.shared.service.RowSecurity;

/// The two short transactions of a sign-in, before and after the slow check of the password.
@ApplicationScoped
public class Logins {

    @Inject
    UserRepository users;

    @Inject
    RowSecurity rowSecurity;

    @Inject
    Clock clock;

    @Transactional
    Optional<User> find(String login) {
        rowSecurity.presentLogin(login);
        return users.findByLogin(login);
    }

    @Transactional
    void note(UUID userId) {
        rowSecurity.actFor(userId);
        users.find(userId).ifPresent(user -> user.signedIn(clock.instant()));
    }
}
