package org.quantumhub.team;

/// What came of trying a secret out.
public enum SecretValidation {
    /// Nobody has tried it yet, or something is missing without which it cannot be tried.
    UNKNOWN,
    /// The provider takes it.
    VALID,
    /// The provider refuses it.
    INVALID,
    /// It could not be tried, because the provider could not be asked; it will be again. What the provider said last
    /// stays known beside it.
    ERROR
}
