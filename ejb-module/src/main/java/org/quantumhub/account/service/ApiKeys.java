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
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.quantumhub.account.ApiKey;
import org.quantumhub.account.ApiKeyRepository;
import org.quantumhub.account.KeyStates;
import org.quantumhub.account.KeyUsage;
import org.quantumhub.account.RateLimit;
import org.quantumhub.account.Scope;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.Page;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.shared.service.Database;

/// API keys: made, listed, changed, revoked, and checked at the door.
@ApplicationScoped
public class ApiKeys {

    /// For so long a key is believed to be as it was when it was last looked at: how long a revoked one may still open
    /// the door of another server.
    private static final Duration REMEMBERED = Duration.ofSeconds(5);

    private static final int MOST_DAYS = 366;

    @Inject
    ApiKeyRepository keys;

    @Inject
    KeyUsage usage;

    @Inject
    KeyStates states;

    @Inject
    Database database;

    @Inject
    KeyDoor door;

    @Inject
    Clock clock;

    private final Cache<String, Known> known = Caffeine.newBuilder()
            .maximumSize(50_000)
            .expireAfterWrite(REMEMBERED)
            .build();

    /// @param shown since the last time all known keys were looked at together
    private record Known(KeyHolder holder, AtomicBoolean shown) {

        static Known of(KeyHolder holder) {
            return new Known(holder, new AtomicBoolean());
        }
    }

    /// Whom a key stands for, and what it is meant for.
    ///
    /// @param version of the row that says so
    public record KeyHolder(
            UUID keyId,
            long version,
            UUID userId,
            UUID teamId,
            @Nullable Instant expireAt,
            List<Scope> scopes,
            @Nullable String rateLimit) {

        public KeyHolder {
            scopes = List.copyOf(scopes);
        }
    }

    /// A new key with its value, which is shown this once and never again.
    public record Issued(ApiKey key, String value) {

        @Override
        public String toString() {
            return "Issued[" + key.prefix() + "]"; // never the value
        }
    }

    @Transactional
    public Issued create(Caller caller, NewKey wanted) {
        caller.mayWrite();
        Instant now = clock.instant();
        ApiKeyValue value = ApiKeyValue.generate();
        ApiKey key = new ApiKey(
                Ids.next(),
                caller.userId(),
                caller.teamId(),
                wanted.name(),
                value.prefix(),
                value.hash(),
                checkedEnd(wanted.expireAt(), now),
                now);
        key.restrict(checkedScopes(wanted.scopes()), checkedLimit(wanted.rateLimit()), now);
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

    /// Changes everything about a key but its value; within five seconds on every server.
    ///
    /// @throws HubException `KEY_ENDED` when it opens nothing any more
    @Transactional
    public ApiKey change(Caller caller, UUID id, NewKey wanted) {
        caller.mayWrite();
        Instant now = clock.instant();
        ApiKey key = get(caller, id);
        if (!key.opens(now)) {
            throw new HubException(ProblemCode.KEY_ENDED, "This API key has ended; make another.");
        }
        key.rename(wanted.name(), checkedEnd(wanted.expireAt(), now), now);
        key.restrict(checkedScopes(wanted.scopes()), checkedLimit(wanted.rateLimit()), now);
        known.invalidateAll();
        return key;
    }

    /// From now on the key opens nothing on this server, and after five seconds at most on no other.
    @Transactional
    public void revoke(Caller caller, UUID id) {
        ApiKey key = get(caller, id);
        key.revoke(clock.instant());
        known.invalidateAll();
    }

    /// Revokes all keys of a person, in a transaction that acts for that person or administers.
    @Transactional
    void revokeAll(UUID userId) {
        keys.active(userId).forEach(key -> key.revoke(clock.instant()));
        known.invalidateAll();
    }

    /// On which days a key was used, and how often.
    ///
    /// @throws HubException `INVALID_PARAMETER` for more than a year, or a beginning after the end
    @Transactional
    public List<KeyUsage.Day> usage(Caller caller, UUID id, LocalDate from, LocalDate to) {
        if (to.isBefore(from) || from.plusDays(MOST_DAYS).isBefore(to)) {
            throw new HubException(
                            ProblemCode.INVALID_PARAMETER,
                            "'from' must not lie after 'to', nor more than a year before it.")
                    .with("parameter", "from");
        }
        UUID key = get(caller, id).id();
        return database.asRequest(connection -> usage.days(connection, key, from, to));
    }

    private static @Nullable Instant checkedEnd(@Nullable Instant expireAt, Instant now) {
        if (expireAt != null && !expireAt.isAfter(now)) {
            throw invalid("expireAt", "A key cannot end before it begins.");
        }
        return expireAt;
    }

    private static List<String> checkedScopes(@Nullable List<String> scopes) {
        if (scopes == null) {
            return List.of(Scope.ALL);
        }
        for (String scope : scopes) {
            if (scope == null || Scope.read(scope).isEmpty()) {
                throw invalid(
                        "scopes",
                        "'" + scope + "' is no scope; one looks like jobs:read, jobs:write, jobs:*, *:read or *.");
            }
        }
        return scopes.stream().distinct().toList();
    }

    private static @Nullable String checkedLimit(@Nullable String limit) {
        if (limit != null && RateLimit.read(limit).isEmpty()) {
            throw invalid(
                    "rateLimit", "'" + limit + "' is no rate limit; one looks like 10/m, with s, m, h, d or month.");
        }
        return limit;
    }

    private static HubException invalid(String field, String message) {
        return new HubException(ProblemCode.INVALID_FIELD, message).with("field", field);
    }

    /// Whom this key stands for; empty when it is no key of ours, or one that opens nothing.
    public Optional<KeyHolder> holder(String text) {
        Optional<ApiKeyValue> value = ApiKeyValue.read(text);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        Known key = known.getIfPresent(text);
        if (key == null) {
            Optional<KeyHolder> found = door.check(value.get(), clock.instant());
            if (found.isEmpty()) {
                return Optional.empty();
            }
            key = Known.of(found.get());
            known.put(text, key);
        }
        key.shown().setPlain(true);
        KeyHolder holder = key.holder();
        if (holder.expireAt() != null && !clock.instant().isBefore(holder.expireAt())) {
            return Optional.empty();
        }
        return Optional.of(holder);
    }

    /// Looks at all keys that were shown of late in one go: who is still as remembered is believed for another five
    /// seconds, so that a busy key is not looked up by itself again and again.
    @Transactional
    void confirm() {
        List<Map.Entry<String, Known>> shown = known.asMap().entrySet().stream()
                .filter(entry -> entry.getValue().shown().getAndSet(false))
                .toList();
        if (shown.isEmpty()) {
            return;
        }
        List<KeyStates.Remembered> remembered = shown.stream()
                .map(entry -> entry.getValue().holder())
                .map(holder -> new KeyStates.Remembered(holder.keyId(), holder.version()))
                .toList();
        Set<UUID> unchanged = database.asBackground(connection -> states.unchanged(connection, remembered));
        for (Map.Entry<String, Known> entry : shown) {
            KeyHolder holder = entry.getValue().holder();
            if (unchanged.contains(holder.keyId())) {
                // not when it was forgotten meanwhile
                known.asMap().replace(entry.getKey(), entry.getValue(), Known.of(holder));
            } else {
                known.asMap().remove(entry.getKey(), entry.getValue());
            }
        }
    }

    static boolean sameHash(byte[] stored, byte[] shown) {
        return MessageDigest.isEqual(stored, shown); // in constant time
    }
}
