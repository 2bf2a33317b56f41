package org.quantumhub.account.service;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.account.ApiKey;
import org.quantumhub.account.ApiKeyRepository;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.Page;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.shared.service.RowSecurity;

/// API keys: made, listed, revoked, and checked at the door.
@ApplicationScoped
public class ApiKeys {

    /// How long a revoked key may still open the door of another server.
    private static final Duration REMEMBERED = Duration.ofSeconds(5);

    @Inject
    ApiKeyRepository keys;

    @Inject
    RowSecurity rowSecurity;

    @Inject
    ApiKeyUse use;

    @Inject
    KeyDoor door;

    @Inject
    Clock clock;

    private final Cache<String, KeyHolder> known = Caffeine.newBuilder()
            .maximumSize(50_000)
            .expireAfterWrite(REMEMBERED)
            .build();

    /// Whom a key stands for.
    public record KeyHolder(
            UUID keyId, UUID userId, UUID teamId, @Nullable Instant expireAt) {}

    /// A new key with its value, which is shown this once and never again.
    public record Issued(ApiKey key, String value) {

        @Override
        public String toString() {
            return "Issued[" + key.prefix() + "]"; // never the value
        }
    }

    @Transactional
    public Issued create(Caller caller, String name, @Nullable Instant expireAt) {
        caller.mayWrite();
        Instant now = clock.instant();
        if (expireAt != null && !expireAt.isAfter(now)) {
            throw new HubException(ProblemCode.INVALID_FIELD, "A key cannot end before it begins.")
                    .with("field", "expireAt");
        }
        ApiKeyValue value = ApiKeyValue.generate();
        ApiKey key = new ApiKey(
                Ids.next(), caller.userId(), caller.teamId(), name, value.prefix(), value.hash(), expireAt, now);
        keys.add(key);
        return new Issued(key, value.text());
    }

    @Transactional
    public Page<ApiKey> list(Caller caller, @Nullable UUID before, int size) {
        return Page.cut(keys.of(caller.userId(), before, size), size, ApiKey::id);
    }

    @Transactional
    public ApiKey get(Caller caller, UUID id) {
        return keys.find(id)
                .filter(key -> caller.is(key.userId()))
                .orElseThrow(() -> new HubException(ProblemCode.NOT_FOUND, "There is no such API key."));
    }

    /// From now on the key opens nothing on this server, and after five seconds at most on no other.
    @Transactional
    public void revoke(Caller caller, UUID id) {
        ApiKey key = get(caller, id);
        key.revoke(clock.instant());
        known.invalidateAll();
    }

    /// Whom this key stands for; empty when it is no key of ours, or one that opens nothing.
    public Optional<KeyHolder> holder(String text) {
        Optional<ApiKeyValue> value = ApiKeyValue.read(text);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        KeyHolder holder = known.getIfPresent(text);
        if (holder == null) {
            holder = door.check(value.get(), clock.instant()).orElse(null);
            if (holder == null) {
                return Optional.empty();
            }
            known.put(text, holder);
        }
        if (holder.expireAt() != null && !clock.instant().isBefore(holder.expireAt())) {
            return Optional.empty();
        }
        use.note(holder.keyId());
        return Optional.of(holder);
    }

    static boolean sameHash(byte[] stored, byte[] shown) {
        return MessageDigest.isEqual(stored, shown); // in constant time
    }
}
