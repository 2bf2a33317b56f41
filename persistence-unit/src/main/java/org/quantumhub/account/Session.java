package org.quantumhub.account;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Somebody signed in on some device: the family of all tokens that follow from one sign-in. Each refresh token is good
/// once; the one that comes a second time ends the whole family, because then two have it.
@Entity
@Table(name = "user_sessions")
public class Session {

    private static final int LONGEST_ADDRESS = 50;
    private static final int LONGEST_AGENT = 255;

    @Id
    private UUID id;

    @Column(name = "user_id")
    private UUID userId;

    private UUID jti;

    @Column(name = "refresh_hash")
    private byte[] refreshHash;

    @Enumerated(EnumType.STRING)
    private SignInMethod method;

    @Column(name = "issued_at")
    private Instant issuedAt;

    @Column(name = "refreshed_at")
    private Instant refreshedAt;

    @Column(name = "expires_at")
    private Instant expiresAt;

    @Column(name = "ip_address")
    private @Nullable String address;

    @Column(name = "user_agent")
    private @Nullable String agent;

    @Column(name = "is_active")
    private boolean active;

    @Column(name = "ended_at")
    private @Nullable Instant endedAt;

    @Enumerated(EnumType.STRING)
    @Column(name = "end_reason")
    private @Nullable SessionEnd endReason;

    @Version
    private long version;

    @SuppressWarnings("NullAway") // for JPA, which fills the fields
    protected Session() {}

    /// @param refreshHash SHA-256 of the refresh token that goes out with it
    public Session(
            UUID id,
            UUID userId,
            SignInMethod method,
            UUID jti,
            byte[] refreshHash,
            @Nullable String address,
            @Nullable String agent,
            Instant now,
            Instant expiresAt) {
        this.id = id;
        this.userId = userId;
        this.method = method;
        this.jti = jti;
        this.refreshHash = refreshHash.clone();
        this.address = cut(address, LONGEST_ADDRESS);
        this.agent = cut(agent, LONGEST_AGENT);
        this.issuedAt = now;
        this.refreshedAt = now;
        this.expiresAt = expiresAt;
        this.active = true;
    }

    private static @Nullable String cut(@Nullable String text, int length) {
        return text == null || text.length() <= length ? text : text.substring(0, length);
    }

    /// Whether its tokens are good at this moment.
    public boolean isOpen(Instant now) {
        return active && now.isBefore(expiresAt);
    }

    /// Whether this is the hash of the refresh token that may be used next.
    public boolean expects(byte[] hash) {
        return MessageDigest.isEqual(refreshHash, hash);
    }

    /// New tokens go out; the earlier refresh token is used up.
    public void refreshed(
            UUID newJti, byte[] newHash, @Nullable String fromAddress, @Nullable String byAgent, Instant now) {
        if (!isOpen(now)) {
            throw new IllegalStateException("a session that has ended is not refreshed");
        }
        jti = newJti;
        refreshHash = newHash.clone();
        address = cut(fromAddress, LONGEST_ADDRESS);
        agent = cut(byAgent, LONGEST_AGENT);
        refreshedAt = now;
    }

    /// From now on its tokens open nothing; ending it twice changes nothing.
    public void end(SessionEnd reason, Instant now) {
        if (active) {
            active = false;
            endedAt = now;
            endReason = reason;
        }
    }

    public UUID id() {
        return id;
    }

    public UUID userId() {
        return userId;
    }

    /// The name of its newest access token.
    public UUID jti() {
        return jti;
    }

    public SignInMethod method() {
        return method;
    }

    public Instant issuedAt() {
        return issuedAt;
    }

    public Instant refreshedAt() {
        return refreshedAt;
    }

    public Instant expiresAt() {
        return expiresAt;
    }

    public @Nullable String address() {
        return address;
    }

    public @Nullable String agent() {
        return agent;
    }

    public @Nullable Instant endedAt() {
        return endedAt;
    }

    public @Nullable SessionEnd endReason() {
        return endReason;
    }
}
