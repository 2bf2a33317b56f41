package org.quantumhub.team.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.account.User;
import org.quantumhub.account.UserRepository;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.Page;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.shared.service.RowSecurity;
import org.quantumhub.team.Invitation;
import org.quantumhub.team.InvitationIssued;
import org.quantumhub.team.InvitationRepository;
import org.quantumhub.team.MembershipChanged;
import org.quantumhub.team.Team;
import org.quantumhub.team.TeamMember;
import org.quantumhub.team.TeamRepository;
import org.quantumhub.team.TeamRepository.Belonging;
import org.quantumhub.team.TeamRole;

/// Invitations into a team: sent by its owners and admins, accepted by whoever has the token and the address.
@ApplicationScoped
public class Invitations {

    private static final Duration WINDOW = Duration.ofMinutes(1);

    @Inject
    InvitationRepository invitations;

    @Inject
    TeamRepository teams;

    @Inject
    UserRepository users;

    @Inject
    RowSecurity rowSecurity;

    @Inject
    TeamConfig config;

    @Inject
    Event<InvitationIssued> issued;

    @Inject
    Event<MembershipChanged> changed;

    @Inject
    Clock clock;

    /// An open invitation as the invited person sees it.
    public record Shown(Invitation invitation, Team team) {}

    /// Asks an address into the team. An invitation of the same address that is still open is taken back: its token
    /// opens nothing any more.
    ///
    /// @throws HubException `ALREADY_MEMBER`, or `TOO_MANY_REQUESTS` beyond ten a minute
    @Transactional
    public Invitation invite(Caller caller, String email, TeamRole role) {
        caller.mayWrite().mayAdminister();
        if (role == TeamRole.OWNER) {
            throw new HubException(
                            ProblemCode.INVALID_FIELD,
                            "role: an invitation makes an ADMIN or a MEMBER; owners are made of members.")
                    .with("field", "role");
        }
        teams.lock(caller.teamId()); // so that ten a minute are ten, however many ask at a time
        Instant now = clock.instant();
        if (invitations.countSince(caller.teamId(), now.minus(WINDOW)) >= config.invitationsPerMinute()) {
            throw new HubException(
                            ProblemCode.TOO_MANY_REQUESTS,
                            "A team sends at most " + config.invitationsPerMinute() + " invitations a minute.")
                    .with("retryAfter", WINDOW.toSeconds())
                    .with("limit", config.invitationsPerMinute());
        }
        String address = User.normalised(email);
        if (teams.hasAddress(caller.teamId(), address)) {
            throw new HubException(ProblemCode.ALREADY_MEMBER, "Somebody with this address is in the team already.")
                    .with("field", "email");
        }
        invitations.pending(caller.teamId(), address).ifPresent(earlier -> {
            earlier.revoke(now);
            invitations.write();
        });
        InvitationToken token = InvitationToken.generate();
        Invitation invitation =
                new Invitation(Ids.next(), caller.teamId(), address, role, token.hash(), caller.userId(), now);
        invitations.add(invitation);
        issued.fire(new InvitationIssued(
                invitation.id(),
                caller.teamId(),
                teams.find(caller.teamId()).orElseThrow().name(),
                address,
                role,
                caller.userId(),
                token.text(),
                invitation.expiresAt()));
        return invitation;
    }

    @Transactional
    public Page<Invitation> list(Caller caller, @Nullable UUID before, int size) {
        caller.mayAdminister();
        return Page.cut(invitations.of(caller.teamId(), before, size), size, Invitation::id);
    }

    /// Takes an invitation back; one that has ended stays as it ended.
    ///
    /// @throws HubException `INVITATION_CLOSED` when it has been accepted
    @Transactional
    public void revoke(Caller caller, UUID id) {
        caller.mayWrite().mayAdminister();
        Invitation invitation = invitations
                .find(id)
                .filter(found -> caller.actsFor(found.teamId()))
                .orElseThrow(() -> new HubException(ProblemCode.NOT_FOUND, "There is no such invitation."));
        if (invitation.status(clock.instant()) == org.quantumhub.team.InvitationStatus.ACCEPTED) {
            throw closed(invitation, clock.instant());
        }
        invitation.revoke(clock.instant());
    }

    /// What somebody who has a token is asked into.
    @Transactional
    public Shown show(Caller caller, String text) {
        Invitation invitation = find(text);
        refuseOthers(caller, invitation);
        return new Shown(invitation, teams.find(invitation.teamId()).orElseThrow(Invitations::unknown));
    }

    /// Makes the caller a member of the team that the token leads to.
    ///
    /// @throws HubException `NOT_FOUND`, `INVITATION_FOR_ANOTHER`, `INVITATION_CLOSED`, `ALREADY_MEMBER` or
    /// `TEAM_SUSPENDED`
    @Transactional
    public Belonging accept(Caller caller, String text) {
        Invitation invitation = find(text);
        refuseOthers(caller, invitation);
        Instant now = clock.instant();
        UUID teamId = invitation.teamId();
        rowSecurity.actFor(caller.userId(), teamId);
        teams.lock(teamId);
        invitations.refresh(invitation); // somebody may have taken it back while this one waited
        if (!invitation.isOpen(now)) {
            throw closed(invitation, now);
        }
        Team team = teams.find(teamId).orElseThrow(Invitations::unknown);
        if (team.isSuspended()) {
            throw new HubException(ProblemCode.TEAM_SUSPENDED, "The team is suspended: nobody can join it now.");
        }
        if (teams.membership(teamId, caller.userId()).isPresent()) {
            throw new HubException(ProblemCode.ALREADY_MEMBER, "You are in this team already.");
        }
        invitation.accept(caller.userId(), now);
        teams.add(new TeamMember(teamId, caller.userId(), invitation.role(), now));
        changed.fire(new MembershipChanged(teamId, caller.userId()));
        return new Belonging(team, invitation.role());
    }

    private Invitation find(String text) {
        Optional<InvitationToken> token = InvitationToken.read(text);
        token.ifPresent(shown -> rowSecurity.presentInvitation(shown.hash()));
        return token.flatMap(shown -> invitations.findByToken(shown.hash())).orElseThrow(Invitations::unknown);
    }

    private void refuseOthers(Caller caller, Invitation invitation) {
        String email = users.find(caller.userId()).map(User::email).orElse("");
        if (!email.equals(invitation.email())) {
            throw new HubException(
                    ProblemCode.INVITATION_FOR_ANOTHER,
                    "This invitation was sent to another address than that of your account.");
        }
    }

    private static HubException unknown() {
        return new HubException(ProblemCode.NOT_FOUND, "There is no such invitation.");
    }

    private static HubException closed(Invitation invitation, Instant now) {
        return new HubException(ProblemCode.INVITATION_CLOSED, "This invitation is " + invitation.status(now) + ".")
                .with("invitationStatus", invitation.status(now).name());
    }
}
