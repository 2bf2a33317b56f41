package org.quantumhub.team.service;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.team.SealedSecret;
import org.quantumhub.team.Secret;
import org.quantumhub.team.WrappedKey;

/// The envelopes around secrets: AES-256-GCM under a data key of the team, which is itself wrapped under a master key
/// (Tink keysets). Opened data keys are kept in memory for ten minutes, so that a key management service is not asked
/// for
/// each secret.
@ApplicationScoped
public class Envelopes {

    @Inject
    SecretConfig config;

    @Inject
    Clock clock;

    private MasterKeys masters;

    private final Cache<UUID, Aead> opened = Caffeine.newBuilder()
            .maximumSize(1_000)
            .expireAfterWrite(Duration.ofMinutes(10))
            .build();

    @SuppressWarnings("NullAway") // filled by prepare
    public Envelopes() {}

    @PostConstruct
    void prepare() {
        try {
            AeadConfig.register();
        } catch (GeneralSecurityException e) {
            throw failure("Encryption is not available.", e);
        }
        masters = new KeystoreMasterKeys(config.keystore(), config.password(), clock);
    }

    /// The master key under which new data keys are wrapped.
    String currentMasterKey() {
        try {
            return masters.current();
        } catch (GeneralSecurityException e) {
            throw failure("The master key of the secrets cannot be had.", e);
        }
    }

    String renewMasterKey() {
        try {
            return masters.renew();
        } catch (GeneralSecurityException e) {
            throw failure("There is no new master key.", e);
        }
    }

    WrappedKey newDataKey(UUID teamId, UUID id) {
        try {
            KeysetHandle key = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM);
            return wrap(key, teamId, id);
        } catch (GeneralSecurityException e) {
            throw failure("There is no new key for the team's secrets.", e);
        }
    }

    private WrappedKey wrap(KeysetHandle key, UUID teamId, UUID id) throws GeneralSecurityException {
        String master = masters.current();
        byte[] wrapped = TinkProtoKeysetFormat.serializeEncryptedKeyset(
                key, masters.key(master), WrappedKey.binding(teamId, id));
        return new WrappedKey(id, teamId, wrapped, master);
    }

    /// The same data key under the current master key.
    WrappedKey rewrap(WrappedKey key) {
        try {
            return wrap(unwrap(key), key.teamId(), key.id());
        } catch (GeneralSecurityException e) {
            throw failure("A data key cannot be wrapped anew.", e);
        }
    }

    private KeysetHandle unwrap(WrappedKey key) throws GeneralSecurityException {
        return TinkProtoKeysetFormat.parseEncryptedKeyset(key.bytes(), masters.key(key.masterKeyId()), key.binding());
    }

    SealedSecret seal(WrappedKey key, String provider, String keyName, int revision, Secret secret) {
        try {
            byte[] plain = secret.reveal().getBytes(StandardCharsets.UTF_8);
            byte[] sealed = open(key).encrypt(plain, SealedSecret.binding(key.teamId(), provider, keyName, revision));
            return new SealedSecret(key.teamId(), provider, keyName, revision, sealed, key.id());
        } catch (GeneralSecurityException e) {
            throw failure("The secret cannot be encrypted.", e);
        }
    }

    Secret open(WrappedKey key, SealedSecret sealed) {
        try {
            return new Secret(new String(open(key).decrypt(sealed.bytes(), sealed.binding()), StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw failure("The secret cannot be decrypted.", e);
        }
    }

    private Aead open(WrappedKey key) throws GeneralSecurityException {
        Aead known = opened.getIfPresent(key.id());
        if (known == null) {
            known = unwrap(key).getPrimitive(RegistryConfiguration.get(), Aead.class);
            opened.put(key.id(), known);
        }
        return known;
    }

    private static HubException failure(String message, GeneralSecurityException why) {
        return new HubException(ProblemCode.UNAVAILABLE, message, why);
    }
}
