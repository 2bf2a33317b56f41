package org.quantumhub.execution.service;

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
import java.util.concurrent.atomic.AtomicLong;

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

    private final AtomicLong seconds = new AtomicLong();
    private final AtomicBoolean sweeping = new AtomicBoolean();

    @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
    void tick() {
        if (seconds.incrementAndGet() % config.sweepSeconds() != 0 || !sweeping.compareAndSet(false, true)) {
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
