package org.quantumhub.team.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.quantumhub.account.User;
import org.quantumhub.account.service.Accounts;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.team.Team;
import org.quantumhub.team.TeamMember;
import org.quantumhub.team.TeamRepository;
import org.quantumhub.team.service.Callers.Known;

/// Who belongs to which team.
@ApplicationScoped
public class Memberships {

    @Inject
    TeamRepository teams;

    @Inject
    Accounts accounts;

    /// Everything about a caller that the rest of the hub asks for.
    ///
    /// @param teamId null for the person's default team
    @Transactional
    public Known resolve(UUID userId, @Nullable UUID teamId) {
        User user = accounts.active(userId)
                .orElseThrow(() -> new HubException(ProblemCode.UNAUTHENTICATED, "This account is closed."));
        UUID acting = teamId != null ? teamId : home(user);
        TeamMember member = teams.membership(acting, userId).orElseThrow(Memberships::notAMember);
        Team team = teams.find(acting).orElseThrow(Memberships::notAMember);
        Caller caller = new Caller(
                userId,
                acting,
                user.roles().stream().map(Enum::name).collect(Collectors.toUnmodifiableSet()),
                member.role().name(),
                team.isSuspended());
        return new Known(caller, team.requiresFactor() && !user.isMfaEnabled());
    }

    /// The default team; who has left it acts for the oldest of the others.
    private UUID home(User user) {
        UUID chosen = user.defaultTeamId();
        return chosen != null ? chosen : teams.firstOf(user.id()).orElseThrow(Memberships::notAMember);
    }

    private static HubException notAMember() {
        return new HubException(ProblemCode.NOT_A_MEMBER, "You are not a member of that team.");
    }
}
