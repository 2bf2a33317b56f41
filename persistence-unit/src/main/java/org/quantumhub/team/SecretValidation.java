package org.quantumhub.team;

/// What came of trying a secret out.
public enum SecretValidation {
    /// Nobody has tried it yet.
    UNKNOWN,
    /// The provider takes it.
    VALID,
    /// The provider refuses it.
    INVALID,
    /// It could not be tried; it will be again.
    ERROR
}
