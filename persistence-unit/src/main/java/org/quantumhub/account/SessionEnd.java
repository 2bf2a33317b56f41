package org.quantumhub.account;

/// Why a session has ended before its time.
public enum SessionEnd {
    /// Its owner signed out.
    LOGOUT,
    /// Its owner, or an administrator, ended it from elsewhere.
    REVOKED,
    /// A refresh token came a second time: somebody has a copy.
    REUSED,
    /// The password was changed or reset.
    PASSWORD,
    /// The account was closed.
    CLOSED
}
