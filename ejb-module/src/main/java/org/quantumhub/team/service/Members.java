package org.quantumhub.team.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.Page;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.team.MembershipChanged;
import org.quantumhub.team.TeamMember;
import org.quantumhub.team.TeamRepository;
import org.quantumhub.team.TeamRepository.Colleague;
import org.quantumhub.team.TeamRole;

/// The members of the team that the caller acts for. Admins look after admins and members; owners are the owners'
/// business. A team always has an owner: asked here for a good answer, and by the database for the truth.
@ApplicationScoped
public class Members {

    @Inject
    TeamRepository teams;

    @Inject
    Event<MembershipChanged> changed;

    @Transactional
    public Page<Colleague> list(Caller caller, @Nullable UUID after, int size) {
        return Page.cut(
                teams.members(caller.teamId(), after, size),
                size,
                colleague -> colleague.member().userId());
    }

    @Transactional
    public Colleague get(Caller caller, UUID userId) {
        return teams.member(caller.teamId(), userId)
                .orElseThrow(() -> new HubException(ProblemCode.NOT_FOUND, "There is no such member."));
    }

    /// @throws HubException `FORBIDDEN` when it is not the caller's to change, `LAST_OWNER` when nobody would own the
    /// team
    @Transactional
    public Colleague change(Caller caller, UUID userId, MemberChange change) {
        caller.mayWrite().mayAdminister();
        teams.lock(caller.teamId());
        Colleague colleague = get(caller, userId);
        TeamMember member = colleague.member();
        if (member.role() == TeamRole.OWNER || change.role() == TeamRole.OWNER) {
            caller.mayOwn();
        }
        if (change.role() != null && change.role() != member.role()) {
            refuseLastOwner(member);
            member.become(change.role());
            changed.fire(new MembershipChanged(caller.teamId(), userId));
        }
        if (change.limit() != null) {
            member.limitSpending(change.limit().amount());
        }
        return colleague;
    }

    /// Takes a person out of the team, or lets the caller leave. The person's API keys of this team open nothing any
    /// more.
    ///
    /// @throws HubException `LAST_OWNER` when nobody would own the team
    @Transactional
    public void remove(Caller caller, UUID userId) {
        caller.mayWrite();
        if (!caller.is(userId)) {
            caller.mayAdminister();
        }
        teams.lock(caller.teamId());
        TeamMember member = get(caller, userId).member();
        if (member.role() == TeamRole.OWNER) {
            caller.mayOwn();
            refuseLastOwner(member);
        }
        teams.remove(member);
        changed.fire(new MembershipChanged(caller.teamId(), userId));
    }

    private void refuseLastOwner(TeamMember member) {
        if (member.role() == TeamRole.OWNER && teams.owners(member.teamId()) == 1) {
            throw new HubException(
                    ProblemCode.LAST_OWNER, "This is the only owner of the team; make somebody else an owner first.");
        }
    }
}
