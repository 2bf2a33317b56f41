package org.quantumhub.team.service;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.util.SecretBytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/// Master keys in a PKCS #12 file of the home: AES-256, each under an alias that sorts by the time it was made. The
/// file
/// is read again whenever a key is asked for that is not known, so that a key made by another server of the same home,
/// or put there by an operator, is found.
final class KeystoreMasterKeys implements MasterKeys {

    private static final String SCHEME = "file:";
    private static final int KEY_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path file;
    private final char[] password;
    private final Clock clock;

    KeystoreMasterKeys(Path file, char[] password, Clock clock) {
        this.file = file;
        this.password = password.clone();
        this.clock = clock;
    }

    @Override
    public synchronized String current() throws GeneralSecurityException {
        TreeSet<String> aliases = new TreeSet<>(aliases(load()));
        return aliases.isEmpty() ? renew() : SCHEME + aliases.last();
    }

    private static List<String> aliases(KeyStore keys) throws GeneralSecurityException {
        return Collections.list(keys.aliases());
    }

    @Override
    public synchronized Aead key(String id) throws GeneralSecurityException {
        if (id.startsWith(SCHEME) && load().getKey(id.substring(SCHEME.length()), password) instanceof SecretKey key) {
            return aead(key.getEncoded());
        }
        throw new GeneralSecurityException(
                "The master key " + id + " is not in " + file + "; servers that share a database share that file.");
    }

    @AccessesPartialKey
    private static Aead aead(byte[] raw) throws GeneralSecurityException {
        AesGcmParameters parameters = AesGcmParameters.builder()
                .setKeySizeBytes(KEY_BYTES)
                .setIvSizeBytes(12)
                .setTagSizeBytes(16)
                .setVariant(AesGcmParameters.Variant.NO_PREFIX)
                .build();
        AesGcmKey key = AesGcmKey.builder()
                .setParameters(parameters)
                .setKeyBytes(SecretBytes.copyFrom(raw, InsecureSecretKeyAccess.get()))
                .build();
        return KeysetHandle.newBuilder()
                .addEntry(KeysetHandle.importKey(key).withRandomId().makePrimary())
                .build()
                .getPrimitive(RegistryConfiguration.get(), Aead.class);
    }

    @Override
    public synchronized String renew() throws GeneralSecurityException {
        KeyStore keys = load();
        byte[] raw = new byte[KEY_BYTES];
        RANDOM.nextBytes(raw);
        // to the second, and after every key that is there: an alias is the order of the keys
        Instant now = clock.instant();
        String alias = "master-" + now.getEpochSecond() + "-"
                + String.format("%06d", aliases(keys).size() + 1);
        keys.setKeyEntry(alias, new SecretKeySpec(raw, "AES"), password, null);
        store(keys);
        return SCHEME + alias;
    }

    private KeyStore load() throws GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try {
            if (Files.exists(file)) {
                try (InputStream stream = Files.newInputStream(file)) {
                    keys.load(stream, password);
                }
            } else {
                keys.load(null, password);
            }
        } catch (IOException unreadable) {
            throw new GeneralSecurityException("The master keys in " + file + " cannot be read.", unreadable);
        }
        return keys;
    }

    /// Whoever dies in the middle leaves the earlier file as it was.
    private void store(KeyStore keys) throws GeneralSecurityException {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.deleteIfExists(draft);
            Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try (OutputStream stream = Files.newOutputStream(draft)) {
                keys.store(stream, password);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException unwritable) {
            throw new GeneralSecurityException("The master keys in " + file + " cannot be written.", unwritable);
        }
    }
}
