package org.quantumhub.execution.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import org.quantumhub.execution.JobCensus;
import org.quantumhub.shared.service.Database;

/// How long the queue is, of all teams together: numbers only, nobody's jobs.
@ApplicationScoped
public class QueueOutlook {

    /// Jobs that are counted one by one; a longer queue is told as "at least".
    private static final int BOUND = 10_000;

    @Inject
    Database database;

    @Inject
    JobCensus census;

    @Inject
    ExecutionConfig config;

    /// @param jobs that wait for a lane, counted up to 10,000
    /// @param seconds until all of them are expected to be done, if nothing else comes
    public record Queue(long jobs, double seconds, int servers, int lanes) {

        boolean isCountedToTheEnd() {
            return jobs < BOUND;
        }
    }

    @Transactional(TxType.REQUIRES_NEW)
    public Queue now() {
        return database.asBackground(connection -> {
            JobCensus.Backlog backlog = census.backlog(connection, BOUND);
            int servers = census.servers(connection);
            int lanes = Math.max(1, servers) * config.lanes();
            return new Queue(backlog.jobs(), backlog.micros() / 1e6 / lanes, servers, lanes);
        });
    }
}
