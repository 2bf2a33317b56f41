package org.quantumhub.account;

/// What a one-time token is good for.
public enum TokenPurpose {
    EMAIL_VERIFICATION,
    PASSWORD_RESET
}
