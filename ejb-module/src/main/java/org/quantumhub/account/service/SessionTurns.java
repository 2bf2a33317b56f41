package org.quantumhub.account.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.account.AccountSecured;
import org.quantumhub.account.AccountSecured.Change;
import org.quantumhub.account.Session;
import org.quantumhub.account.SessionEnd;
import org.quantumhub.account.SessionRepository;
import org.quantumhub.account.SignInMethod;
import org.quantumhub.account.User;
import org.quantumhub.account.UserRepository;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.Page;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.shared.service.RowSecurity;
import org.quantumhub.shared.service.Seal;

/// The transactions of sessions. They answer instead of throwing where what they found must be kept: that a refresh
/// token was used twice is written down though the request is refused.
@ApplicationScoped
public class SessionTurns {

    @Inject
    SessionRepository sessions;

    @Inject
    UserRepository users;

    @Inject
    RowSecurity rowSecurity;

    @Inject
    Event<AccountSecured> secured;

    @Inject
    AccountConfig config;

    @Inject
    Seal seal;

    @Inject
    Clock clock;

    /// A session with the refresh token that goes on with it.
    record Begun(User user, Session session, RefreshToken refresh) {}

    @Transactional
    Optional<Begun> begin(UUID userId, SignInMethod method, Visitor visitor) {
        rowSecurity.actFor(userId);
        Optional<User> user = users.lock(userId).filter(User::isActive);
        if (user.isEmpty()) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        user.get().signedIn(now);
        UUID id = Ids.next();
        RefreshToken refresh = RefreshToken.make(id, userId, seal);
        Session session = new Session(
                id,
                userId,
                method,
                UUID.randomUUID(),
                refresh.hash(),
                visitor.address(),
                visitor.agent(),
                now,
                now.plus(config.sessionLife()));
        sessions.add(session);
        return Optional.of(new Begun(user.get(), session, refresh));
    }

    /// @return empty when the token is good for nothing any more
    @Transactional
    Optional<Begun> refresh(RefreshToken shown, Visitor visitor) {
        rowSecurity.actFor(shown.userId());
        Instant now = clock.instant();
        Optional<Session> found = sessions.lock(shown.sessionId()).filter(session -> session.isOpen(now));
        Optional<User> user = users.find(shown.userId()).filter(User::isActive);
        if (found.isEmpty() || user.isEmpty()) {
            return Optional.empty();
        }
        Session session = found.get();
        if (!session.expects(shown.hash())) {
            // the hub made this token, and it was used before: somebody has a copy of it, nobody knows who
            session.end(SessionEnd.REUSED, now);
            secured.fire(new AccountSecured(
                    user.get().id(), user.get().username(), user.get().email(), Change.SESSION_REUSED));
            return Optional.empty();
        }
        RefreshToken next = RefreshToken.make(session.id(), session.userId(), seal);
        session.refreshed(UUID.randomUUID(), next.hash(), visitor.address(), visitor.agent(), now);
        return Optional.of(new Begun(user.get(), session, next));
    }

    @Transactional
    boolean isOpen(UUID userId, UUID sessionId) {
        rowSecurity.actFor(userId);
        return sessions.find(sessionId)
                .filter(session -> session.userId().equals(userId) && session.isOpen(clock.instant()))
                .isPresent();
    }

    @Transactional
    Page<Session> list(Caller caller, @Nullable UUID before, int size) {
        return Page.cut(sessions.open(caller.userId(), clock.instant(), before, size), size, Session::id);
    }

    @Transactional
    void end(Caller caller, UUID sessionId, SessionEnd reason) {
        sessions.lock(sessionId)
                .filter(session -> session.userId().equals(caller.userId()) && session.isOpen(clock.instant()))
                .orElseThrow(() -> new HubException(ProblemCode.NOT_FOUND, "There is no such session."))
                .end(reason, clock.instant());
    }

    /// Ends all sessions of a person, in the transaction of the caller, which acts for that person or administers.
    @Transactional
    List<UUID> endAll(UUID userId, @Nullable UUID butFor, SessionEnd reason) {
        Instant now = clock.instant();
        List<Session> ending = sessions.active(userId).stream()
                .filter(session -> !session.id().equals(butFor))
                .toList();
        ending.forEach(session -> session.end(reason, now));
        return ending.stream().map(Session::id).toList();
    }

    @Transactional
    void endAll(Caller caller, SessionEnd reason) {
        endAll(caller.userId(), null, reason);
    }
}
