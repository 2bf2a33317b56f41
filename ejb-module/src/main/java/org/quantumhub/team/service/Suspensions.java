package org.quantumhub.team.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.Page;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.team.Team;
import org.quantumhub.team.TeamRepository;
import org.quantumhub.team.TeamStanding;

/// All teams, for who runs the platform. A suspended team reads and changes nothing; what it has running goes on, is
/// watched to its end and charged.
@ApplicationScoped
public class Suspensions {

    private static final Logger LOG = System.getLogger(Suspensions.class.getName());

    @Inject
    TeamRepository teams;

    @Inject
    Event<TeamStanding> standing;

    @Inject
    Clock clock;

    /// @param part of a name or slug, null for every team
    @Transactional
    public Page<Team> list(
            Caller operator, @Nullable String part, @Nullable Boolean suspended, @Nullable UUID after, int size) {
        return Page.cut(teams.all(part, suspended, after, size), size, Team::id);
    }

    @Transactional
    public Team get(Caller operator, UUID id) {
        return teams.find(id).orElseThrow(() -> new HubException(ProblemCode.NOT_FOUND, "There is no such team."));
    }

    @Transactional
    public Team suspend(Caller operator, UUID id, String reason) {
        Team team = get(operator, id);
        team.suspend(reason, clock.instant());
        tell(operator, team);
        return team;
    }

    @Transactional
    public Team resume(Caller operator, UUID id) {
        Team team = get(operator, id);
        team.resume(clock.instant());
        tell(operator, team);
        return team;
    }

    private void tell(Caller operator, Team team) {
        LOG.log(Level.INFO, "team suspended={0} team={1} by={2}", team.isSuspended(), team.id(), operator.userId());
        standing.fire(new TeamStanding(team.id(), team.name(), team.isSuspended()));
    }
}
