package org.quantumhub.execution.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.UUID;
import org.quantumhub.execution.ProviderTask;
import org.quantumhub.execution.ProviderTaskRepository;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;

/// Reading what was ordered at providers.
@ApplicationScoped
public class ProviderTasks {

    @Inject
    Jobs jobs;

    @Inject
    ProviderTaskRepository tasks;

    /// The task of a job.
    ///
    /// @throws HubException `NOT_FOUND` when the job runs on the hub's own simulators, or nothing was ordered yet
    @Transactional
    public ProviderTask ofJob(Caller caller, UUID jobId) {
        return tasks.ofJob(jobs.get(caller, jobId).id())
                .orElseThrow(() -> new HubException(ProblemCode.NOT_FOUND, "Nothing was ordered for this job."));
    }
}
