package org.quantumhub.account.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.LocalDate;
import java.util.UUID;
import org.quantumhub.account.RequestQuota;
import org.quantumhub.account.RequestQuota.Share;
import org.quantumhub.account.RequestQuota.State;
import org.quantumhub.shared.service.Database;

/// The short transactions of request quotas.
@ApplicationScoped
public class QuotaTurns {

    @Inject
    Database database;

    @Inject
    RequestQuota quota;

    @Transactional(TxType.REQUIRES_NEW)
    Share take(UUID userId, int atMost) {
        return database.asBackground(connection -> quota.take(connection, userId, atMost));
    }

    @Transactional(TxType.REQUIRES_NEW)
    void giveBack(UUID userId, int size, LocalDate month) {
        database.asBackground(connection -> {
            quota.giveBack(connection, userId, size, month);
            return userId;
        });
    }

    @Transactional(TxType.REQUIRES_NEW)
    State state(UUID userId) {
        return database.asBackground(connection -> quota.state(connection, userId));
    }
}
