package org.quantumhub.audit.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import org.quantumhub.audit.AuditChain;
import org.quantumhub.shared.service.Database;

/// The transactions of the sealer, as the background role.
@ApplicationScoped
public class AuditSealing {

    private static final int BATCH = 2_000;

    @Inject
    AuditChain chain;

    @Inject
    Database database;

    @Transactional(TxType.REQUIRES_NEW)
    AuditChain.Horizon look() {
        return database.asBackground(chain::horizon);
    }

    @Transactional(TxType.REQUIRES_NEW)
    boolean isReached(AuditChain.Horizon horizon) {
        return database.asBackground(c -> chain.isReached(c, horizon));
    }

    /// Seals one batch.
    ///
    /// @return whether there may be another one
    @Transactional(TxType.REQUIRES_NEW)
    boolean seal(AuditChain.Horizon horizon) {
        return database.asBackground(c -> chain.seal(c, horizon, BATCH)) == BATCH;
    }
}
