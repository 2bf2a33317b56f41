package org.quantumhub.notification.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.List;
import java.util.UUID;
import org.quantumhub.notification.MailOutbox;
import org.quantumhub.notification.MailOutbox.Claimed;
import org.quantumhub.shared.service.Database;

/// The short transactions before and after a mail is carried.
@ApplicationScoped
public class OutboxTurns {

    @Inject
    Database database;

    @Inject
    MailOutbox outbox;

    @Transactional(TxType.REQUIRES_NEW)
    List<Claimed> claim(int atMost) {
        return database.asBackground(connection -> outbox.claim(connection, atMost));
    }

    @Transactional(TxType.REQUIRES_NEW)
    void sent(UUID id) {
        database.asBackground(connection -> {
            outbox.sent(connection, id);
            return id;
        });
    }

    @Transactional(TxType.REQUIRES_NEW)
    void failed(UUID id, String why, boolean forGood) {
        database.asBackground(connection -> {
            if (forGood) {
                outbox.givenUp(connection, id, why);
            } else {
                outbox.delayed(connection, id, why);
            }
            return id;
        });
    }

    @Transactional(TxType.REQUIRES_NEW)
    int forget(int days) {
        return database.asBackground(connection -> outbox.forget(connection, days));
    }
}
