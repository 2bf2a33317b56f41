package org.quantumhub.shared.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;

/// The one place that knows where the time comes from. Leases and money go by the database's clock instead.
@ApplicationScoped
public class HubClock {

    @Produces
    @ApplicationScoped
    Clock clock() {
        return Clock.systemUTC();
    }
}
