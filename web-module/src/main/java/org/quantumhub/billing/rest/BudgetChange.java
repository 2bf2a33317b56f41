package org.quantumhub.billing.rest;

import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.quantumhub.billing.BudgetAction;
import org.quantumhub.billing.BudgetBook.Change;

/// What is to be changed of a budget.
@Schema(name = "BudgetChange")
public record BudgetChange(
        @Nullable @Size(min = 1, max = 100) String name,
        @Nullable @Pattern(regexp = Amounts.PATTERN) String amount,
        @Nullable BudgetAction action,
        @Nullable Boolean active) {

    Change toChange() {
        return new Change(name, amount == null ? null : Amounts.read(amount), action, active);
    }
}
