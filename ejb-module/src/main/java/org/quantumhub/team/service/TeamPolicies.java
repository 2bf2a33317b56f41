package org.quantumhub.team.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.UUID;
import org.quantumhub.account.service.Accounts;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.team.Team;
import org.quantumhub.team.TeamRepository;

/// What a team asks of how its members come in.
@ApplicationScoped
public class TeamPolicies {

    @Inject
    TeamRepository teams;

    @Inject
    Accounts accounts;

    @Inject
    Callers callers;

    @Inject
    Clock clock;

    @Transactional
    public boolean requiresFactor(Caller caller, UUID teamId) {
        return acting(caller, teamId).requiresFactor();
    }

    /// Asks members for a second factor, from the next few seconds on. Who asks must have one, or would be the first to
    /// be shut out.
    ///
    /// @throws HubException `NO_FACTOR`, `FORBIDDEN`, `NOT_FOUND` unless the request acts for this team
    @Transactional
    public void requireFactor(Caller caller, UUID teamId, boolean required) {
        Team team = acting(caller.mayWrite().mayAdminister(), teamId);
        if (required && !accounts.me(caller).isMfaEnabled()) {
            throw new HubException(ProblemCode.NO_FACTOR, "Get a second factor yourself first: POST /api/v1/auth/mfa.");
        }
        team.requireFactor(required, clock.instant());
        callers.forget();
    }

    private Team acting(Caller caller, UUID teamId) {
        if (!caller.teamId().equals(teamId)) {
            throw missing();
        }
        return teams.find(teamId).orElseThrow(TeamPolicies::missing);
    }

    private static HubException missing() {
        return new HubException(ProblemCode.NOT_FOUND, "This request acts for no such team; name it in X-Team-Id.");
    }
}
