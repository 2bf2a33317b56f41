package org.quantumhub.execution;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.execution.ProviderTask.State;

/// A task that a worker of the provider lane holds the lease of.
///
/// @param fence the number of this lease; only the highest one may move the task
/// @param submissions how often the provider was or may have been asked to take it, this time included
/// @param failures wrong answers since the last right one
/// @param jobStatus of its job; of a set CANCELLING when all of its jobs are, PROVISIONING before
/// @param setJobs the jobs of a set in its order, empty for a task of one job
/// @param cancelSent whether the provider has been asked to stop
/// @param ownAccount whether it is ordered with the team's own credentials
/// @param ageSeconds since the intent was written, by the database's clock
public record OpenTask(
        UUID id,
        UUID teamId,
        UUID jobId,
        String provider,
        String backend,
        String token,
        State state,
        @Nullable String providerTaskId,
        @Nullable String providerStatus,
        int submissions,
        int failures,
        boolean cancelSent,
        int fence,
        JobStatus jobStatus,
        double ageSeconds,
        Instant createdAt,
        List<UUID> setJobs,
        boolean ownAccount) {

    public OpenTask {
        setJobs = List.copyOf(setJobs);
    }

    /// In whose account at which provider it is: what has the same can be asked for together.
    public String account() {
        return ownAccount ? provider + " " + teamId : provider;
    }

    /// The jobs it was ordered for, in its order.
    public List<UUID> jobs() {
        return setJobs.isEmpty() ? List.of(jobId) : setJobs;
    }

    /// Whether it was ordered for several jobs.
    public boolean isSet() {
        return !setJobs.isEmpty();
    }

    /// Whether an earlier attempt may have reached the provider.
    public boolean inDoubt() {
        return submissions > 1;
    }

    public boolean cancelled() {
        return jobStatus == JobStatus.CANCELLING;
    }
}
