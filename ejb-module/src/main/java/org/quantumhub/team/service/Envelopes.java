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
import jakarta.annotation.PreDestroy;
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
/// (Tink keysets) that lies in a file of the home or in AWS KMS. A data key is unwrapped where the key that wrapped it
/// lies, wherever new ones are wrapped. Opened data keys are kept in memory for ten minutes, so that neither the file
/// nor
/// KMS is asked for each secret.
@ApplicationScoped
public class Envelopes {

    @Inject
    SecretConfig config;

    @Inject
    Clock clock;

    private KeystoreMasterKeys file;
    private KmsClients kms;
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
        file = new KeystoreMasterKeys(config.keystore(), config.password(), clock);
        kms = new KmsClients(config.kmsEndpoint(), config.kmsTimeout());
        masters = config.kmsKey().<MasterKeys>map(key -> new KmsMasterKeys(key)).orElse(file);
    }

    /// Where this server has new data keys wrapped.
    String place() {
        return masters.place();
    }

    /// The master key under which new data keys are wrapped.
    String currentMasterKey() {
        try {
            return masters.current();
        } catch (GeneralSecurityException e) {
            throw failure("The master key of the secrets cannot be had.", e);
        }
    }

    /// The master key under which a wish for a new one wraps the data keys, made when the place makes them.
    String renewedMasterKey(UUID wish) {
        try {
            return masters.renewed(wish);
        } catch (GeneralSecurityException e) {
            throw failure("There is no new master key.", e);
        }
    }

    /// Wraps a key that is thrown away, and unwraps it.
    ///
    /// @throws GeneralSecurityException when secrets could not be written or used now
    void tryOut() throws GeneralSecurityException {
        UUID nobody = new UUID(0, 0);
        WrappedKey wrapped =
                wrap(KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM), nobody, nobody, masters.current());
        unwrap(wrapped);
    }

    WrappedKey newDataKey(UUID teamId, UUID id) {
        try {
            KeysetHandle key = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM);
            return wrap(key, teamId, id, masters.current());
        } catch (GeneralSecurityException e) {
            throw failure("There is no new key for the team's secrets.", e);
        }
    }

    private WrappedKey wrap(KeysetHandle key, UUID teamId, UUID id, String master) throws GeneralSecurityException {
        byte[] wrapped =
                TinkProtoKeysetFormat.serializeEncryptedKeyset(key, master(master), WrappedKey.binding(teamId, id));
        return new WrappedKey(id, teamId, wrapped, master);
    }

    /// The same data key under another master key.
    ///
    /// @throws DataKeyLostException when it does not open and never will
    /// @throws HubException when a master key cannot be used now
    WrappedKey rewrap(WrappedKey key, String master) throws DataKeyLostException {
        try {
            return wrap(unwrapAgain(key), key.teamId(), key.id(), master);
        } catch (GeneralSecurityException e) {
            throw failure("A data key cannot be wrapped anew.", e);
        }
    }

    private KeysetHandle unwrapAgain(WrappedKey key) throws GeneralSecurityException, DataKeyLostException {
        try {
            return unwrap(key);
        } catch (GeneralSecurityException e) {
            throw lostOr(e);
        }
    }

    /// Tells what waits from what is lost.
    ///
    /// @return the same, when waiting may help
    private static GeneralSecurityException lostOr(GeneralSecurityException why) throws DataKeyLostException {
        if (why instanceof MasterKeyException away && !away.forGood()) {
            return why;
        }
        throw new DataKeyLostException(why);
    }

    private KeysetHandle unwrap(WrappedKey key) throws GeneralSecurityException {
        return TinkProtoKeysetFormat.parseEncryptedKeyset(key.bytes(), master(key.masterKeyId()), key.binding());
    }

    /// Each master key where it lies: what this server is set to does not matter.
    private Aead master(String id) throws GeneralSecurityException {
        return KmsKey.isNamedBy(id) ? kms.aead(KmsKey.named(id)) : file.key(id);
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
            return decrypted(key, sealed);
        } catch (GeneralSecurityException e) {
            throw failure("The secret cannot be decrypted.", e);
        }
    }

    /// Opens a secret that is to be encrypted anew.
    ///
    /// @throws DataKeyLostException when it does not open and never will
    /// @throws HubException when the master key cannot be used now
    Secret reopen(WrappedKey key, SealedSecret sealed) throws DataKeyLostException {
        try {
            return decrypted(key, sealed);
        } catch (GeneralSecurityException e) {
            throw failure("The secret cannot be decrypted.", lostOr(e));
        }
    }

    private Secret decrypted(WrappedKey key, SealedSecret sealed) throws GeneralSecurityException {
        return new Secret(new String(open(key).decrypt(sealed.bytes(), sealed.binding()), StandardCharsets.UTF_8));
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
        return why instanceof MasterKeyException away
                ? new HubException(
                        ProblemCode.SECRETS_UNAVAILABLE,
                        "Secrets can be neither written nor used at the moment: " + away.reason() + ".",
                        why)
                : new HubException(ProblemCode.UNAVAILABLE, message, why);
    }

    @PreDestroy
    void close() {
        kms.close();
    }
}
