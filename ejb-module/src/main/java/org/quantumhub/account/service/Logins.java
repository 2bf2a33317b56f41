package org.quantumhub.account.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.UUID;
import org.quantumhub.account.UserRepository;
import org.quantumhub.shared.service.RowSecurity;

/// Looks up what a sign-in is checked against, before the slow check of the password.
@ApplicationScoped
public class Logins {

    @Inject
    UserRepository users;

    @Inject
    RowSecurity rowSecurity;

    /// An account as far as a sign-in must know it.
    record Known(UUID userId, String passwordHash, boolean active, boolean factor) {

        @Override
        public String toString() {
            return "Known[" + userId + "]";
        }
    }

    @Transactional
    Optional<Known> find(String login) {
        rowSecurity.presentLogin(login);
        return users.findByLogin(login)
                .map(user -> new Known(user.id(), user.passwordHash(), user.isActive(), user.isMfaEnabled()));
    }
}
