package org.quantumhub.billing;

import java.util.UUID;
import org.quantumhub.shared.Money;

/// A transfer to be posted.
///
/// @param reference what it is for; together with the kind it can happen once only
public record Transfer(TransferKind kind, UUID teamId, UUID reference, Money amount, String description) {

    public Transfer {
        if (!amount.isPositive()) {
            throw new IllegalArgumentException("a transfer moves more than nothing, got " + amount);
        }
    }
}
