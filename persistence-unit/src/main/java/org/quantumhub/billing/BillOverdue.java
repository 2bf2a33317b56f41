package org.quantumhub.billing;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.UUID;

/// A bill is overdue, and its payer is to be reminded: at once, after two weeks and after four. Fired once for each
/// level,
/// inside the transaction that notes it.
///
/// @param level 1 to 3
public record BillOverdue(
        UUID billId,
        UUID teamId,
        UUID userId,
        String number,
        BigDecimal pending,
        String currency,
        LocalDate dueDate,
        int level) {}
