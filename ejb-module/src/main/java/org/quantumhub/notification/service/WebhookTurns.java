package org.quantumhub.notification.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.quantumhub.notification.WebhookAttempt;
import org.quantumhub.notification.WebhookRegister;
import org.quantumhub.shared.service.Database;

/// The transactions of the sender, as the background role.
@ApplicationScoped
public class WebhookTurns {

    @Inject
    WebhookRegister webhooks;

    @Inject
    Database database;

    @Transactional(TxType.REQUIRES_NEW)
    List<WebhookRegister.Due> due(int atMost) {
        return database.asBackground(c -> webhooks.due(c, atMost));
    }

    @Transactional(TxType.REQUIRES_NEW)
    void note(
            WebhookRegister.Due due,
            WebhookAttempt attempt,
            boolean delivered,
            @Nullable Duration again,
            boolean gone) {
        database.asBackground(c -> {
            webhooks.note(c, due.delivery(), attempt, delivered, again);
            if (gone) {
                webhooks.disable(c, due.endpoint(), "The receiver answered 410: it is gone.");
            }
            return due;
        });
    }
}
