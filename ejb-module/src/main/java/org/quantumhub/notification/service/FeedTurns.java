package org.quantumhub.notification.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.List;
import org.quantumhub.notification.FeedCursor;
import org.quantumhub.notification.FeedEntry;
import org.quantumhub.notification.FeedEntry.Hearer;
import org.quantumhub.notification.FeedRegister;
import org.quantumhub.shared.service.Database;

/// The transactions of whoever reads the feed, as the background role.
@ApplicationScoped
public class FeedTurns {

    @Inject
    FeedRegister register;

    @Inject
    Database database;

    @Transactional(TxType.REQUIRES_NEW)
    FeedRegister.Horizon horizon() {
        return database.asBackground(register::horizon);
    }

    @Transactional(TxType.REQUIRES_NEW)
    boolean isReached(FeedRegister.Horizon horizon) {
        return database.asBackground(c -> register.isReached(c, horizon));
    }

    @Transactional(TxType.REQUIRES_NEW)
    List<FeedEntry> between(Hearer hearer, FeedCursor from, FeedCursor to, int atMost) {
        return database.asBackground(c -> register.between(c, hearer, from, to, atMost));
    }
}
