package org.quantumhub.account.service;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.quantumhub.account.SigningKeyStore.Stored;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.shared.service.Seal;

/// The keys that sign access tokens and that verify them: one ring for all servers, kept in the database, the private
/// halves sealed.
///
/// A new key is published a minute before it signs, so that no server meets a token it cannot verify; an old one
/// verifies for as long as a token of its can live. Every server reads the ring again every half minute, and at once
/// when it meets a key it does not know.
@ApplicationScoped
public class SigningKeys {

    /// Between a new key's publication and its first signature.
    static final int PUBLISHED_BEFORE_SECONDS = 60;

    private static final Logger LOG = System.getLogger(SigningKeys.class.getName());
    private static final String PURPOSE = "signing-key";
    private static final int BITS = 2048;
    private static final long SOONEST_NANOS = 2_000_000_000L;
    private static final long SECONDS_OF_A_DAY = 86_400;

    @Inject
    SigningKeyTurns turns;

    @Inject
    Seal seal;

    @Inject
    AccountConfig config;

    private volatile @Nullable Ring ring;
    private final AtomicLong readAt = new AtomicLong();

    /// @param signing the key that signs now, with its private half
    /// @param verifying the public halves of all keys, the newest first
    private record Ring(RSAKey signing, Map<String, RSAKey> verifying) {}

    /// The key that signs now, with its private half.
    RSAKey signing() {
        return ring().signing();
    }

    /// The public half of a key of ours. A name that is not known is looked up, but not as often as somebody likes.
    Optional<RSAKey> verifying(String kid) {
        RSAKey key = ring().verifying().get(kid);
        long last = readAt.get();
        if (key == null && System.nanoTime() - last > SOONEST_NANOS && readAt.compareAndSet(last, System.nanoTime())) {
            read();
            key = ring().verifying().get(kid);
        }
        return Optional.ofNullable(key);
    }

    /// The public halves of all keys, the newest first, as JSON objects (RFC 7517).
    public List<Map<String, Object>> published() {
        return ring().verifying().values().stream().map(RSAKey::toJSONObject).toList();
    }

    /// Adds a key, which signs in a minute.
    ///
    /// @return its name
    public String rotate() {
        String kid = add(PUBLISHED_BEFORE_SECONDS);
        LOG.log(Level.INFO, "signing key added kid={0}", kid);
        read();
        return kid;
    }

    /// What is done every half minute: meet the keys of other servers, and add one when the newest is old.
    void keep() {
        turns.removeOutlived();
        List<Stored> stored = read();
        if (stored.stream().noneMatch(key -> key.ageSeconds() < config.signingKeyDays() * SECONDS_OF_A_DAY)) {
            rotate();
        }
    }

    private Ring ring() {
        Ring known = ring;
        if (known == null) {
            read();
            known = ring;
        }
        if (known == null) {
            throw new HubException(ProblemCode.UNAVAILABLE, "There is no key to sign with.");
        }
        return known;
    }

    private synchronized List<Stored> read() {
        List<Stored> stored = turns.all();
        RSAKey signing = usable(stored);
        if (signing == null) {
            // a new installation, or one whose seal was lost: the old keys still verify
            if (!stored.isEmpty()) {
                LOG.log(Level.WARNING, "no signing key opens with this HUB_SEAL_KEY; another one is made");
            }
            turns.addFirst(this::usable, () -> sealed(0));
            stored = turns.all();
            signing = usable(stored);
        }
        if (signing == null) {
            throw new HubException(ProblemCode.UNAVAILABLE, "There is no key to sign with.");
        }
        Map<String, RSAKey> verifying = new LinkedHashMap<>();
        for (Stored key : stored) {
            verifying.put(key.kid(), parsed(key.publicJwk()));
        }
        ring = new Ring(signing, verifying);
        readAt.set(System.nanoTime());
        return stored;
    }

    /// The newest key whose time has come and which opens.
    private @Nullable RSAKey usable(List<Stored> stored) {
        for (Stored key : stored) {
            if (key.current()) {
                Optional<byte[]> opened = seal.open(PURPOSE, key.kid(), key.privateSealed());
                if (opened.isPresent()) {
                    return parsed(new String(opened.get(), StandardCharsets.UTF_8));
                }
            }
        }
        return null;
    }

    /// A key ready to be stored.
    record Sealed(String kid, String publicJwk, byte[] privateSealed, int afterSeconds) {}

    private Sealed sealed(int afterSeconds) {
        String kid = Ids.next().toString();
        try {
            RSAKey key = new RSAKeyGenerator(BITS)
                    .keyID(kid)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .generate();
            byte[] sealedKey = seal.seal(PURPOSE, kid, key.toJSONString().getBytes(StandardCharsets.UTF_8));
            return new Sealed(kid, key.toPublicJWK().toJSONString(), sealedKey, afterSeconds);
        } catch (JOSEException e) {
            throw new IllegalStateException("every Java makes RSA keys", e);
        }
    }

    private String add(int afterSeconds) {
        Sealed key = sealed(afterSeconds);
        turns.add(key);
        return key.kid();
    }

    private static RSAKey parsed(String jwk) {
        try {
            return RSAKey.parse(jwk);
        } catch (ParseException e) {
            throw new IllegalStateException("a stored key is not a key", e);
        }
    }
}
