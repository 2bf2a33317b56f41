package org.quantumhub.billing;

/// After which time a budget begins again with nothing used. Periods are those of the calendar, in UTC; a week begins
/// on
/// Monday.
public enum BudgetPeriod {
    DAY,
    WEEK,
    MONTH,
    QUARTER,
    YEAR,
    /// never
    TOTAL
}
