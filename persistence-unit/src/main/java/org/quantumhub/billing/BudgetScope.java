package org.quantumhub.billing;

/// Whose spending a budget caps.
public enum BudgetScope {
    /// everybody's
    PLATFORM,
    /// a team's
    TEAM,
    /// one member's, in one team
    MEMBER,
    /// what runs on one backend, of one team or of everybody
    BACKEND,
    /// what belongs to one project
    PROJECT
}
