package org.quantumhub.account;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a link in a mail proves: that whoever shows it reads the mails of an address. Good once, for a while.
@Entity
@Table(name = "one_time_tokens")
public class OneTimeToken {

    @Id
    private UUID id;

    @Column(name = "user_id")
    private UUID userId;

    @Enumerated(EnumType.STRING)
    private TokenPurpose purpose;

    private String email;

    @Column(name = "token_hash")
    private byte[] hash;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "expires_at")
    private Instant expiresAt;

    @Column(name = "used_at")
    private @Nullable Instant usedAt;

    @Version
    private long version;

    @SuppressWarnings("NullAway") // for JPA, which fills the fields
    protected OneTimeToken() {}

    /// @param email the address that the token is sent to
    /// @param hash SHA-256 of the token
    public OneTimeToken(
            UUID id, UUID userId, TokenPurpose purpose, String email, byte[] hash, Instant now, Instant expiresAt) {
        this.id = id;
        this.userId = userId;
        this.purpose = purpose;
        this.email = email;
        this.hash = hash.clone();
        this.createdAt = now;
        this.expiresAt = expiresAt;
    }

    /// Whether it may still be used for this.
    public boolean isGoodFor(TokenPurpose wanted, Instant now) {
        return purpose == wanted && usedAt == null && now.isBefore(expiresAt);
    }

    /// From now on it is good for nothing.
    public void use(Instant now) {
        if (usedAt != null) {
            throw new IllegalStateException("a one-time token is used once");
        }
        usedAt = now;
    }

    public UUID userId() {
        return userId;
    }

    public String email() {
        return email;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Instant expiresAt() {
        return expiresAt;
    }
}
