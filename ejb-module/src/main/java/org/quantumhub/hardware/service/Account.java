package org.quantumhub.hardware.service;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.team.Secret;

/// In whose account a provider is called.
///
/// @param teamId the team; null for the hub's account
/// @param trial credentials that are being tried out; null for those in the vault
public record Account(@Nullable UUID teamId, @Nullable Map<String, Secret> trial) {

    public static final Account HUB = new Account(null, null);

    public static Account of(UUID teamId) {
        return new Account(teamId, null);
    }

    static Account trial(UUID teamId, Map<String, Secret> credentials) {
        return new Account(teamId, Map.copyOf(credentials));
    }
}
