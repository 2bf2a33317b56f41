package org.quantumhub.account.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.quantumhub.account.PlatformRole;
import org.quantumhub.account.RoleGrants;
import org.quantumhub.account.User;
import org.quantumhub.account.service.Logins.Known;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.shared.service.Database;

/// Makes the administrator of a new installation, with the password that the launcher hands over at the first start.
///
/// No request may make an administrator, not even this one's registration: the roles are given afterwards, by the
/// background role of the database, and only as long as there is no administrator. A start that fails in between is
/// made
/// good by the next one.
@ApplicationScoped
public class FirstAdministrator {

    private static final Logger LOG = System.getLogger(FirstAdministrator.class.getName());

    @Inject
    AccountConfig config;

    @Inject
    Registrar registrar;

    @Inject
    Logins logins;

    @Inject
    Passwords passwords;

    @Inject
    Database database;

    @Inject
    RoleGrants grants;

    /// Does nothing when there is one already, or when no password is given.
    @Transactional(Transactional.TxType.NOT_SUPPORTED)
    public void makeIfMissing() {
        Optional<String> password = config.adminPassword().filter(p -> !p.isBlank());
        if (password.isEmpty() || administered()) {
            return;
        }
        String email = User.normalised(config.adminEmail());
        Optional<Known> known = logins.find(email);
        if (known.isEmpty()) {
            register(password.get());
            known = logins.find(email);
        }
        // whoever has the address but not the password is not the one who installs
        known.filter(user -> passwords.matches(password.get(), user.passwordHash()))
                .ifPresent(user -> crown(user.userId()));
    }

    private void register(String password) {
        try {
            registrar.enter(
                    NewAccount.trusted("admin", config.adminEmail(), password, "Administrator"),
                    passwords.hash(password),
                    Set.of(PlatformRole.CONSUMER),
                    config.adminMonthlyQuota(),
                    true);
        } catch (HubException taken) {
            // another server that starts at the same moment was faster, or the name is somebody's
            if (taken.code() != ProblemCode.EMAIL_TAKEN && taken.code() != ProblemCode.USERNAME_TAKEN) {
                throw taken;
            }
            LOG.log(Level.INFO, "no administrator made: {0}", taken.getMessage());
        }
    }

    private boolean administered() {
        return database.asBackground(grants::administered);
    }

    private void crown(UUID userId) {
        database.asBackground(connection -> {
            grants.set(connection, userId, EnumSet.allOf(PlatformRole.class));
            return userId;
        });
        LOG.log(Level.INFO, "administrator made email={0}", config.adminEmail());
    }
}
