package org.quantumhub.execution.service;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.quantumhub.account.service.FirstAdministrator;
import org.quantumhub.execution.ClaimedJob;
import org.quantumhub.execution.Settled;
import org.quantumhub.shared.service.AskedToEnd;
import org.quantumhub.shared.service.Beats;
import org.quantumhub.shared.service.HubThreads;

/// Ticks once a second on every server and finds what a lost hint left behind: lanes that are not running, leases to
/// keep
/// alive or to take over, jobs somebody waits for. Nothing depends on it for speed, everything for being noticed.
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class LaneTicker {

    private static final Logger LOG = System.getLogger(LaneTicker.class.getName());
    private static final int SLOW = 5;
    /// By then the rest of the server has started, which the engine's warming up would delay.
    private static final int STARTED = 5;
    private static final int LARGEST_GIVEN_UP = 100;

    @Inject
    Heartbeat heartbeat;

    @Inject
    Lanes lanes;

    @Inject
    Workbench workbench;

    @Inject
    Bundles bundles;

    @Inject
    Completions completions;

    @Inject
    SettlementTransaction settlement;

    @Inject
    ExecutionMetrics metrics;

    @Inject
    ExecutionConfig config;

    @Inject
    FirstAdministrator administrator;

    @Inject
    ThisServer server;

    @Inject
    Clock clock;

    @Inject
    HubThreads threads;

    @Inject
    JobKeeping keeping;

    @Inject
    EnginePreparation engine;

    @Inject
    ResultCache cache;

    @Resource
    TimerService timers;

    @Inject
    Beats beats;

    private final AtomicBoolean ticking = new AtomicBoolean();
    private final AtomicLong ticks = new AtomicLong();
    private volatile Instant last = Instant.EPOCH;

    private @Nullable AskedToEnd askedToEnd;

    @PostConstruct
    void start() {
        // lanes never end by themselves
        askedToEnd = new AskedToEnd("lanes close", this::closeLanes);
        // a wrong setting ends the start
        LOG.log(Level.INFO, "results are remembered by {0}", cache.keeper());
        administrator.makeIfMissing();
        heartbeat.enter();
        lanes.startMissing();
        last = clock.instant();
        beats.start(timers, Duration.ofSeconds(1), Duration.ZERO, "lanes");
        LOG.log(Level.INFO, "server entered name={0} instance={1}", server.name(), server.instance());
    }

    @Timeout
    void tick() {
        if (workbench.isClosing() || !ticking.compareAndSet(false, true)) {
            return;
        }
        try {
            lanes.startMissing();
            renew();
            long tick = ticks.getAndIncrement(); // from here on it counts, also when it fails
            if (tick == 0) {
                threads.pool().execute(cache::greet);
            } else if (tick == STARTED) {
                threads.pool().execute(engine::prepare);
            }
            if (tick % SLOW == 0) {
                heartbeat.beat();
                settlement.giveUp(config.attempts(), LARGEST_GIVEN_UP).forEach(this::ended);
                metrics.unfinished(heartbeat.unfinished());
            }
            keeping.look(ticks.get() % config.upkeepSeconds() == 0).forEach(this::ended);
            tellAwaited();
            lanes.lookForAbandoned();
            last = clock.instant();
        } catch (RuntimeException e) {
            // the next tick tries again; readiness tells when there has been none for a while
            LOG.log(Level.WARNING, "tick failed: {0}", e.toString());
        } finally {
            ticking.set(false);
        }
    }

    private void renew() {
        List<ClaimedJob> taken = workbench.takenLongerAgoThan(TimeUnit.SECONDS.toNanos(1));
        if (!taken.isEmpty()) {
            heartbeat.renew(taken).forEach(workbench::cancel);
            taken.forEach(job -> bundles.childMoved(job.bundleId()));
        }
    }

    private void tellAwaited() {
        Set<UUID> awaited = completions.awaited();
        if (!awaited.isEmpty()) {
            heartbeat.ended(awaited).forEach(completions::ended);
        }
    }

    private void ended(Settled settled) {
        metrics.ended(settled);
        completions.ended(settled.jobId());
    }

    /// When it last ticked without failing.
    public Instant lastTick() {
        return last;
    }

    private void closeLanes() {
        workbench.close();
        lanes.close();
    }

    @PreDestroy
    void stop() {
        closeLanes();
        if (askedToEnd != null) {
            askedToEnd.close();
        }
        try {
            heartbeat.leave();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "left without saying so; leases run out by themselves: {0}", e.toString());
        }
    }
}
