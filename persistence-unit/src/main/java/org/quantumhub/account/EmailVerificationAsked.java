package org.quantumhub.account;

import java.time.Instant;
import java.util.UUID;

/// Somebody must show that an e-mail address is theirs. Fired inside the transaction that stores the token's hash.
///
/// @param token what the mail carries; it is stored nowhere in clear
public record EmailVerificationAsked(UUID userId, String username, String email, String token, Instant expiresAt) {

    @Override
    public String toString() {
        return "EmailVerificationAsked[" + userId + "]"; // never the token
    }
}
