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
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/// Master keys in a PKCS #12 file of the home: AES-256, each under an alias that sorts by the time it was made. The
/// file
/// is read again whenever a key is asked for, so that a key made by another server of the same home, or put there by an
/// operator, is found. Servers that share the file take turns in adding to it.
final class KeystoreMasterKeys implements MasterKeys {

    /// How wishes for new keys name the file; there is one for all servers of a database.
    static final String PLACE = "file";

    private static final String SCHEME = PLACE + ":";
    private static final String REASON = "the file with the master keys cannot be used";
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
    public String place() {
        return PLACE;
    }

    /// The latest key, made when there is none yet.
    @Override
    public synchronized String current() throws GeneralSecurityException {
        TreeSet<String> aliases = aliases(load());
        return aliases.isEmpty() ? inTurn(keys -> latestOrAdded(keys, "")) : SCHEME + aliases.last();
    }

    /// A new key, which is the current one from now on; earlier ones go on opening what they wrapped. It bears the name
    /// of the wish, so that a piece of work that is done again makes no other.
    @Override
    public synchronized String renewed(UUID wish) throws GeneralSecurityException {
        String mark = "-" + wish;
        return inTurn(keys -> {
            Optional<String> made =
                    aliases(keys).stream().filter(alias -> alias.endsWith(mark)).findFirst();
            return made.isPresent() ? SCHEME + made.get() : added(keys, mark);
        });
    }

    private String latestOrAdded(KeyStore keys, String mark) throws GeneralSecurityException {
        TreeSet<String> aliases = aliases(keys);
        return aliases.isEmpty() ? added(keys, mark) : SCHEME + aliases.last();
    }

    private static TreeSet<String> aliases(KeyStore keys) throws GeneralSecurityException {
        return new TreeSet<>(Collections.list(keys.aliases()));
    }

    /// Wraps and unwraps under a key of the file.
    ///
    /// @throws MasterKeyException when this server does not have it
    synchronized Aead key(String id) throws GeneralSecurityException {
        if (id.startsWith(SCHEME) && load().getKey(id.substring(SCHEME.length()), password) instanceof SecretKey key) {
            return aead(key.getEncoded());
        }
        throw new MasterKeyException(
                "the master key is not in the file of this server",
                "The master key " + id + " is not in " + file + "; servers that share a database share that file.",
                true,
                null);
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

    private String added(KeyStore keys, String mark) throws GeneralSecurityException {
        byte[] raw = new byte[KEY_BYTES];
        RANDOM.nextBytes(raw);
        // to the second, and after every key that is there: an alias is the order of the keys
        Instant now = clock.instant();
        String alias = "master-" + now.getEpochSecond() + "-"
                + String.format("%06d", aliases(keys).size() + 1) + mark;
        keys.setKeyEntry(alias, new SecretKeySpec(raw, "AES"), password, null);
        store(keys);
        return SCHEME + alias;
    }

    @FunctionalInterface
    private interface Change {
        String made(KeyStore keys) throws GeneralSecurityException;
    }

    /// Of two servers that add a key at once, the second would write over the key of the first.
    private String inTurn(Change change) throws GeneralSecurityException {
        Path turn = file.resolveSibling(file.getFileName() + ".lock");
        try (FileChannel channel = FileChannel.open(turn, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (!lock.isValid()) {
                throw new IOException("The lock " + turn + " is not valid.");
            }
            return change.made(load());
        } catch (IOException unwritable) {
            throw new MasterKeyException(
                    REASON, "The master keys in " + file + " cannot be written.", false, unwritable);
        }
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
            throw new MasterKeyException(REASON, "The master keys in " + file + " cannot be read.", false, unreadable);
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
            throw new MasterKeyException(
                    REASON, "The master keys in " + file + " cannot be written.", false, unwritable);
        }
    }
}
