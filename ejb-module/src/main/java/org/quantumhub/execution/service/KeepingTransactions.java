package org.quantumhub.execution.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.UUID;
import org.quantumhub.billing.service.Charging;
import org.quantumhub.execution.BundleRegister;
import org.quantumhub.execution.JobTimes;
import org.quantumhub.execution.Settled;
import org.quantumhub.shared.service.Database;

/// The transactions of [JobKeeping].
@ApplicationScoped
public class KeepingTransactions {

    private static final Logger LOG = System.getLogger(KeepingTransactions.class.getName());
    private static final int LARGEST_GROUP = 1000;

    @Inject
    Database database;

    @Inject
    JobTimes times;

    @Inject
    BundleRegister bundles;

    @Inject
    Charging charging;

    /// What the time has brought.
    ///
    /// @param due how many scheduled jobs are in the queue now
    /// @param expired jobs that have ended unbegun
    /// @param bundles parents that have not ended
    record Found(int due, List<Settled> expired, List<UUID> bundles) {}

    @Transactional(TxType.REQUIRES_NEW)
    Found look(UUID afterBundle, int atMost) {
        return database.asBackground(connection -> {
            int due = times.comeDue(connection, LARGEST_GROUP);
            List<Settled> expired = times.expire(connection, LARGEST_GROUP);
            charging.settle(connection, SettlementTransaction.charges(expired));
            return new Found(due, expired, bundles.open(connection, afterBundle, atMost));
        });
    }

    /// @return paths of results that are to be removed from the object store
    @Transactional(TxType.REQUIRES_NEW)
    List<String> purge() {
        JobTimes.Purged purged = database.asBackground(connection -> times.purge(connection, LARGEST_GROUP));
        if (!purged.jobs().isEmpty()) {
            LOG.log(
                    Level.INFO,
                    "results removed after their time jobs={0}",
                    purged.jobs().size());
        }
        return purged.paths();
    }
}
