package org.quantumhub.team.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.quantumhub.account.UserDeleted;
import org.quantumhub.account.UserRegistered;
import org.quantumhub.account.UserRepository;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.service.RowSecurity;
import org.quantumhub.team.Team;
import org.quantumhub.team.TeamCreated;
import org.quantumhub.team.TeamMember;
import org.quantumhub.team.TeamRepository;
import org.quantumhub.team.TeamRole;

/// Gives everybody a team of their own the moment they register, in the same transaction.
@ApplicationScoped
public class PersonalTeams {

    @Inject
    TeamRepository teams;

    @Inject
    Ownership ownership;

    @Inject
    UserRepository users;

    @Inject
    RowSecurity rowSecurity;

    @Inject
    Event<TeamCreated> created;

    @Inject
    Clock clock;

    @Inject
    TeamConfig config;

    /// The name of a personal team tells whose it was. An administrator who deletes somebody is in none of these teams,
    /// so that their ids are asked for otherwise.
    ///
    /// @throws org.quantumhub.shared.HubException `LAST_OWNER` when others would be left without an owner
    void forget(@Observes UserDeleted deleted) {
        for (UUID team : ownership.of(deleted.userId())) {
            teams.find(team).ifPresent(found -> found.forgetPerson(clock.instant()));
        }
    }

    void welcome(@Observes UserRegistered registered) {
        UUID teamId = Ids.next();
        Instant now = clock.instant();
        rowSecurity.actFor(registered.userId(), teamId);
        Team team = Team.personalOf(registered.username(), teamId, config.currency(), now);
        teams.add(team, new TeamMember(teamId, registered.userId(), TeamRole.OWNER, now));
        users.find(registered.userId()).orElseThrow().choose(teamId, now);
        created.fire(new TeamCreated(teamId, registered.userId(), team.currency(), true));
    }
}
