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
        @Nullable String invitation) {

    public NewAccount(String username, String email, String password, @Nullable String fullName) {
        this(username, email, password, fullName, null);
    }

    @Override
    public String toString() {
        return "NewAccount[" + username + "]"; // never the password
    }
}
