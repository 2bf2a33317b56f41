package org.quantumhub.billing;

import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.shared.Money;

/// A budget has been used to 50, 80 or 100 percent; once for each in a period. Fired inside the transaction that marks
/// the
/// warning as told.
///
/// @param teamId null for a budget of the platform
/// @param threshold in percent
public record BudgetThresholdReached(
        UUID budgetId,
        String name,
        BudgetScope scope,
        @Nullable UUID teamId,
        @Nullable UUID userId,
        @Nullable String backend,
        @Nullable UUID projectId,
        BudgetAction action,
        LocalDate periodStart,
        int threshold,
        Money used,
        Money amount) {

    /// Whether work under way is to be stopped.
    public boolean stopsRunningWork() {
        return threshold == 100 && action == BudgetAction.CANCEL_RUNNING;
    }
}
