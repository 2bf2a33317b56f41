package org.quantumhub.account;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A person has an account. Fired inside the transaction that creates it; whoever listens may refuse by an exception.
///
/// @param invitation the invitation code, or the token of an invitation into a team, that the person showed
/// @param trusted whether the hub, or somebody it trusts, made the account, so that nobody has to be invited
public record UserRegistered(
        UUID userId,
        String username,
        String email,
        @Nullable String invitation,
        boolean trusted) {

    /// An account that the hub, or somebody it trusts, made.
    public UserRegistered(UUID userId, String username, String email) {
        this(userId, username, email, null, true);
    }

    @Override
    public String toString() {
        return "UserRegistered[" + userId + "]"; // never the invitation
    }
}
