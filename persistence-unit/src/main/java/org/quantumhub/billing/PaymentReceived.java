package org.quantumhub.billing;

import java.math.BigDecimal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Money has come in. Fired inside the transaction that books it.
///
/// @param billId null for money paid in advance
/// @param billPaid whether nothing is left to be paid of the bill
public record PaymentReceived(
        UUID paymentId,
        UUID teamId,
        @Nullable UUID billId,
        PaymentMethod method,
        BigDecimal amount,
        String currency,
        boolean billPaid) {}
