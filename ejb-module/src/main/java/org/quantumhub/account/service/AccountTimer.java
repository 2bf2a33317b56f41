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
        try {
            keys.confirm();
        } catch (RuntimeException e) {
            // who comes is looked up by himself then
            LOG.log(Level.WARNING, "the keys in use were not looked at: {0}", e.toString());
        }
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
        try {
            signingKeys.keep();
        } catch (RuntimeException e) {
            // the next half minute tries again; tokens are signed and verified with the ring as it was read last
            LOG.log(Level.WARNING, "the signing keys were not looked after: {0}", e.toString());
        }
    }

    @Schedule(hour = "*", minute = "23", persistent = false)
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    void clean() {
        cleaning.clean();
    }
}
