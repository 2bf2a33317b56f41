package org.quantumhub.execution.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
import org.quantumhub.execution.Job;
import org.quantumhub.execution.JobStatus;
import org.quantumhub.execution.Settled;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;

/// Cancelling jobs: at once and free while nobody works on one, else by asking whoever does.
@ApplicationScoped
public class Cancelling {

    @Inject
    SettlementTransaction transaction;

    @Inject
    Jobs jobs;

    @Inject
    Workbench workbench;

    @Inject
    ProviderLane providerLane;

    @Inject
    Completions completions;

    @Inject
    ExecutionMetrics metrics;

    /// Cancels a job. Doing it twice is the same as once.
    ///
    /// @throws HubException `NOT_FOUND`, or `JOB_FINISHED` when it has completed or failed already
    public void cancel(Caller caller, UUID id) {
        caller.mayWrite();
        Optional<Settled> cancelled = transaction.cancel(caller, id);
        if (cancelled.isPresent() && cancelled.get().status() == JobStatus.CANCELLED) {
            metrics.ended(cancelled.get());
            completions.ended(id);
        } else if (cancelled.isPresent()) {
            workbench.cancel(id);
            providerLane.hurry(id);
        } else {
            refuseFinished(jobs.get(caller, id));
        }
    }

    private static void refuseFinished(Job job) {
        if (job.status() == JobStatus.COMPLETED || job.status() == JobStatus.FAILED) {
            throw new HubException(ProblemCode.JOB_FINISHED, "The job is " + job.status() + " already.")
                    .with("jobStatus", job.status().name());
        }
    }
}
