package org.quantumhub.execution.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.List;
import org.quantumhub.execution.ClaimedJob;
import org.quantumhub.execution.JobQueue;
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

    @Transactional(TxType.REQUIRES_NEW)
    List<ClaimedJob> claim() {
        return database.asBackground(connection -> queue.claim(
                connection, server.id(), config.leaseSeconds(), config.claim(), config.claimMillis() * 1000L));
    }

    /// Jobs whose server is gone.
    @Transactional(TxType.REQUIRES_NEW)
    List<ClaimedJob> takeOver() {
        return database.asBackground(connection ->
                queue.takeOver(connection, server.id(), config.leaseSeconds(), config.attempts(), config.claim()));
    }

    @Transactional(TxType.REQUIRES_NEW)
    void giveBack(List<ClaimedJob> jobs) {
        database.asBackground(connection -> queue.giveBack(
                connection, server.id(), jobs.stream().map(ClaimedJob::id).toList()));
    }
}
