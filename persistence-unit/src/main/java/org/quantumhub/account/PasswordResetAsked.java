package org.quantumhub.account;

import java.time.Instant;
import java.util.UUID;

/// Somebody has forgotten the password of an account. Fired inside the transaction that stores the token's hash.
///
/// @param token what the mail carries; it is stored nowhere in clear
public record PasswordResetAsked(UUID userId, String username, String email, String token, Instant expiresAt) {

    @Override
    public String toString() {
        return "PasswordResetAsked[" + userId + "]"; // never the token
    }
}
