package org.quantumhub.account;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.shared.TextArrayConverter;

/// A key with which a machine acts for a person in one team. The database knows its prefix and its hash only.
@Entity
@Table(name = "user_api_keys")
public class ApiKey {

    @Id
    private UUID id;

    @Column(name = "user_id")
    private UUID userId;

    @Column(name = "team_id")
    private UUID teamId;

    private String name;

    @Column(name = "value_prefix")
    private String prefix;

    @Column(name = "value_hash")
    private byte[] hash;

    @Enumerated(EnumType.STRING)
    private ApiKeyStatus status;

    @Convert(converter = TextArrayConverter.class)
    private List<String> scopes;

    @Column(name = "rate_limit")
    private @Nullable String rateLimit;

    @Column(name = "expire_at")
    private @Nullable Instant expireAt;

    @Column(name = "last_used_at")
    private @Nullable Instant lastUsedAt;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "updated_at")
    private Instant updatedAt;

    @Version
    private long version;

    @SuppressWarnings("NullAway") // for JPA, which fills the fields
    protected ApiKey() {}

    public ApiKey(
            UUID id,
            UUID userId,
            UUID teamId,
            String name,
            String prefix,
            byte[] hash,
            @Nullable Instant expireAt,
            Instant now) {
        this.id = id;
        this.userId = userId;
        this.teamId = teamId;
        this.name = name;
        this.prefix = prefix;
        this.hash = hash.clone();
        this.status = ApiKeyStatus.ACTIVE;
        this.scopes = List.of(Scope.ALL);
        this.expireAt = expireAt;
        this.createdAt = now;
        this.updatedAt = now;
    }

    /// Whether the key opens the door at this moment.
    public boolean opens(Instant now) {
        return status == ApiKeyStatus.ACTIVE && (expireAt == null || now.isBefore(expireAt));
    }

    /// What the key is meant for, and how often it may come.
    ///
    /// @param newScopes texts of [Scope], at least one
    /// @param newLimit text of a [RateLimit], null for none
    public void restrict(List<String> newScopes, @Nullable String newLimit, Instant now) {
        if (newScopes.isEmpty()) {
            throw new IllegalArgumentException("a key is meant for something");
        }
        scopes = List.copyOf(newScopes);
        rateLimit = newLimit;
        updatedAt = now;
    }

    public void rename(String newName, @Nullable Instant newEnd, Instant now) {
        name = newName;
        expireAt = newEnd;
        updatedAt = now;
    }

    /// From now on the key opens nothing; doing it twice changes nothing.
    public void revoke(Instant now) {
        if (status != ApiKeyStatus.REVOKED) {
            status = ApiKeyStatus.REVOKED;
            updatedAt = now;
        }
    }

    public UUID id() {
        return id;
    }

    public long version() {
        return version;
    }

    public UUID userId() {
        return userId;
    }

    public UUID teamId() {
        return teamId;
    }

    public String name() {
        return name;
    }

    public String prefix() {
        return prefix;
    }

    public byte[] hash() {
        return hash.clone();
    }

    /// The status as of a moment: an active key past its time is expired, whether or not anybody has noted it.
    public ApiKeyStatus status(Instant now) {
        return status == ApiKeyStatus.ACTIVE && !opens(now) ? ApiKeyStatus.EXPIRED : status;
    }

    public List<String> scopes() {
        return List.copyOf(scopes);
    }

    public @Nullable String rateLimit() {
        return rateLimit;
    }

    public @Nullable Instant expireAt() {
        return expireAt;
    }

    public @Nullable Instant lastUsedAt() {
        return lastUsedAt;
    }

    public Instant createdAt() {
        return createdAt;
    }
}
