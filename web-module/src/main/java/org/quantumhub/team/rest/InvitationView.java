package org.quantumhub.team.rest;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.quantumhub.team.Invitation;
import org.quantumhub.team.InvitationStatus;
import org.quantumhub.team.TeamRole;

/// An invitation as the team sees it; its token is in the mail alone.
@Schema(name = "Invitation")
public record InvitationView(
        UUID id,
        String email,
        TeamRole role,
        InvitationStatus status,
        UUID invitedBy,
        Instant expiresAt,

        @Schema(description = "when it was accepted or revoked") @Nullable
        Instant endedAt,

        Instant createdAt) {

    static InvitationView of(Invitation invitation, Instant now) {
        return new InvitationView(
                invitation.id(),
                invitation.email(),
                invitation.role(),
                invitation.status(now),
                invitation.invitedBy(),
                invitation.expiresAt(),
                invitation.endedAt(),
                invitation.createdAt());
    }
}
