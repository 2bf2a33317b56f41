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
import java.util.concurrent.atomic.AtomicLong;
import org.quantumhub.hardware.service.CatalogueRefresh;
import org.quantumhub.hardware.service.HardwareConfig;
import org.quantumhub.shared.service.Beats;

/// Ticks once a second on every server: the provider lane looks for what is due, and from time to time the providers'
/// catalogues and lists are read.
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ProviderTicker {

    private static final Logger LOG = System.getLogger(ProviderTicker.class.getName());
    private static final int CENSUS_SECONDS = 15;

    @Inject
    ProviderLane lane;

    @Inject
    CatalogueRefresh refresh;

    @Inject
    ProviderConfig config;

    @Inject
    HardwareConfig hardware;

    @Resource
    TimerService timers;

    @Inject
    Beats beats;

    private final AtomicLong ticks = new AtomicLong();
    private final AtomicBoolean reading = new AtomicBoolean();

    @PostConstruct
    void start() {
        beats.start(timers, Duration.ofSeconds(1), Duration.ofMillis(600), "providers");
    }

    @Timeout
    void tick() {
        long tick = ticks.getAndIncrement();
        lane.wake();
        if (reading.compareAndSet(false, true)) {
            try {
                if (tick % hardware.refreshSeconds() == 5 % hardware.refreshSeconds()) {
                    refresh.refresh();
                }
                if (tick % config.reconcileSeconds() == config.reconcileSeconds() - 1) {
                    lane.reconcile();
                }
                if (tick % CENSUS_SECONDS == CENSUS_SECONDS - 1) {
                    lane.census();
                }
            } catch (RuntimeException e) {
                // the next tick tries again
                LOG.log(Level.WARNING, "providers not read: {0}", e.toString());
            } finally {
                reading.set(false);
            }
        }
    }
}
