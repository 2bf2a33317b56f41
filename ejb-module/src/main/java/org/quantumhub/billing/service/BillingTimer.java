package org.quantumhub.billing.service;

import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import org.quantumhub.billing.BudgetThresholdReached;

/// What billing does from time to time, on every server: what one has done the others find done.
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class BillingTimer {

    private static final Logger LOG = System.getLogger(BillingTimer.class.getName());

    @Inject
    Budgets budgets;

    @Inject
    Ledgers ledgers;

    private final AtomicBoolean telling = new AtomicBoolean();
    private final AtomicBoolean sealing = new AtomicBoolean();

    @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
    void tellWarnings() {
        alone(telling, "budget warnings", () -> {
            for (BudgetThresholdReached warning : budgets.tell()) {
                LOG.log(
                        Level.INFO,
                        "budget threshold reached budget={0} team={1} percent={2}",
                        warning.budgetId(),
                        warning.teamId(),
                        warning.threshold());
            }
        });
    }

    @Schedule(hour = "*", minute = "*/5", second = "20", persistent = false)
    void sealLedger() {
        alone(sealing, "sealing", () -> {
            while (ledgers.seal() > 0) {
                // block after block, each in a transaction of its own
            }
        });
    }

    /// One at a time on a server; what fails is tried again at the next tick.
    private static void alone(AtomicBoolean busy, String what, Runnable work) {
        if (!busy.compareAndSet(false, true)) {
            return;
        }
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "{0} failed: {1}", what, e.toString());
        } finally {
            busy.set(false);
        }
    }
}
