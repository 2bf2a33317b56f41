package org.quantumhub.billing;

import java.time.LocalDate;
import java.time.YearMonth;

/// A span of days, in UTC, that bills are drawn up for.
///
/// @param end the first day after it
public record BillingPeriod(LocalDate start, LocalDate end) {

    public BillingPeriod {
        if (!end.isAfter(start)) {
            throw new IllegalArgumentException("a period ends after it begins, got " + start + " to " + end);
        }
    }

    public static BillingPeriod of(YearMonth month) {
        return new BillingPeriod(month.atDay(1), month.plusMonths(1).atDay(1));
    }
}
