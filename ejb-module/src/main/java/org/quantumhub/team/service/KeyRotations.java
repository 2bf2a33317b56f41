package org.quantumhub.team.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.service.Database;
import org.quantumhub.team.DataKeyRegister;
import org.quantumhub.team.KeyRotation;

/// New keys for the secrets of all teams, wished for by an administrator and made by the [TeamTimer] while everything
/// goes on working.
@ApplicationScoped
public class KeyRotations {

    @Inject
    DataKeyRegister keys;

    @Inject
    Envelopes envelopes;

    @Inject
    MasterKeyWatch watch;

    @Inject
    Database database;

    /// How things stand.
    ///
    /// @param currentMasterKey the key under which data keys are wrapped now
    /// @param trouble why that key cannot be used; null when it can
    /// @param dataKeys how many there are under each master key
    /// @param rotations the latest wishes, newest first
    public record Standing(
            String currentMasterKey,
            @Nullable String trouble,
            Map<String, Long> dataKeys,
            List<KeyRotation> rotations) {}

    @Transactional
    public Standing standing(Caller administrator) {
        return new Standing(
                envelopes.currentMasterKey(),
                watch.trouble().orElse(null),
                database.asRequest(keys::census),
                database.asRequest(keys::latest));
    }

    /// Does nothing when the same is wished for already. Fulfilled by servers that keep their master keys where this
    /// one
    /// does; of two wishes for two places the later one counts.
    @Transactional
    public Standing wish(Caller administrator, KeyRotation.Kind kind) {
        database.asRequest(c -> {
            keys.wish(c, Ids.next(), kind, envelopes.place(), administrator.userId());
            return kind;
        });
        return standing(administrator);
    }
}
