package org.quantumhub.team.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Settings of teams.
@ApplicationScoped
public class TeamConfig {

    @Inject
    @ConfigProperty(name = "hub.team.currency", defaultValue = "USD")
    String currency;

    @Inject
    @ConfigProperty(name = "hub.team.owned", defaultValue = "20")
    int owned;

    @Inject
    @ConfigProperty(name = "hub.team.invitations-per-minute", defaultValue = "10")
    int invitationsPerMinute;

    @Inject
    @ConfigProperty(name = "hub.team.invite-only", defaultValue = "false")
    boolean inviteOnly;

    /// Currency of new teams.
    public String currency() {
        return currency;
    }

    /// How many teams a person may own.
    public int owned() {
        return owned;
    }

    public int invitationsPerMinute() {
        return invitationsPerMinute;
    }

    /// Whether nobody registers without an invitation or an invitation code.
    public boolean inviteOnly() {
        return inviteOnly;
    }
}
