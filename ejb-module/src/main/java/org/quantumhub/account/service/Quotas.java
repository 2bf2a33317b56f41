package org.quantumhub.account.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.quantumhub.account.RequestQuota;
import org.quantumhub.account.RequestQuota.State;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;

/// Counts the requests of each person against the month's quota, exactly, over all servers, and without a visit to the
/// database for each.
///
/// A server takes a share of up to a hundred requests out of the quota in the database, never more than a tenth of what
/// is left, and hands it out from memory. Near the end shares are single requests, so the last request that is let in
/// is
/// exactly the last one allowed, whoever asks how often and where. What a server took and did not use goes back within
/// seconds; what a dying server held is lost to the quota, never added to it.
@ApplicationScoped
public class Quotas {

    private static final Logger LOG = System.getLogger(Quotas.class.getName());
    private static final int LARGEST_SHARE = 100;
    private static final long REFUSAL_NANOS = TimeUnit.SECONDS.toNanos(2);

    @Inject
    QuotaTurns turns;

    private final Map<UUID, Purse> purses = new ConcurrentHashMap<>();

    /// What this server may still let in for one person.
    private static final class Purse {

        final AtomicInteger left = new AtomicInteger();
        volatile boolean touched;
        volatile long refusedUntil;
        LocalDate month = LocalDate.MIN;
        boolean closed;

        boolean spend() {
            // goes below zero when several find it empty at once; a refill starts again from its own size
            return left.get() > 0 && left.getAndDecrement() > 0;
        }
    }

    /// Lets one request in.
    ///
    /// @throws HubException `QUOTA_EXHAUSTED` when the month's requests are used up
    public void spend(UUID userId) {
        while (true) {
            Purse purse = purses.computeIfAbsent(userId, id -> new Purse());
            if (!purse.touched) {
                purse.touched = true;
            }
            if (purse.spend()) {
                return;
            }
            synchronized (purse) {
                if (purse.closed) {
                    continue;
                }
                if (!purse.spend()) {
                    refill(userId, purse);
                }
                return;
            }
        }
    }

    /// Takes a share and spends its first request; the lock of the purse is held.
    private void refill(UUID userId, Purse purse) {
        if (System.nanoTime() - purse.refusedUntil < 0) {
            throw exhausted(userId);
        }
        RequestQuota.Share share = turns.take(userId, LARGEST_SHARE);
        if (share.size() == 0) {
            // somebody who goes on asking does not go on asking the database
            purse.refusedUntil = System.nanoTime() + REFUSAL_NANOS;
            throw exhausted(userId);
        }
        purse.month = share.month();
        purse.left.set(share.size() - 1);
    }

    private HubException exhausted(UUID userId) {
        State state = turns.state(userId);
        return new HubException(
                        ProblemCode.QUOTA_EXHAUSTED, "The " + state.monthly() + " requests of this month are used up.")
                .with("limit", state.monthly())
                .with("remaining", 0)
                .with("reset", state.secondsToReset())
                .with("retryAfter", state.secondsToReset());
    }

    /// How a person's quota stands: exact for what this server let in; shares of other servers count as used.
    public State standing(UUID userId) {
        Purse purse = purses.get(userId);
        int unspent = purse == null ? 0 : Math.max(0, purse.left.get());
        State state = turns.state(userId);
        return new State(state.monthly(), Math.max(0, state.used() - unspent), state.secondsToReset());
    }

    /// Gives back what nobody has asked for since the last time.
    void giveBackIdle() {
        purses.forEach((userId, purse) -> {
            if (purse.touched) {
                purse.touched = false;
            } else {
                close(userId, purse);
            }
        });
    }

    /// Gives everything back; for the end of the server.
    void giveBackAll() {
        purses.forEach(this::close);
    }

    private void close(UUID userId, Purse purse) {
        int unused;
        synchronized (purse) {
            purse.closed = true;
            purses.remove(userId, purse);
            unused = purse.left.getAndSet(0);
        }
        if (unused > 0) {
            try {
                turns.giveBack(userId, unused, purse.month);
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "{0} requests were not given back: {1}", unused, e.toString());
            }
        }
    }
}
