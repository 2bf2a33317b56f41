package org.quantumhub.billing;

/// How a bill stands. The steps between them are in the table `bill_transitions`.
public enum BillStatus {
    /// drawn up, without a number
    DRAFT,
    /// issued and to be paid
    PENDING,
    PARTIALLY_PAID,
    /// nothing is left to be paid
    PAID,
    /// the due date has passed
    OVERDUE,
    /// a draft that was thrown away, or a bill that a credit note has taken back before it was paid
    CANCELLED,
    /// a paid bill that a credit note has taken back
    REFUNDED
}
