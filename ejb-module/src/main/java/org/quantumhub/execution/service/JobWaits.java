package org.quantumhub.execution.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.quantumhub.execution.Job;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.service.HubThreads;

/// Long polling: waiting for a job's end without keeping a thread.
@ApplicationScoped
public class JobWaits {

    @Inject
    Jobs jobs;

    @Inject
    Completions completions;

    @Inject
    HubThreads threads;

    /// The job when it has ended, or as it is when the time is over.
    ///
    /// @param seconds 0 to look once
    public CompletionStage<Job> await(Caller caller, UUID id, int seconds) {
        Job job = jobs.get(caller, id);
        if (job.status().isFinal() || seconds == 0) {
            return CompletableFuture.completedStage(job);
        }
        CompletionStage<Boolean> ended = completions.of(id, seconds);
        // it may have ended between the first look and the waiting
        Job again = jobs.get(caller, id);
        return again.status().isFinal()
                ? CompletableFuture.completedStage(again)
                : ended.thenApplyAsync(done -> jobs.get(caller, id), threads.pool());
    }
}
