package org.quantumhub.billing;

/// What happens when a budget is used up.
public enum BudgetAction {
    /// people are told
    NOTIFY,
    /// nothing that costs more than is left is taken any more
    BLOCK_PAID,
    /// nothing is taken any more, not even what is free
    BLOCK_ALL,
    /// nothing is taken any more, and what is under way is cancelled
    CANCEL_RUNNING;

    /// Whether the budget is never exceeded.
    public boolean caps() {
        return this != NOTIFY;
    }

    /// Whether a used-up budget stops free work too.
    public boolean stopsFreeWork() {
        return this == BLOCK_ALL || this == CANCEL_RUNNING;
    }
}
