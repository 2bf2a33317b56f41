package org.quantumhub.execution.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.quantumhub.execution.ClaimedJob;
import org.quantumhub.execution.JobQueue;
import org.quantumhub.execution.JobQueue.Claimed;
import org.quantumhub.execution.JobQueue.Share;
import org.quantumhub.execution.Worker;
import org.quantumhub.shared.service.Database;

/// The short transactions in which a lane takes jobs. Apart from the lane's own, so that others know what it works on:
/// long jobs show as RUNNING, with a lease each; short ones are reserved together.
@ApplicationScoped
public class LaneClaims {

    @Inject
    Database database;

    @Inject
    JobQueue queue;

    @Inject
    ThisServer server;

    @Inject
    ExecutionConfig config;

    @Inject
    RunningLimits limits;

    /// Whose turn it was last, on this server.
    private volatile UUID lastTeam = JobQueue.NO_TEAM;

    @Transactional(TxType.REQUIRES_NEW)
    Claimed claim(int lane) {
        UUID last = lastTeam;
        boolean limited = limits.any();
        Share share = new Share(
                config.claim(),
                config.claimMillis() * 1000L,
                config.teamRunning(),
                limited,
                !limited && config.teamRunning() == 0);
        Claimed claimed = database.asBackground(
                connection -> queue.claim(connection, worker(lane), config.leaseSeconds(), last, share));
        lastTeam = JobQueue.lastServed(last, claimed.jobs());
        return claimed;
    }

    private Worker worker(int lane) {
        return new Worker(server.id(), lane);
    }

    /// A job whose server is gone.
    @Transactional(TxType.REQUIRES_NEW)
    Optional<ClaimedJob> takeOver() {
        return database.asBackground(connection -> {
            queue.abandonOverdue(connection);
            return queue.takeOver(connection, server.id(), config.leaseSeconds(), config.attempts());
        });
    }

    /// What a lane has not settled is for others to take over.
    @Transactional(TxType.REQUIRES_NEW)
    void giveBack(int lane, List<ClaimedJob> jobs) {
        database.asBackground(connection -> {
            queue.abandon(connection, worker(lane));
            return queue.giveBack(
                    connection, server.id(), jobs.stream().map(ClaimedJob::id).toList());
        });
    }
}
