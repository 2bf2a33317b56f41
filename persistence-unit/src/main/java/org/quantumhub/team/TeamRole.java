package org.quantumhub.team;

/// What a person may do in a team, the mightiest first.
public enum TeamRole {
    /// Everything, and there is always one.
    OWNER,
    /// Members, secrets, webhooks and settings, but nothing about owners.
    ADMIN,
    /// Works with what the team has.
    MEMBER
}
