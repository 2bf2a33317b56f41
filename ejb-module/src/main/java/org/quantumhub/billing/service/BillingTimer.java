package org.quantumhub.billing.service;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.quantumhub.billing.BudgetThresholdReached;
import org.quantumhub.shared.service.Beats;

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

    @Inject
    Invoicing invoicing;

    @Inject
    MonthlyClose monthly;

    @Resource
    TimerService timers;

    @Inject
    Beats beats;

    private final AtomicBoolean reminding = new AtomicBoolean();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final AtomicBoolean telling = new AtomicBoolean();
    private final AtomicBoolean sealing = new AtomicBoolean();

    @PostConstruct
    void start() {
        beats.start(timers, Duration.ofSeconds(5), Duration.ofMillis(2_300), "budget warnings");
    }

    @Timeout
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

    @Schedule(hour = "*", minute = "7,37", persistent = false)
    void remindOfBills() {
        alone(reminding, "reminding", () -> {
            int reminders = invoicing.remind();
            if (reminders > 0) {
                LOG.log(Level.INFO, "bills overdue reminders={0}", reminders);
            }
        });
    }

    /// Looks every quarter of an hour whether the last month is over and nobody has billed it: so a server that was
    /// away at
    /// the turn of the month misses nothing.
    @Schedule(hour = "*", minute = "3,18,33,48", persistent = false)
    void closeLastMonth() {
        alone(closing, "billing close", monthly::closeIfDue);
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
