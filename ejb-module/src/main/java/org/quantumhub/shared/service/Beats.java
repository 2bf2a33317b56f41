package org.quantumhub.shared.service;

import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// What comes again every few seconds, at a moment of its own. A calendar knows whole seconds only, so that everything
/// that a server does each second would begin at once, and requests of that moment would wait behind all of it.
@ApplicationScoped
public class Beats {

    @Inject
    Clock clock;

    /// Starts a timer of the bean whose timer service this is; it calls the bean's `@Timeout` method and is gone with
    /// the server. Beats of one period and moment fall together on every server whose clock is right.
    ///
    /// @param moment how long after a multiple of the period, counted from the epoch, it comes; from nothing to less
    ///     than the period
    /// @param what told to the method, as the timer's info
    public void start(TimerService timers, Duration period, Duration moment, Serializable what) {
        // not at a date: the timer service goes by the machine's clock, whatever the hub's says
        long delay = delay(clock.instant(), period, moment).toMillis();
        timers.createIntervalTimer(delay, period.toMillis(), new TimerConfig(what, false));
    }

    /// From a time to the first beat after it.
    static Duration delay(Instant now, Duration period, Duration moment) {
        long every = period.toMillis();
        long after = moment.toMillis();
        if (after < 0 || after >= every) {
            throw new IllegalArgumentException("a beat every " + period + " cannot come " + moment + " into it");
        }
        return Duration.ofMillis(every - Math.floorMod(now.toEpochMilli() - after, every));
    }
}
