package org.quantumhub.audit.service;

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
import org.jspecify.annotations.Nullable;
import org.quantumhub.audit.AuditChain;
import org.quantumhub.shared.service.Beats;

/// Seals the audit log every few seconds, on every server; the database lets one of them at a time. An entry is sealed
/// once
/// every transaction that ran when it was first seen has ended: until then one with a lower id might still appear.
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class AuditSealer {

    private static final Logger LOG = System.getLogger(AuditSealer.class.getName());

    @Inject
    AuditSealing sealing;

    @Resource
    TimerService timers;

    @Inject
    Beats beats;

    private final AtomicBoolean busy = new AtomicBoolean();
    private AuditChain.@Nullable Horizon seen;

    @PostConstruct
    void start() {
        beats.start(timers, Duration.ofSeconds(5), Duration.ofMillis(1_300), "audit");
    }

    @Timeout
    void tick() {
        if (!busy.compareAndSet(false, true)) {
            return;
        }
        try {
            AuditChain.Horizon horizon = seen;
            if (horizon == null) {
                seen = sealing.look();
            } else if (sealing.isReached(horizon)) {
                while (sealing.seal(horizon)) {
                    // batch by batch, each in a transaction of its own
                }
                seen = sealing.look();
            }
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "audit log not sealed; the next tick tries again", e);
        } finally {
            busy.set(false);
        }
    }
}
