package org.quantumhub.account.service;

import org.jspecify.annotations.Nullable;

/// What somebody gives to register.
///
/// @param invitation an invitation code, or the token of an invitation into a team, where registration asks for one
public record NewAccount(
        String username,
        String email,
        String password,
        @Nullable String fullName,
        @Nullable String invitation,
        boolean trusted) {

    /// Somebody who comes on their own, with an invitation code or without.
    public NewAccount(
            String username, String email, String password, @Nullable String fullName, @Nullable String invitation) {
        this(username, email, password, fullName, invitation, false);
    }

    /// Somebody whom the operator or the company's identity provider vouches for.
    static NewAccount trusted(String username, String email, String password, @Nullable String fullName) {
        return new NewAccount(username, email, password, fullName, null, true);
    }

    @Override
    public String toString() {
        return "NewAccount[" + username + "]"; // never the password
    }
}
