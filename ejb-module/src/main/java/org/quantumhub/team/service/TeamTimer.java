package org.quantumhub.team.service;

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

/// What teams do from time to time, on every server; row locks share the work out.
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class TeamTimer {

    private static final Logger LOG = System.getLogger(TeamTimer.class.getName());

    @Inject
    SecretCheck check;

    @Inject
    SecretSchedule schedule;

    private final AtomicBoolean rotating = new AtomicBoolean();
    private final AtomicBoolean trying = new AtomicBoolean();

    @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
    void rotate() {
        once(rotating, () -> {
            while (schedule.rotate()) {
                // piece by piece, each in a transaction of its own
            }
        });
    }

    /// Apart from the other, because providers may let one wait.
    @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
    void tryOut() {
        once(trying, check::run);
    }

    private static void once(AtomicBoolean busy, Runnable work) {
        if (!busy.compareAndSet(false, true)) {
            return;
        }
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "secrets not looked after; the next tick tries again", e);
        } finally {
            busy.set(false);
        }
    }
}
