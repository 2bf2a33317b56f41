package org.quantumhub.execution.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.quantumhub.execution.ClaimedJob;
import org.quantumhub.execution.EngineCalibrations;
import org.quantumhub.execution.JobCensus;
import org.quantumhub.execution.JobQueue;
import org.quantumhub.execution.ServerRegister;
import org.quantumhub.shared.ServersCounted;
import org.quantumhub.shared.service.Database;

/// The transactions of the ticker: this server's sign of life, and what it asks the database about.
@ApplicationScoped
public class Heartbeat {

    @Inject
    Database database;

    @Inject
    ServerRegister servers;

    @Inject
    JobQueue queue;

    @Inject
    JobCensus census;

    @Inject
    EngineCalibrations calibrations;

    @Inject
    ThisServer server;

    @Inject
    ExecutionConfig config;

    @Inject
    Event<ServersCounted> counted;

    /// Enters this server, and sets free what earlier starts of it had begun.
    @Transactional(TxType.REQUIRES_NEW)
    void enter() {
        database.asBackground(connection -> {
            for (UUID earlier : servers.enter(connection, server.id(), server.name())) {
                queue.abandon(connection, earlier);
                queue.releaseLeases(connection, earlier);
            }
            return server;
        });
    }

    @Transactional(TxType.REQUIRES_NEW)
    void beat() {
        int alive = database.asBackground(connection -> {
            servers.beat(connection, server.id());
            return servers.alive(connection, config.leaseSeconds());
        });
        counted.fire(new ServersCounted(alive));
    }

    /// Remembers how fast the engine runs here.
    @Transactional(TxType.REQUIRES_NEW)
    void calibrated(String simulator, EngineCalibrations.Calibration measured) {
        database.asBackground(connection -> {
            calibrations.add(connection, server.name(), simulator, measured);
            return server;
        });
    }

    /// Keeps jobs that are worked on for longer than most; those that are only reserved get a lease.
    ///
    /// @return those of the jobs that somebody wants cancelled
    @Transactional(TxType.REQUIRES_NEW)
    List<UUID> renew(List<ClaimedJob> jobs) {
        return database.asBackground(connection -> {
            queue.begin(connection, config.leaseSeconds(), jobs);
            return queue.renew(
                    connection,
                    server.id(),
                    config.leaseSeconds(),
                    jobs.stream().map(ClaimedJob::id).toList());
        });
    }

    @Transactional(TxType.REQUIRES_NEW)
    List<UUID> ended(Set<UUID> awaited) {
        return database.asBackground(connection -> census.ended(connection, awaited));
    }

    @Transactional(TxType.REQUIRES_NEW)
    Map<JobCensus.Group, Long> unfinished() {
        return database.asBackground(census::unfinished);
    }

    /// Leaves, and sets free what was begun and not ended.
    @Transactional(TxType.REQUIRES_NEW)
    void leave() {
        database.asBackground(connection -> {
            queue.abandon(connection, server.id());
            queue.releaseLeases(connection, server.id());
            servers.leave(connection, server.id());
            return server;
        });
    }
}
