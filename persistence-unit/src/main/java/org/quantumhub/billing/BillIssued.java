package org.quantumhub.billing;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.UUID;

/// A bill or a credit note has got its number. Fired inside the transaction that issues it.
public record BillIssued(
        UUID billId,
        UUID teamId,
        UUID userId,
        BillKind kind,
        String number,
        BigDecimal total,
        BigDecimal due,
        String currency,
        LocalDate dueDate) {}
