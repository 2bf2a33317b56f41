package org.quantumhub.account.service;

import jakarta.annotation.PreDestroy;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/// What accounts do from time to time, on every server.
@Singleton
@Startup
public class AccountTimer {

    private static final Logger LOG = System.getLogger(AccountTimer.class.getName());

    @Inject
    ApiKeys keys;

    @Inject
    ApiKeyUse use;

    @Inject
    Quotas quotas;

    @Inject
    SigningKeys signingKeys;

    @Inject
    AccountCleaning cleaning;

    @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
    void writeKeyUse() {
        use.writePart();
    }

    @Schedule(hour = "*", minute = "*", second = "*/2", persistent = false)
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    void confirmKeys() {
        // keys that were not looked at are looked up one by one when they come
        quietly("a look at the keys in use", keys::confirm);
    }

    @Schedule(hour = "*", minute = "*", second = "3/10", persistent = false)
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    void giveBackQuotas() {
        quotas.giveBackIdle();
    }

    @PreDestroy
    void end() {
        quotas.giveBackAll();
        use.writeAll();
    }

    @Schedule(hour = "*", minute = "*", second = "5/30", persistent = false)
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    void keepSigningKeys() {
        // the next half minute tries again; tokens are signed and verified with the ring as it was read last
        quietly("looking after the signing keys", signingKeys::keep);
    }

    @Schedule(hour = "*", minute = "23", persistent = false)
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    void clean() {
        cleaning.clean();
    }

    private static void quietly(String what, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "{0} failed: {1}", what, e.toString());
        }
    }
}
