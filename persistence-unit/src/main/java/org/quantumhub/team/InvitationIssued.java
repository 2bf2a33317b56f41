package org.quantumhub.team;

import java.time.Instant;
import java.util.UUID;

/// Somebody is asked into a team. Fired inside the transaction that writes the invitation; whoever listens tells the
/// person, because the token is known nowhere else.
///
/// @param token 64 hexadecimal digits; whoever shows them, signed in under this address, is let in
public record InvitationIssued(
        UUID invitationId,
        UUID teamId,
        String teamName,
        String email,
        TeamRole role,
        UUID invitedBy,
        String token,
        Instant expiresAt) {

    @Override
    public String toString() {
        return "InvitationIssued[" + invitationId + "]"; // never the token
    }
}
