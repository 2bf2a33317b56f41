package org.quantumhub.team;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A code with which a number of people may register where registration is by invitation only. Uses are counted by one
/// conditional statement, [InvitationCodeRepository#use], so that they are exact however many come at a time.
@Entity
@Table(name = "invitation_codes")
public class InvitationCode {

    @Id
    private UUID id;

    @Column(name = "code_hash", updatable = false)
    private byte[] codeHash;

    private String hint;
    private @Nullable String note;

    @Column(name = "max_uses")
    private int maxUses;

    @Column(name = "used_count")
    private int usedCount;

    @Column(name = "expires_at")
    private @Nullable Instant expiresAt;

    @Column(name = "revoked_at")
    private @Nullable Instant revokedAt;

    @Column(name = "created_by")
    private UUID createdBy;

    @Column(name = "created_at")
    private Instant createdAt;

    @Version
    private long version;

    @SuppressWarnings("NullAway") // for JPA, which fills the fields
    protected InvitationCode() {}

    /// @param hint the beginning of the code, to recognise it by
    public InvitationCode(
            UUID id,
            byte[] codeHash,
            String hint,
            @Nullable String note,
            int maxUses,
            @Nullable Instant expiresAt,
            UUID createdBy,
            Instant now) {
        this.id = id;
        this.codeHash = codeHash.clone();
        this.hint = hint;
        this.note = note;
        this.maxUses = maxUses;
        this.expiresAt = expiresAt;
        this.createdBy = createdBy;
        this.createdAt = now;
    }

    /// From now on nobody comes in with it; doing it twice changes nothing.
    public void revoke(Instant now) {
        if (revokedAt == null) {
            revokedAt = now;
        }
    }

    public UUID id() {
        return id;
    }

    public String hint() {
        return hint;
    }

    public @Nullable String note() {
        return note;
    }

    public int maxUses() {
        return maxUses;
    }

    public int usedCount() {
        return usedCount;
    }

    public @Nullable Instant expiresAt() {
        return expiresAt;
    }

    public @Nullable Instant revokedAt() {
        return revokedAt;
    }

    public Instant createdAt() {
        return createdAt;
    }
}
