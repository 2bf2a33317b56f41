package org.quantumhub.billing;

/// The two papers of the billing office.
public enum BillKind {
    INVOICE,
    /// takes back a bill, or a part of it
    CREDIT_NOTE
}
