package org.quantumhub.account.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.quantumhub.account.Identities;
import org.quantumhub.account.PlatformRole;
import org.quantumhub.account.RoleGrants;
import org.quantumhub.account.User;
import org.quantumhub.account.UserRepository;
import org.quantumhub.shared.service.Database;
import org.quantumhub.shared.service.RowSecurity;

/// The transactions of a sign-in by the company's identity provider.
@ApplicationScoped
public class EnterpriseTurns {

    @Inject
    Database database;

    @Inject
    RowSecurity rowSecurity;

    @Inject
    UserRepository users;

    @Inject
    Identities identities;

    @Inject
    RoleGrants grants;

    @Inject
    Registrar registrar;

    @Inject
    AccountConfig config;

    @Transactional(TxType.REQUIRES_NEW)
    Optional<UUID> find(String issuer, String subject) {
        return database.asBackground(connection -> identities.find(connection, issuer, subject));
    }

    /// An account of somebody whom the provider brings for the first time.
    @Transactional
    UUID enter(String issuer, String subject, NewAccount account, boolean verified) {
        User user = registrar.enter(
                account, User.NO_PASSWORD, Set.of(PlatformRole.CONSUMER), config.monthlyQuota(), verified);
        link(issuer, subject, user.id());
        return user.id();
    }

    /// The account of this address, if its owner has shown that it is theirs.
    @Transactional
    Optional<UUID> linkByEmail(String issuer, String subject, String email) {
        rowSecurity.presentLogin(email);
        Optional<UUID> owner = users.findByLogin(email)
                .filter(user -> user.isActive()
                        && user.isEmailVerified()
                        && user.email().equals(email))
                .map(User::id);
        owner.ifPresent(id -> {
            rowSecurity.actFor(id);
            link(issuer, subject, id);
        });
        return owner;
    }

    private void link(String issuer, String subject, UUID userId) {
        database.asRequest(connection -> {
            identities.link(connection, issuer, subject, userId);
            return userId;
        });
    }

    /// Gives and takes roles that groups stand for; others are left alone.
    ///
    /// @param mapped all roles that some group stands for
    /// @param held those that this person's groups stand for
    @Transactional(TxType.REQUIRES_NEW)
    void hold(UUID userId, Set<PlatformRole> mapped, Set<PlatformRole> held) {
        database.asBackground(connection -> {
            grants.exchange(connection, userId, mapped, held);
            return userId;
        });
    }
}
