package org.quantumhub.account;

public enum ApiKeyStatus {
    ACTIVE,
    EXPIRED,
    REVOKED,
    SUSPENDED
}
