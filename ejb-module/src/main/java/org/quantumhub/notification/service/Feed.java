package org.quantumhub.notification.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.notification.FeedEntry.Audience;
import org.quantumhub.notification.FeedRegister;
import org.quantumhub.shared.service.Database;

/// Tells those who listen what happened: in the running transaction, so that nobody hears of what did not happen.
@ApplicationScoped
public class Feed {

    @Inject
    FeedRegister register;

    @Inject
    Database database;

    /// From the transaction of a request.
    ///
    /// @param teamId whose members may hear of it; null when only a person may
    /// @param userId the person it is for; null for all of the team
    @Transactional(TxType.MANDATORY)
    public void tell(
            @Nullable UUID teamId, @Nullable UUID userId, String type, @Nullable String subject, JsonObject data) {
        database.asRequest(c -> {
            register.add(c, teamId, userId, Audience.MEMBERS, type, subject, data.toString());
            return type;
        });
    }

    /// From a transaction of the background.
    ///
    /// @param audience who of the team may hear of it
    @Transactional(TxType.MANDATORY)
    public void tellFromBackground(UUID teamId, Audience audience, String type, String subject, JsonObject data) {
        database.asBackground(c -> {
            register.add(c, teamId, null, audience, type, subject, data.toString());
            return type;
        });
    }
}
