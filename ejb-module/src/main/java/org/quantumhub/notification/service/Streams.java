package org.quantumhub.notification.service;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.quantumhub.account.Roles;
import org.quantumhub.notification.FeedCursor;
import org.quantumhub.notification.FeedEntry;
import org.quantumhub.notification.FeedEntry.Hearer;
import org.quantumhub.notification.FeedRegister;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.team.service.Callers;

/// The open streams of this server. Whoever changes something wakes them on every server through the database's
/// notifications; jobs, whose events are too many to announce, are looked for every second while anybody listens.
///
/// An entry is handed over only to who may hear it, by membership as it is then, not as it was when the stream was
/// opened. A stream that is opened with the id of the last entry heard begins behind it.
@ApplicationScoped
public class Streams {

    private static final Logger LOG = System.getLogger(Streams.class.getName());
    private static final Duration SILENCE = Duration.ofSeconds(15);
    private static final int MOST = 2_000;
    private static final int MOST_OF_ONE = 10;
    private static final int AT_A_TIME = 500;

    @Inject
    FeedTurns turns;

    @Inject
    Callers callers;

    @Inject
    Clock clock;

    private final Set<Stream> open = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile boolean ending;
    private FeedRegister.@Nullable Horizon seen;

    private static final class Stream {
        private final UUID person;
        private final UUID team;
        private final Listener listener;
        private final Instant until;
        private FeedCursor heard;
        private Instant lastSign;

        Stream(UUID person, UUID team, Listener listener, FeedCursor heard, Instant now, Instant until) {
            this.person = person;
            this.team = team;
            this.listener = listener;
            this.heard = heard;
            this.lastSign = now;
            this.until = until;
        }
    }

    /// Opens a stream of the caller, for the team that the caller acts for.
    ///
    /// @param heard the last entry that was heard on an earlier stream; null to begin now
    /// @param seconds after which the stream ends; 0 to hear what there is
    /// @throws HubException `TOO_MANY_REQUESTS` when the caller, or this server, has as many as it may
    public void open(Caller caller, @Nullable FeedCursor heard, int seconds, Listener listener) {
        long own = open.stream().filter(stream -> caller.is(stream.person)).count();
        if (open.size() >= MOST || own >= MOST_OF_ONE) {
            throw new HubException(ProblemCode.TOO_MANY_REQUESTS, "There are too many open streams; close one first.")
                    .with("retryAfter", 5)
                    .with("limit", own >= MOST_OF_ONE ? MOST_OF_ONE : MOST);
        }
        FeedCursor newest = turns.horizon().newest();
        if (ending) {
            // whoever listens comes back to another server
            listener.end();
            return;
        }
        Instant now = clock.instant();
        // what somebody claims to have heard may lie in the past, but not in the future
        open.add(new Stream(
                caller.userId(),
                caller.teamId(),
                listener,
                heard == null ? newest : heard.atMost(newest),
                now,
                now.plusSeconds(seconds)));
    }

    /// Hands over what has become certain since the last time.
    void deliver() {
        if (open.isEmpty() || !busy.compareAndSet(false, true)) {
            return;
        }
        try {
            FeedRegister.Horizon horizon = seen;
            seen = turns.horizon();
            if (horizon == null || !turns.isReached(horizon)) {
                seen = horizon == null ? seen : horizon;
                return;
            }
            for (Stream stream : open) {
                serveOrClose(stream, horizon.newest());
            }
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "streams not served; the next tick tries again", e);
        } finally {
            busy.set(false);
        }
    }

    /// One listener that fails is no reason for the others to hear nothing.
    private void serveOrClose(Stream stream, FeedCursor newest) {
        try {
            serve(stream, newest);
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "stream closed", e);
            close(stream);
        }
    }

    private void serve(Stream stream, FeedCursor newest) {
        Instant now = clock.instant();
        Optional<Hearer> hearer = stream.listener.isAdmitted() ? mayListen(stream) : Optional.empty();
        if (hearer.isEmpty()) {
            close(stream);
            return;
        }
        if (newest.feed() > stream.heard.feed() || newest.jobs() > stream.heard.jobs()) {
            List<FeedEntry> entries = turns.between(hearer.get(), stream.heard, newest, AT_A_TIME);
            for (FeedEntry entry : entries) {
                if (entry.isFor(hearer.get()) && !stream.listener.hear(entry)) {
                    close(stream);
                    return;
                }
                stream.heard = entry.cursor();
                stream.lastSign = now;
            }
            if (entries.size() < AT_A_TIME) {
                stream.heard = new FeedCursor(
                        Math.max(stream.heard.feed(), newest.feed()), Math.max(stream.heard.jobs(), newest.jobs()));
            }
        }
        boolean silent = now.isAfter(stream.lastSign.plus(SILENCE));
        if (silent) {
            stream.lastSign = now;
        }
        if (!now.isBefore(stream.until) || silent && !stream.listener.silence()) {
            close(stream);
        }
    }

    /// Who has left the team, or whose account is closed, hears nothing more within five seconds; nor does who has lost
    /// a role hear what it is for.
    private Optional<Hearer> mayListen(Stream stream) {
        try {
            Callers.Known known = callers.of(stream.person, null, stream.team);
            Caller caller = known.caller();
            return known.lacksFactor() || !caller.actsFor(stream.team)
                    ? Optional.empty()
                    : Optional.of(new Hearer(
                            stream.person, stream.team, caller.administers(), caller.has(Roles.BILLING_MANAGER)));
        } catch (HubException refused) {
            return Optional.empty();
        }
    }

    private void close(Stream stream) {
        open.remove(stream);
        stream.listener.end();
    }

    @PreDestroy
    void closeAll() {
        ending = true;
        open.forEach(this::close);
    }
}
