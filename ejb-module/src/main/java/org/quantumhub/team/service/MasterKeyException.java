package org.quantumhub.team.service;

import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;

/// A master key that cannot be used, and why. Its message is for whoever runs the hub and names the key; the reason is
/// for
/// everybody.
final class MasterKeyException extends GeneralSecurityException {

    private final String reason;
    private final boolean forGood;

    /// @param reason a clause that can stand in a sentence, without names of keys, files and accounts
    /// @param forGood whether waiting is no use
    MasterKeyException(String reason, String message, boolean forGood, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.forGood = forGood;
    }

    String reason() {
        return reason;
    }

    boolean forGood() {
        return forGood;
    }
}
