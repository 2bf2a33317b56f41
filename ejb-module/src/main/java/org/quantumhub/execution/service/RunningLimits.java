package org.quantumhub.execution.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.quantumhub.execution.TeamLimits;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.shared.service.Database;

/// How many jobs of a team may run at a time. Read anew by the ticker every few seconds, so that nobody who submits or
/// claims has to ask.
@ApplicationScoped
public class RunningLimits {

    private static final Duration FRESH = Duration.ofSeconds(2);

    @Inject
    Database database;

    @Inject
    TeamLimits limits;

    @Inject
    ExecutionConfig config;

    @Inject
    Clock clock;

    private volatile Map<UUID, Integer> own = Map.of();
    private volatile Instant read = Instant.EPOCH;

    /// Whether any team has a limit.
    boolean any() {
        return config.teamRunning() > 0 || !own.isEmpty();
    }

    /// Whether this team has one: its jobs then go by way of the lanes, where they are counted.
    boolean limits(UUID team) {
        return config.teamRunning() > 0 || own.containsKey(team);
    }

    /// The limit of a team, 0 for none.
    @Transactional(TxType.REQUIRES_NEW)
    public int of(UUID team) {
        return database.asBackground(limits::all).getOrDefault(team, config.teamRunning());
    }

    /// @param running jobs that may run at a time, 0 for the limit of the installation
    /// @throws HubException `NOT_FOUND` when there is no such team
    @Transactional(TxType.REQUIRES_NEW)
    public void set(UUID team, int running) {
        boolean known = database.asBackground(connection -> {
            if (running == 0) {
                limits.remove(connection, team);
                return true;
            }
            return limits.set(connection, team, running);
        });
        if (!known) {
            throw new HubException(ProblemCode.NOT_FOUND, "There is no such team.");
        }
        read = Instant.EPOCH;
    }

    @Transactional(TxType.REQUIRES_NEW)
    void refresh() {
        if (read.plus(FRESH).isBefore(clock.instant())) {
            own = Map.copyOf(database.asBackground(limits::all));
            read = clock.instant();
        }
    }
}
