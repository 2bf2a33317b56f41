package org.quantumhub.account.service;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.account.Session;
import org.quantumhub.account.SessionEnd;
import org.quantumhub.account.SignInMethod;
import org.quantumhub.account.User;
import org.quantumhub.account.service.SessionTurns.Begun;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.Page;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.shared.service.Seal;

/// Who is signed in from where: sessions begin, go on with new tokens, and end.
@ApplicationScoped
public class Sessions {

    /// How long a session that ended elsewhere may still open the door of this server.
    private static final Duration REMEMBERED = Duration.ofSeconds(4);

    @Inject
    SessionTurns turns;

    @Inject
    AccessTokens tokens;

    @Inject
    Seal seal;

    private final Cache<UUID, UUID> open = Caffeine.newBuilder()
            .maximumSize(50_000)
            .expireAfterWrite(REMEMBERED)
            .build();

    /// Tokens and whose they are.
    public record SignedIn(String accessToken, String refreshToken, Session session, User user) {

        @Override
        public String toString() {
            return "SignedIn[" + user.username() + "]"; // never the tokens
        }
    }

    /// Begins a session for somebody who has proved who they are.
    ///
    /// @throws HubException `WRONG_CREDENTIALS` when the account was closed meanwhile
    SignedIn begin(UUID userId, SignInMethod method, Visitor visitor) {
        return turns.begin(userId, method, visitor)
                .map(this::signedIn)
                .orElseThrow(() -> new HubException(ProblemCode.WRONG_CREDENTIALS, "This account is closed."));
    }

    /// New tokens for a refresh token, which is used up by it. One that was used before ends its session.
    ///
    /// @throws HubException `SESSION_ENDED`, whatever the reason
    public SignedIn refresh(String refreshToken, Visitor visitor) {
        Begun begun = RefreshToken.read(refreshToken, seal)
                .flatMap(shown -> {
                    var next = turns.refresh(shown, visitor);
                    if (next.isEmpty()) {
                        open.invalidate(shown.sessionId());
                    }
                    return next;
                })
                .orElseThrow(() -> new HubException(
                        ProblemCode.SESSION_ENDED, "This refresh token opens nothing any more; sign in again."));
        return signedIn(begun);
    }

    private SignedIn signedIn(Begun begun) {
        String access =
                tokens.issue(begun.user(), begun.session().id(), begun.session().jti());
        return new SignedIn(access, begun.refresh().text(), begun.session(), begun.user());
    }

    /// Whether the tokens of a session are good; the answer is remembered for a few seconds.
    public boolean isOpen(UUID userId, UUID sessionId) {
        if (userId.equals(open.getIfPresent(sessionId))) {
            return true;
        }
        boolean isOpen = turns.isOpen(userId, sessionId);
        if (isOpen) {
            open.put(sessionId, userId);
        }
        return isOpen;
    }

    /// Open sessions of the caller, newest first.
    public Page<Session> list(Caller caller, @Nullable UUID before, int size) {
        return turns.list(caller, before, size);
    }

    /// Ends one session of the caller, here at once and on every server within five seconds.
    ///
    /// @throws HubException `NOT_FOUND` when the caller has no such open session
    public void end(Caller caller, UUID sessionId, SessionEnd reason) {
        turns.end(caller, sessionId, reason);
        open.invalidate(sessionId);
    }

    /// Ends all sessions of the caller.
    public void endAll(Caller caller, SessionEnd reason) {
        turns.endAll(caller, reason);
        open.invalidateAll();
    }

    /// This server asks again about every session.
    void forget() {
        open.invalidateAll();
    }
}
