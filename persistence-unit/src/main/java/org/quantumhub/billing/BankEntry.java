package org.quantumhub.billing;

import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.shared.Money;

/// A credit on a bank statement, and what became of it.
///
/// @param key the bank's word for it
public record BankEntry(
        String key,
        LocalDate bookedOn,
        Money amount,
        @Nullable String payer,
        String remittance,
        Outcome outcome,
        @Nullable UUID paymentId) {

    /// What the hub made of it. Whatever is not matched is for people.
    public enum Outcome {
        MATCHED,
        NO_BILL,
        WRONG_CURRENCY,
        NOTHING_DUE,
        /// booked; what the bill did not ask for lies in the wallet
        OVERPAID
    }
}
