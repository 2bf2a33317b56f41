package org.quantumhub.audit.service;

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
import org.jspecify.annotations.Nullable;
import org.quantumhub.audit.AuditChain;

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

    private final AtomicBoolean busy = new AtomicBoolean();
    private AuditChain.@Nullable Horizon seen;

    @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
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
