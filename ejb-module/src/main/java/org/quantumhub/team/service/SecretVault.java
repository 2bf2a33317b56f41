package org.quantumhub.team.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.shared.service.Database;
import org.quantumhub.team.SealedSecret;
import org.quantumhub.team.Secret;
import org.quantumhub.team.SecretRegister;

/// Hands secrets of a team to the adapter that talks to their provider. Every use is noted on the secret, and so in the
/// audit log. Works as the background role, for the team that is named: no request leads here.
@ApplicationScoped
public class SecretVault {

    @Inject
    SecretRegister secrets;

    @Inject
    DataKeys keys;

    @Inject
    Database database;

    /// One secret; empty when the team has none of that name, or has switched it off.
    @Transactional(TxType.REQUIRES_NEW)
    public Optional<Secret> use(UUID teamId, String provider, String keyName) {
        return Optional.ofNullable(opened(teamId, provider, keyName).get(keyName));
    }

    /// All active secrets of a team with a provider, by the name of the key.
    @Transactional(TxType.REQUIRES_NEW)
    public Map<String, Secret> useAll(UUID teamId, String provider) {
        return opened(teamId, provider, null);
    }

    /// All active secrets of a team with a provider, to see whether the provider takes them; that is no use of them.
    @Transactional(TxType.REQUIRES_NEW)
    Map<String, Secret> tryOut(UUID teamId, String provider) {
        return database.asBackground(connection -> {
            Map<String, Secret> opened = new LinkedHashMap<>();
            for (SealedSecret sealed : secrets.lookAll(connection, teamId, provider)) {
                opened.put(sealed.keyName(), keys.open(connection, sealed));
            }
            return opened;
        });
    }

    /// A secret that the hub itself keeps for the team, such as one to sign with; its use is not noted.
    @Transactional(TxType.REQUIRES_NEW)
    public Optional<Secret> own(UUID teamId, String keyName) {
        return database.asBackground(connection -> {
            Optional<SealedSecret> sealed = secrets.look(connection, teamId, SecretRegister.OWN, keyName);
            return sealed.isEmpty() ? Optional.empty() : Optional.of(keys.open(connection, sealed.get()));
        });
    }

    private Map<String, Secret> opened(UUID teamId, String provider, @Nullable String keyName) {
        return database.asBackground(connection -> {
            Map<String, Secret> opened = new LinkedHashMap<>();
            for (SealedSecret sealed : secrets.use(connection, teamId, provider, keyName)) {
                opened.put(sealed.keyName(), keys.open(connection, sealed));
            }
            return opened;
        });
    }
}
