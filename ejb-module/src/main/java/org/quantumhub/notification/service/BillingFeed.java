package org.quantumhub.notification.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.json.Json;
import org.quantumhub.billing.BudgetThresholdReached;

/// What happens to the money of teams, for those who listen.
@ApplicationScoped
public class BillingFeed {

    @Inject
    Feed feed;

    /// Comes from a transaction of the background.
    void told(@Observes BudgetThresholdReached reached) {
        if (reached.teamId() == null) {
            return; // of the platform's budgets no team hears
        }
        feed.tellFromBackground(
                reached.teamId(),
                null,
                "budget.threshold-reached",
                reached.budgetId().toString(),
                Json.createObjectBuilder()
                        .add("budgetId", reached.budgetId().toString())
                        .add("name", reached.name())
                        .add("threshold", reached.threshold())
                        .add("used", reached.used().amount().toPlainString())
                        .add("amount", reached.amount().amount().toPlainString())
                        .add("currency", reached.amount().currency().getCurrencyCode())
                        .build());
    }
}
