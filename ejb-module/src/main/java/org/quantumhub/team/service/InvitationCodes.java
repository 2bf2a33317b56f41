package org.quantumhub.team.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.account.UserRegistered;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.Page;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.shared.service.RowSecurity;
import org.quantumhub.team.InvitationCode;
import org.quantumhub.team.InvitationCodeRepository;
import org.quantumhub.team.InvitationRepository;

/// Codes that let people register where registration is by invitation only. An invitation into a team, shown by the
/// address it was sent to, does too.
@ApplicationScoped
public class InvitationCodes {

    @Inject
    InvitationCodeRepository codes;

    @Inject
    InvitationRepository invitations;

    @Inject
    RowSecurity rowSecurity;

    @Inject
    TeamConfig config;

    @Inject
    Clock clock;

    /// A new code with its text, which is shown this once.
    public record Issued(InvitationCode code, String text) {

        @Override
        public String toString() {
            return "Issued[" + code.id() + "]"; // never the code
        }
    }

    @Transactional
    public Issued create(Caller administrator, int uses, @Nullable Instant expiresAt, @Nullable String note) {
        Instant now = clock.instant();
        if (expiresAt != null && !expiresAt.isAfter(now)) {
            throw new HubException(ProblemCode.INVALID_FIELD, "A code cannot end before it begins.")
                    .with("field", "expiresAt");
        }
        InvitationToken token = InvitationToken.generateCode();
        InvitationCode code = new InvitationCode(
                Ids.next(), token.hash(), token.hint(), note, uses, expiresAt, administrator.userId(), now);
        codes.add(code);
        return new Issued(code, token.text());
    }

    @Transactional
    public Page<InvitationCode> list(Caller administrator, @Nullable UUID before, int size) {
        return Page.cut(codes.all(before, size), size, InvitationCode::id);
    }

    /// From now on nobody comes in with it.
    @Transactional
    public void revoke(Caller administrator, UUID id) {
        codes.find(id)
                .orElseThrow(() -> new HubException(ProblemCode.NOT_FOUND, "There is no such invitation code."))
                .revoke(clock.instant());
    }

    /// Part of the registration: whoever has no invitation leaves no trace.
    void admit(@Observes UserRegistered registered) {
        if (registered.trusted() || !config.inviteOnly()) {
            return;
        }
        String shown = registered.invitation();
        if (shown == null || !(opensAsCode(shown) || opensAsInvitation(shown, registered.email()))) {
            throw new HubException(
                            ProblemCode.INVITATION_REQUIRED,
                            "Registration is by invitation only: give a code that is still good.")
                    .with("field", "invitationCode");
        }
    }

    private boolean opensAsCode(String shown) {
        Optional<InvitationToken> code = InvitationToken.readCode(shown);
        code.ifPresent(known -> rowSecurity.presentInvitation(known.hash()));
        return code.isPresent() && codes.use(code.get().hash(), clock.instant());
    }

    private boolean opensAsInvitation(String shown, String email) {
        Optional<InvitationToken> token = InvitationToken.read(shown);
        token.ifPresent(known -> rowSecurity.presentInvitation(known.hash()));
        return token.flatMap(known -> invitations.findByToken(known.hash()))
                .filter(invitation -> invitation.email().equals(email) && invitation.isOpen(clock.instant()))
                .isPresent();
    }
}
