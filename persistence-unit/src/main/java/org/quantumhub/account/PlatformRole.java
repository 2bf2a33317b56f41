package org.quantumhub.account;

/// What a person may do on the platform, apart from the role inside a team.
public enum PlatformRole {
    CONSUMER,
    DEVELOPER,
    PROVIDER,
    OPERATOR,
    BILLING_MANAGER,
    AUDITOR,
    ADMIN
}
