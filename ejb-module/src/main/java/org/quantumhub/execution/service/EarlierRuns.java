package org.quantumhub.execution.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.UUID;
import org.quantumhub.execution.CachedRuns;
import org.quantumhub.execution.JobRepository;
import org.quantumhub.execution.JobResult;
import org.quantumhub.execution.KeptResult;
import org.quantumhub.execution.service.ResultCache.Hit;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.service.Database;

/// Results that the database holds. Nothing is kept apart for it: the jobs are the cache.
@ApplicationScoped
public class EarlierRuns {

    @Inject
    Database database;

    @Inject
    CachedRuns runs;

    @Inject
    JobRepository jobs;

    @Inject
    ResultData data;

    /// The newest run of the caller's team under a key, within the hour.
    @Transactional
    Optional<Hit> find(Caller caller, byte[] key, boolean memory) {
        return database.asRequest(connection -> runs.find(connection, caller.teamId(), key))
                .flatMap(job -> hit(job, memory));
    }

    /// The result of a job of the caller's team, if it is still there.
    @Transactional
    Optional<Hit> of(Caller caller, UUID job, boolean memory) {
        return hit(job, memory);
    }

    private Optional<Hit> hit(UUID job, boolean memory) {
        Optional<KeptResult> counts = jobs.result(job, JobResult.COUNTS).map(data::kept);
        Optional<String> shots = memory ? jobs.result(job, JobResult.MEMORY).map(data::text) : Optional.empty();
        return counts.isEmpty() || (memory && shots.isEmpty())
                ? Optional.empty()
                : Optional.of(new Hit(job, counts.get(), shots.orElse(null)));
    }
}
