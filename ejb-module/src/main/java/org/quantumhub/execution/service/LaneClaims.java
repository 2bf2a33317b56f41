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
import org.quantumhub.shared.service.Database;

/// The short transactions in which a lane takes jobs. Apart from the lane's own, so that a job shows as RUNNING, with a
/// lease, while it runs.
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
    Claimed claim() {
        UUID last = lastTeam;
        Share share = new Share(config.claim(), config.claimMillis() * 1000L, config.teamRunning(), limits.any());
        Claimed claimed = database.asBackground(
                connection -> queue.claim(connection, server.id(), config.leaseSeconds(), last, share));
        lastTeam = JobQueue.lastServed(last, claimed.jobs());
        return claimed;
    }

    /// A job whose server is gone.
    @Transactional(TxType.REQUIRES_NEW)
    Optional<ClaimedJob> takeOver() {
        return database.asBackground(
                connection -> queue.takeOver(connection, server.id(), config.leaseSeconds(), config.attempts()));
    }

    @Transactional(TxType.REQUIRES_NEW)
    void giveBack(List<ClaimedJob> jobs) {
        database.asBackground(connection -> queue.giveBack(
                connection, server.id(), jobs.stream().map(ClaimedJob::id).toList()));
    }
}
