package org.quantumhub.analytics.rest;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.quantumhub.analytics.UsageBook.Usage;

/// A day of usage of one member on one backend for one project in the columns of FOCUS 1.0, the FinOps Open Cost and
/// Usage
/// Specification. The
/// hub lists and bills one price, so its four costs are the same.
final class FocusRow {

    static final List<String> HEAD = List.of(
            "BilledCost",
            "BillingAccountId",
            "BillingCurrency",
            "BillingPeriodEnd",
            "BillingPeriodStart",
            "ChargeCategory",
            "ChargeClass",
            "ChargeDescription",
            "ChargeFrequency",
            "ChargePeriodEnd",
            "ChargePeriodStart",
            "ConsumedQuantity",
            "ConsumedUnit",
            "ContractedCost",
            "EffectiveCost",
            "InvoiceIssuerName",
            "ListCost",
            "PricingCategory",
            "PricingQuantity",
            "PricingUnit",
            "ProviderName",
            "PublisherName",
            "ResourceId",
            "ResourceName",
            "ResourceType",
            "ServiceCategory",
            "ServiceName",
            "SkuId",
            "SubAccountId",
            "Tags");

    private static final String HUB = "Quantum Hub";

    private FocusRow() {}

    /// @param usage grouped by everything
    static List<@Nullable Object> of(Usage usage) {
        LocalDate day = Objects.requireNonNull(usage.day());
        LocalDate month = day.withDayOfMonth(1);
        String cost = usage.cost().toPlainString();
        return Arrays.asList(
                cost,
                usage.teamId(),
                usage.currency(),
                midnight(month.plusMonths(1)),
                midnight(month),
                "Usage",
                null,
                "Jobs on " + usage.backend(),
                "Usage-Based",
                midnight(day.plusDays(1)),
                midnight(day),
                usage.shots(),
                "Shots",
                cost,
                cost,
                HUB,
                cost,
                "Standard",
                usage.completed(),
                "Jobs",
                HUB,
                HUB,
                usage.backend(),
                usage.backend(),
                "Quantum backend",
                "Compute",
                "Quantum computing",
                usage.backend(),
                usage.userId(),
                usage.projectId() == null ? "{}" : "{\"project\":\"" + usage.projectId() + "\"}");
    }

    private static String midnight(LocalDate day) {
        return day + "T00:00:00Z";
    }
}
