package org.quantumhub.system.skew;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.interceptor.Interceptor;
import java.time.Clock;
import java.time.Duration;

/// Takes the place of the hub's clock, an hour ahead of it.
@Alternative
@Priority(Interceptor.Priority.APPLICATION)
@ApplicationScoped
public class SkewedClock {

    @Produces
    @ApplicationScoped
    Clock clock() {
        return Clock.offset(Clock.systemUTC(), Duration.ofHours(1));
    }
}
