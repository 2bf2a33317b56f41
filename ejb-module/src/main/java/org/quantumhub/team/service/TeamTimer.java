package org.quantumhub.team.service;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.shared.service.Beats;

/// What teams do from time to time, on every server; row locks share the work out.
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class TeamTimer {

    private static final Logger LOG = System.getLogger(TeamTimer.class.getName());
    private static final Duration EVERY = Duration.ofSeconds(5);

    @Inject
    SecretCheck check;

    @Inject
    SecretSchedule schedule;

    @Inject
    MasterKeyWatch masterKey;

    @Inject
    Envelopes envelopes;

    @Resource
    TimerService timers;

    @Inject
    Beats beats;

    private enum Duty {
        LOOK_AFTER_KEYS,
        TRY_OUT
    }

    private final AtomicBoolean rotating = new AtomicBoolean();
    private final AtomicBoolean trying = new AtomicBoolean();

    /// What was said last of new keys that wait, so that it is not said at every tick.
    private volatile String waiting = "";

    /// A setting that cannot be right ends the start, not the first use.
    @PostConstruct
    void start() {
        envelopes.place();
        beats.start(timers, EVERY, Duration.ofMillis(3_300), Duty.LOOK_AFTER_KEYS);
        beats.start(timers, EVERY, Duration.ofMillis(4_300), Duty.TRY_OUT);
    }

    @Timeout
    void beat(Timer timer) {
        switch ((Duty) timer.getInfo()) {
            case LOOK_AFTER_KEYS -> lookAfterKeys();
            case TRY_OUT -> tryOut();
        }
    }

    private void lookAfterKeys() {
        once(rotating, () -> {
            carefully(masterKey::look);
            carefully(this::rotate);
        });
    }

    /// Apart from the other, because providers may let one wait.
    private void tryOut() {
        once(trying, () -> carefully(check::run));
    }

    private static void once(AtomicBoolean busy, Runnable work) {
        if (!busy.compareAndSet(false, true)) {
            return;
        }
        try {
            work.run();
        } finally {
            busy.set(false);
        }
    }

    private void rotate() {
        try {
            while (schedule.rotate()) {
                // piece by piece, each in a transaction of its own
            }
            waiting = "";
        } catch (HubException e) {
            if (e.code() != ProblemCode.SECRETS_UNAVAILABLE) {
                throw e;
            }
            if (!waiting.equals(e.getMessage())) {
                waiting = String.valueOf(e.getMessage());
                LOG.log(Level.WARNING, "new keys wait, every tick tries again: {0}", String.valueOf(e.getCause()));
            }
        }
    }

    private static void carefully(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "secrets not looked after; the next tick tries again", e);
        }
    }
}
