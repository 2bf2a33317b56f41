package org.quantumhub.analytics.service;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Schedule;
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
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicBoolean;
import org.quantumhub.shared.service.Beats;

/// What analytics does from time to time, on every server.
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class AnalyticsTimer {

    private static final Logger LOG = System.getLogger(AnalyticsTimer.class.getName());

    /// Jobs that end later than this after their submission are found when somebody asks for the days anew.
    private static final int DAYS = 3;

    private enum Duty {
        WRITE_COUNTS,
        ASK_AN_INVARIANT
    }

    @Inject
    RequestCounts counts;

    @Inject
    UsageReports reports;

    @Inject
    InvariantRounds rounds;

    @Inject
    Clock clock;

    @Resource
    TimerService timers;

    @Inject
    Beats beats;

    private final AtomicBoolean looking = new AtomicBoolean();

    @PostConstruct
    void start() {
        beats.start(timers, Duration.ofSeconds(15), Duration.ofMillis(7_100), Duty.WRITE_COUNTS);
        beats.start(timers, Duration.ofMinutes(2), Duration.ofMillis(65_600), Duty.ASK_AN_INVARIANT);
    }

    @Timeout
    void beat(Timer timer) {
        switch ((Duty) timer.getInfo()) {
            case WRITE_COUNTS -> writeCounts();
            case ASK_AN_INVARIANT -> askAnInvariant();
        }
    }

    @PreDestroy
    void writeCounts() {
        quietly("counts", counts::write);
    }

    @Schedule(hour = "*", minute = "11", persistent = false)
    void rollUp() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        quietly("roll-up", () -> reports.rollUp(today.minusDays(DAYS - 1), today.plusDays(1)));
    }

    private void askAnInvariant() {
        if (looking.compareAndSet(false, true)) {
            try {
                quietly("invariants", rounds::step);
            } finally {
                looking.set(false);
            }
        }
    }

    private static void quietly(String what, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "{0} failed: {1}", what, e.toString());
        }
    }
}
