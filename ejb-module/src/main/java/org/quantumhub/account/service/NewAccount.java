package org.quantumhub.account.service;

import org.jspecify.annotations.Nullable;

/// What somebody gives to register.
public record NewAccount(
        String username,
        String email,
        String password,
        @Nullable String fullName) {

    @Override
    public String toString() {
        return "NewAccount[" + username + "]"; // never the password
    }
}
