package org.quantumhub.billing.rest;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.quantumhub.billing.BudgetAction;
import org.quantumhub.billing.BudgetBook.Wanted;
import org.quantumhub.billing.BudgetPeriod;
import org.quantumhub.billing.BudgetScope;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.Money;
import org.quantumhub.shared.ProblemCode;

/// A budget as it arrives.
@Schema(name = "NewBudget")
public record NewBudget(
        @NotBlank @Size(max = 100) String name,

        @Schema(description = "what it counts; each scope but TEAM and PLATFORM names its member, backend or project")
        @NotNull
        BudgetScope scope,

        @Nullable UUID userId,
        @Nullable @Size(max = 100) String backend,
        @Nullable UUID projectId,

        @Schema(description = "decimal string") @NotNull @Pattern(regexp = Amounts.PATTERN)
        String amount,

        @Schema(description = "USD if missing; a team's is the currency of its wallet")
        @Nullable
        @Pattern(regexp = "[A-Z]{3}")
        String currency,

        @Schema(description = "MONTH if missing") @Nullable BudgetPeriod period,

        @Schema(description = "what happens when it is used up; NOTIFY if missing") @Nullable
        BudgetAction action) {

    /// @param team null for one that counts what everybody spends
    /// @throws HubException `INVALID_FIELD` when the scope and what it names do not fit
    Wanted toWanted(@Nullable UUID team) {
        boolean fits = switch (scope) {
            case PLATFORM -> team == null && userId == null && backend == null && projectId == null;
            case TEAM -> team != null && userId == null && backend == null && projectId == null;
            case MEMBER -> team != null && userId != null && backend == null && projectId == null;
            case BACKEND -> userId == null && backend != null && projectId == null;
            case PROJECT -> team != null && userId == null && backend == null && projectId != null;
        };
        if (!fits) {
            throw new HubException(
                            ProblemCode.INVALID_FIELD,
                            "A budget of scope " + scope + " names what the scope says, here, and nothing else.")
                    .with("field", "scope");
        }
        return new Wanted(
                Ids.next(),
                team,
                name,
                scope,
                userId,
                backend,
                projectId,
                Money.of(amount, currency == null ? "USD" : currency),
                period == null ? BudgetPeriod.MONTH : period,
                action == null ? BudgetAction.NOTIFY : action);
    }
}
