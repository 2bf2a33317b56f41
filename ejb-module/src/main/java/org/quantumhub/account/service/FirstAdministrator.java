package org.quantumhub.account.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.EnumSet;
import java.util.Optional;
import org.quantumhub.account.PlatformRole;
import org.quantumhub.account.User;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;

/// Makes the administrator of a new installation, with the password that the launcher hands over at the first start.
@ApplicationScoped
public class FirstAdministrator {

    private static final Logger LOG = System.getLogger(FirstAdministrator.class.getName());

    @Inject
    AccountConfig config;

    @Inject
    Accounts accounts;

    @Inject
    Registrar registrar;

    /// Does nothing when there is one already, or when no password is given.
    public void makeIfMissing() {
        Optional<String> password = config.adminPassword().filter(p -> !p.isBlank());
        if (password.isEmpty() || registrar.knows(User.normalised(config.adminEmail()))) {
            return;
        }
        try {
            accounts.register(
                    new NewAccount("admin", config.adminEmail(), password.get(), "Administrator"),
                    EnumSet.allOf(PlatformRole.class));
            LOG.log(Level.INFO, "administrator made email={0}", config.adminEmail());
        } catch (HubException taken) {
            // another server that starts at the same moment was faster, or the name is somebody's
            if (taken.code() != ProblemCode.EMAIL_TAKEN && taken.code() != ProblemCode.USERNAME_TAKEN) {
                throw taken;
            }
            LOG.log(Level.INFO, "no administrator made: {0}", taken.getMessage());
        }
    }
}
