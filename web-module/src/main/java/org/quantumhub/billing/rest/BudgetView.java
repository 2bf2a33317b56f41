package org.quantumhub.billing.rest;

import java.time.LocalDate;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.quantumhub.billing.Budget;
import org.quantumhub.billing.BudgetAction;
import org.quantumhub.billing.BudgetPeriod;
import org.quantumhub.billing.BudgetScope;

/// A budget as it leaves the hub.
@Schema(name = "Budget", description = "Amounts are decimal strings.")
public record BudgetView(
        UUID id,
        String name,
        BudgetScope scope,
        @Nullable UUID userId,
        @Nullable String backend,
        @Nullable UUID projectId,
        String amount,
        String currency,
        BudgetPeriod period,
        BudgetAction action,
        boolean active,

        @Schema(description = "set aside and charged in the period that began at periodStart")
        String used,

        @Schema(description = "the first day of the period in which it was last used")
        LocalDate periodStart,

        long version) {

    static BudgetView of(Budget budget) {
        return new BudgetView(
                budget.id(),
                budget.name(),
                budget.scope(),
                budget.userId(),
                budget.backend(),
                budget.projectId(),
                Amounts.plain(budget.amount()),
                budget.amount().currency().getCurrencyCode(),
                budget.period(),
                budget.action(),
                budget.isActive(),
                Amounts.plain(budget.used()),
                budget.periodStart(),
                budget.version());
    }
}
