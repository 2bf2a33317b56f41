package org.quantumhub.billing.service;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.billing.BudgetBook.Open;
import org.quantumhub.billing.BudgetBook.Taking;
import org.quantumhub.billing.Ledger.Purse;
import org.quantumhub.billing.service.Charging.Hold;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.Money;
import org.quantumhub.shared.ProblemCode;

/// Which of a group of holds the wallets and budgets cover, gone through in order. Both are locked while this is found
/// out, so what is covered here is covered when it is posted.
public final class Coverage {

    private final List<Hold> holds = new ArrayList<>();
    private final Map<UUID, HubException> refusals = new HashMap<>();
    private final List<Taking> takings = new ArrayList<>();
    private final Map<UUID, Money> left = new HashMap<>();
    private final Map<UUID, Money> used = new HashMap<>();

    private Coverage() {}

    static Coverage of(List<Hold> holds, Map<UUID, Purse> purses, List<Open> budgets) {
        Coverage coverage = new Coverage();
        purses.forEach((team, purse) -> coverage.left.put(team, purse.available()));
        budgets.forEach(budget -> coverage.used.put(budget.id(), budget.used()));
        for (Hold hold : holds) {
            HubException refusal = coverage.cover(hold, budgets);
            if (refusal == null) {
                coverage.holds.add(hold);
            } else {
                coverage.refusals.put(hold.reference(), refusal);
            }
        }
        return coverage;
    }

    private @Nullable HubException cover(Hold hold, List<Open> budgets) {
        Money cost = hold.amount();
        Money purse = left.get(hold.teamId());
        if (purse == null || !purse.currency().equals(cost.currency()) || purse.compareTo(cost) < 0) {
            return uncovered(cost, purse);
        }
        List<Open> counting = budgets.stream()
                .filter(budget ->
                        budget.counts(hold.teamId(), hold.userId(), hold.backend(), hold.projectId(), cost.currency()))
                .toList();
        for (Open budget : counting) {
            Money before = used.getOrDefault(budget.id(), budget.used());
            if (exceeds(budget, before, cost)) {
                return exceeded(budget, before, cost);
            }
        }
        left.put(hold.teamId(), purse.minus(cost));
        if (cost.isPositive()) {
            for (Open budget : counting) {
                used.merge(budget.id(), cost, Money::plus);
                takings.add(
                        new Taking(budget.id(), hold.reference(), hold.teamId(), cost.amount(), budget.periodStart()));
            }
        }
        return null;
    }

    private static boolean exceeds(Open budget, Money before, Money cost) {
        if (cost.isPositive()) {
            return budget.action().caps() && before.plus(cost).compareTo(budget.amount()) > 0;
        }
        return budget.action().stopsFreeWork() && before.compareTo(budget.amount()) >= 0;
    }

    private static HubException uncovered(Money cost, @Nullable Money purse) {
        String has = purse == null ? "nothing" : purse.toString();
        return new HubException(
                        ProblemCode.INSUFFICIENT_FUNDS,
                        "The job is estimated at " + cost + ", the team has " + has + " left.")
                .with("required", cost.amount().toPlainString())
                .with("available", purse == null ? "0" : purse.amount().toPlainString())
                .with("currency", cost.currency().getCurrencyCode());
    }

    /// What a budget of the platform amounts to is nobody's business but the operator's.
    private static HubException exceeded(Open budget, Money before, Money cost) {
        if (budget.teamId() == null) {
            return new HubException(
                            ProblemCode.BUDGET_EXCEEDED, "A budget of the platform is used up; ask the operator.")
                    .with("required", cost.amount().toPlainString())
                    .with("currency", cost.currency().getCurrencyCode());
        }
        return new HubException(
                        ProblemCode.BUDGET_EXCEEDED,
                        "The job is estimated at " + cost + "; the budget '" + budget.name() + "' has used " + before
                                + " of " + budget.amount() + ".")
                .with("budget", budget.id())
                .with("required", cost.amount().toPlainString())
                .with("used", before.amount().toPlainString())
                .with("amount", budget.amount().amount().toPlainString())
                .with("currency", cost.currency().getCurrencyCode());
    }

    /// Why a hold is refused, by its reference.
    public Map<UUID, HubException> refusals() {
        return Map.copyOf(refusals);
    }

    /// The holds that are covered.
    List<Hold> holds() {
        return holds;
    }

    List<Taking> takings(Set<UUID> references) {
        return takings.stream()
                .filter(taking -> references.contains(taking.reference()))
                .toList();
    }
}
