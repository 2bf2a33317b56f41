package org.quantumhub.billing;

/// How money came in.
public enum PaymentMethod {
    /// noted by hand
    MANUAL,
    /// found on a bank statement
    BANK,
    /// through Stripe
    STRIPE
}
