package org.quantumhub.shared;

import java.util.Set;
import java.util.UUID;

/// On whose behalf a request acts: one person, in one team. Made by the door after it has proved both;
/// services take it as a parameter, and the row-level security of their transaction follows from it.
///
/// @param userId the person or machine account
/// @param teamId the team that the request acts for, whose member the person is
/// @param roles platform roles, such as `DEVELOPER`
/// @param teamRole the role inside the team: OWNER, ADMIN or MEMBER
/// @param teamSuspended true when the team may only read
public record Caller(UUID userId, UUID teamId, Set<String> roles, String teamRole, boolean teamSuspended) {

    public Caller {
        roles = Set.copyOf(roles);
    }

    public boolean has(String role) {
        return roles.contains(role);
    }

    /// @throws HubException `TEAM_SUSPENDED` when the team may only read
    public Caller mayWrite() {
        if (teamSuspended) {
            throw new HubException(
                    ProblemCode.TEAM_SUSPENDED, "The team is suspended: it can read, but change nothing.");
        }
        return this;
    }

    /// Whether a row of this person is the caller's own.
    public boolean is(UUID person) {
        return userId.equals(person);
    }

    /// Whether a row of this team belongs to the team that the caller acts for.
    public boolean actsFor(UUID team) {
        return teamId.equals(team);
    }

    /// @throws HubException `FORBIDDEN` unless the caller is owner or admin of the team
    public Caller mayAdminister() {
        if (!administers()) {
            throw new HubException(ProblemCode.FORBIDDEN, "Only owners and admins of the team may do this.");
        }
        return this;
    }

    /// @throws HubException `FORBIDDEN` unless the caller is an owner of the team
    public Caller mayOwn() {
        if (!isOwner()) {
            throw new HubException(ProblemCode.FORBIDDEN, "Only owners of the team may do this.");
        }
        return this;
    }

    /// Whether the caller is owner or admin of the team.
    public boolean administers() {
        return isOwner() || teamRole.equals("ADMIN");
    }

    private boolean isOwner() {
        return teamRole.equals("OWNER");
    }
}
