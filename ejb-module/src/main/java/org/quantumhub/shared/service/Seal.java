package org.quantumhub.shared.service;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/// Encrypts what the database must hold but not be able to read: AES-256-GCM under a key that lives in the environment
/// of the server (`HUB_SEAL_KEY`), never in the database or its backups.
///
/// Each purpose has a key of its own, derived by HKDF-SHA256 (RFC 5869), and what a text belongs to (a user, a mail) is
/// authenticated with it, so that nothing sealed for one place opens in another. Several keys may be given, with commas
/// between them: the first seals, all open.
///
/// Layout: version (1 byte), mark of the key (4), nonce (12), ciphertext with its tag.
@ApplicationScoped
public class Seal {

    private static final byte VERSION = 1;
    private static final int MARK = 4;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BYTES = 32;
    private static final int SHORTEST_KEY = 16;

    @Inject
    @ConfigProperty(name = "hub.seal.key")
    Optional<String> configured;

    private final SecureRandom random = new SecureRandom();
    private List<byte[]> keys = List.of();

    @SuppressWarnings("NullAway") // for CDI, which fills the field
    public Seal() {}

    /// A seal outside the server, for tools and tests.
    public static Seal with(String keys) {
        Seal seal = new Seal();
        seal.configured = Optional.of(keys);
        seal.read();
        return seal;
    }

    @PostConstruct
    void read() {
        keys = Arrays.stream(configured.orElse("").split(","))
                .map(String::strip)
                .filter(key -> !key.isEmpty())
                .map(key -> key.getBytes(StandardCharsets.UTF_8))
                .toList();
        if (keys.isEmpty() || keys.stream().anyMatch(key -> key.length < SHORTEST_KEY)) {
            throw new IllegalStateException("HUB_SEAL_KEY must hold a key of at least " + SHORTEST_KEY
                    + " characters; the launcher makes one and keeps it in secrets.properties.");
        }
    }

    /// @param purpose what kind of secret it is
    /// @param owner what it belongs to; needed again to open it
    public byte[] seal(String purpose, String owner, byte[] plain) {
        byte[] key = keys.getFirst();
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            byte[] closed =
                    cipher(Cipher.ENCRYPT_MODE, key, purpose, owner, nonce).doFinal(plain);
            return ByteBuffer.allocate(1 + MARK + NONCE + closed.length)
                    .put(VERSION)
                    .put(mark(key))
                    .put(nonce)
                    .put(closed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES-GCM and HKDF", e);
        }
    }

    /// Opens what was sealed for this purpose and owner.
    ///
    /// @return empty when it was not, or was altered, or the key is not among those given
    public Optional<byte[]> open(String purpose, String owner, byte[] sealed) {
        if (sealed.length < 1 + MARK + NONCE + TAG_BITS / 8 || sealed[0] != VERSION) {
            return Optional.empty();
        }
        byte[] mark = Arrays.copyOfRange(sealed, 1, 1 + MARK);
        byte[] nonce = Arrays.copyOfRange(sealed, 1 + MARK, 1 + MARK + NONCE);
        for (byte[] key : keys) {
            if (Arrays.equals(mark, mark(key))) {
                byte[] plain = opened(key, purpose, owner, nonce, sealed);
                if (plain != null) {
                    return Optional.of(plain);
                }
            }
        }
        return Optional.empty();
    }

    private static byte @Nullable [] opened(byte[] key, String purpose, String owner, byte[] nonce, byte[] sealed) {
        try {
            int head = 1 + MARK + NONCE;
            return cipher(Cipher.DECRYPT_MODE, key, purpose, owner, nonce).doFinal(sealed, head, sealed.length - head);
        } catch (GeneralSecurityException altered) {
            return null;
        }
    }

    /// A proof that a text is the hub's own: HMAC-SHA256. Unlike a plain hash it cannot be tried out against a copy of
    /// the database, which matters for what people type.
    public byte[] stamp(String purpose, String text) {
        return stamp(keys.getFirst(), purpose, text);
    }

    /// Whether one of the keys made this stamp, told in constant time.
    public boolean stamped(String purpose, String text, byte[] stamp) {
        boolean found = false;
        for (byte[] key : keys) {
            found |= MessageDigest.isEqual(stamp(key, purpose, text), stamp);
        }
        return found;
    }

    private static byte[] stamp(byte[] key, String purpose, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(derived(key, "stamp " + purpose, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA256 and HKDF", e);
        }
    }

    private static Cipher cipher(int mode, byte[] key, String purpose, String owner, byte[] nonce)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, derived(key, "seal " + purpose, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(owner.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static SecretKey derived(byte[] key, String purpose, String algorithm) throws GeneralSecurityException {
        return KDF.getInstance("HKDF-SHA256")
                .deriveKey(
                        algorithm,
                        HKDFParameterSpec.ofExtract()
                                .addIKM(key)
                                .thenExpand(("quantum-hub " + purpose).getBytes(StandardCharsets.UTF_8), KEY_BYTES));
    }

    /// Tells keys apart without telling anything about them.
    private static byte[] mark(byte[] key) {
        return Arrays.copyOf(stamp(key, "mark", ""), MARK);
    }
}
