package org.quantumhub.account;

/// How a session began.
public enum SignInMethod {
    PASSWORD,
    ENTERPRISE
}
