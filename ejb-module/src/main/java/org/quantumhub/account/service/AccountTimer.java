package org.quantumhub.account.service;

import jakarta.annotation.PreDestroy;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;

/// What accounts do from time to time, on every server.
@Singleton
@Startup
public class AccountTimer {

    @Inject
    ApiKeyUse use;

    @Schedule(hour = "*", minute = "*", second = "*/10", persistent = false)
    @PreDestroy
    void writeKeyUse() {
        use.write();
    }
}
