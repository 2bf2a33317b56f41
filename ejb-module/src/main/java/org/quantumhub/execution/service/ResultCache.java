package org.quantumhub.execution.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.billing.PriceVersion;
import org.quantumhub.execution.CachedRuns;
import org.quantumhub.execution.JobRepository;
import org.quantumhub.execution.JobResult;
import org.quantumhub.execution.NewJobRow;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.Money;
import org.quantumhub.shared.service.Database;

/// Earlier results of the same team that stand for a run: the same circuit, inputs, shots, seed and backend, completed
/// within the hour. Nothing is kept apart for it: the jobs are the cache.
@ApplicationScoped
public class ResultCache {

    @Inject
    Database database;

    @Inject
    CachedRuns runs;

    @Inject
    JobRepository jobs;

    @Inject
    ResultData data;

    /// A result that is there already.
    ///
    /// @param jobId the job that ran
    record Hit(UUID jobId, String counts, @Nullable String memory) {}

    @Transactional
    Optional<Hit> find(Caller caller, byte[] key, boolean memory) {
        Optional<UUID> earlier = database.asRequest(connection -> runs.find(connection, caller.teamId(), key));
        return earlier.flatMap(job -> hit(job, memory));
    }

    private Optional<Hit> hit(UUID job, boolean memory) {
        Optional<String> counts = jobs.result(job, JobResult.COUNTS).map(data::text);
        Optional<String> shots = memory ? jobs.result(job, JobResult.MEMORY).map(data::text) : Optional.empty();
        return counts.isEmpty() || (memory && shots.isEmpty())
                ? Optional.empty()
                : Optional.of(new Hit(job, counts.get(), shots.orElse(null)));
    }

    /// What an answer from the cache costs: the task fee, because the shots were not run; never more than a run.
    static Money fee(PriceVersion price, Money run) {
        Money fee = new Money(price.components().taskFee(), run.currency());
        return fee.compareTo(run) < 0 ? fee : run;
    }

    /// What a result depends on. What is not part of it, such as the name, changes nothing in the counts.
    static byte[] key(NewJobRow row) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Object part : new @Nullable Object[] {
                row.backendSlug(),
                row.program().format(),
                row.program().text(),
                row.terms().parameters(),
                row.shots(),
                row.seed(),
                row.memory()
            }) {
                byte[] text = String.valueOf(part).getBytes(StandardCharsets.UTF_8);
                digest.update((text.length + ":").getBytes(StandardCharsets.UTF_8));
                digest.update(text);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
