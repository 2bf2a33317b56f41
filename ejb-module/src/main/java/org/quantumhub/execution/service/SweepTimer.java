package org.quantumhub.execution.service;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
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
import org.quantumhub.shared.service.Beats;

/// Sweeps the object store from time to time, on every server. A sweep may take long, so it has a timer of its own.
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class SweepTimer {

    private static final Logger LOG = System.getLogger(SweepTimer.class.getName());

    @Inject
    OrphanSweep orphans;

    @Inject
    ExecutionConfig config;

    @Resource
    TimerService timers;

    @Inject
    Beats beats;

    private final AtomicBoolean sweeping = new AtomicBoolean();

    @PostConstruct
    void start() {
        beats.start(timers, Duration.ofSeconds(config.sweepSeconds()), Duration.ofMillis(900), "sweep");
    }

    @Timeout
    void tick() {
        if (!sweeping.compareAndSet(false, true)) {
            return;
        }
        try {
            orphans.sweep();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "object store not swept; the next time tries again: {0}", e.toString());
        } finally {
            sweeping.set(false);
        }
    }
}
