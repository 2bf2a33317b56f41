package org.quantumhub.notification.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.UUID;
import org.quantumhub.billing.BillIssued;
import org.quantumhub.billing.BillOverdue;
import org.quantumhub.billing.BudgetThresholdReached;
import org.quantumhub.billing.PaymentReceived;
import org.quantumhub.notification.FeedEntry.Audience;

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
                Audience.MEMBERS,
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

    /// A bill or a credit note has its number now.
    void told(@Observes BillIssued issued) {
        feed.tellFromBackground(
                issued.teamId(),
                Audience.BILLING,
                "bill.issued",
                issued.billId().toString(),
                Json.createObjectBuilder()
                        .add("billId", issued.billId().toString())
                        .add("kind", issued.kind().name())
                        .add("number", issued.number())
                        .add("total", issued.total().toPlainString())
                        .add("due", issued.due().toPlainString())
                        .add("currency", issued.currency())
                        .add("dueDate", issued.dueDate().toString())
                        .build());
    }

    void told(@Observes BillOverdue overdue) {
        feed.tellFromBackground(
                overdue.teamId(),
                Audience.BILLING,
                "bill.overdue",
                overdue.billId().toString(),
                Json.createObjectBuilder()
                        .add("billId", overdue.billId().toString())
                        .add("number", overdue.number())
                        .add("pending", overdue.pending().toPlainString())
                        .add("currency", overdue.currency())
                        .add("dueDate", overdue.dueDate().toString())
                        .add("reminder", overdue.level())
                        .build());
    }

    /// Every payment, and besides it that nothing is left to be paid of the bill.
    void told(@Observes PaymentReceived received) {
        JsonObjectBuilder data = Json.createObjectBuilder()
                .add("paymentId", received.paymentId().toString())
                .add("amount", received.amount().toPlainString())
                .add("currency", received.currency());
        UUID bill = received.billId();
        if (bill != null) {
            data.add("billId", bill.toString());
        }
        JsonObject json = data.build();
        feed.tellFromBackground(
                received.teamId(),
                Audience.BILLING,
                "payment.received",
                received.paymentId().toString(),
                json);
        if (bill != null && received.billPaid()) {
            feed.tellFromBackground(received.teamId(), Audience.BILLING, "bill.paid", bill.toString(), json);
        }
    }
}
