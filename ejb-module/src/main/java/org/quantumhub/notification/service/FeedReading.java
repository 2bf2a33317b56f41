package org.quantumhub.notification.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.quantumhub.notification.FeedRegister;

/// Reads the feed and the ends of jobs into what is to be delivered: webhooks, and the inboxes of people. One server at
/// a
/// time, each entry once: how far it has read is written in the same transaction.
@ApplicationScoped
public class FeedReading {

    @Inject
    FeedTurns turns;

    @Inject
    FeedReadingTurns reading;

    private final AtomicBoolean busy = new AtomicBoolean();
    private FeedRegister.@Nullable Horizon seen;

    /// Reads up to where nothing can appear any more.
    void read() {
        if (!busy.compareAndSet(false, true)) {
            return;
        }
        try {
            FeedRegister.Horizon horizon = seen == null ? turns.horizon() : seen;
            if (turns.isReached(horizon)) {
                while (reading.read(horizon.newest())) {
                    // batch by batch, each in a transaction of its own
                }
                seen = null;
            } else {
                seen = horizon;
            }
        } finally {
            busy.set(false);
        }
    }

    void clean() {
        reading.clean();
    }
}
