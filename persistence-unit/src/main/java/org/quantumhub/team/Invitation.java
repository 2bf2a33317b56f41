package org.quantumhub.team;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An e-mail address that is asked into a team. The token that went out by mail proves it; the database knows its hash
/// only. An invitation that has ended is never changed again.
@Entity
@Table(name = "team_invitations")
public class Invitation {

    /// How long an invitation is open.
    public static final Duration LIFE = Duration.ofDays(7);

    @Id
    private UUID id;

    @Column(name = "team_id")
    private UUID teamId;

    private String email;

    @Enumerated(EnumType.STRING)
    private TeamRole role;

    @Column(name = "token_hash", updatable = false)
    private byte[] tokenHash;

    @Column(name = "invited_by")
    private UUID invitedBy;

    @Enumerated(EnumType.STRING)
    private InvitationStatus status;

    @Column(name = "expires_at")
    private Instant expiresAt;

    @Column(name = "accepted_by")
    private @Nullable UUID acceptedBy;

    @Column(name = "ended_at")
    private @Nullable Instant endedAt;

    @Column(name = "created_at")
    private Instant createdAt;

    @Version
    private long version;

    @SuppressWarnings("NullAway") // for JPA, which fills the fields
    protected Invitation() {}

    public Invitation(
            UUID id, UUID teamId, String email, TeamRole role, byte[] tokenHash, UUID invitedBy, Instant now) {
        this.id = id;
        this.teamId = teamId;
        this.email = email;
        this.role = role;
        this.tokenHash = tokenHash.clone();
        this.invitedBy = invitedBy;
        this.status = InvitationStatus.PENDING;
        this.expiresAt = now.plus(LIFE);
        this.createdAt = now;
    }

    /// The status as of a moment: a pending invitation past its time has expired, whether or not anybody has noted it.
    public InvitationStatus status(Instant now) {
        return status == InvitationStatus.PENDING && !now.isBefore(expiresAt) ? InvitationStatus.EXPIRED : status;
    }

    public boolean isOpen(Instant now) {
        return status(now) == InvitationStatus.PENDING;
    }

    public void accept(UUID person, Instant now) {
        end(InvitationStatus.ACCEPTED, now);
        acceptedBy = person;
    }

    /// From now on the token opens nothing; an invitation that has ended stays as it ended.
    public void revoke(Instant now) {
        if (status == InvitationStatus.PENDING) {
            end(isOpen(now) ? InvitationStatus.REVOKED : InvitationStatus.EXPIRED, now);
        }
    }

    private void end(InvitationStatus how, Instant now) {
        status = how;
        endedAt = now;
    }

    public UUID id() {
        return id;
    }

    public UUID teamId() {
        return teamId;
    }

    public String email() {
        return email;
    }

    public TeamRole role() {
        return role;
    }

    public UUID invitedBy() {
        return invitedBy;
    }

    public Instant expiresAt() {
        return expiresAt;
    }

    public @Nullable Instant endedAt() {
        return endedAt;
    }

    public Instant createdAt() {
        return createdAt;
    }
}
