package org.quantumhub.execution.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.UUID;
import org.quantumhub.execution.Job;
import org.quantumhub.execution.JobTimes;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.shared.service.Database;

/// Keeps waiting jobs away from the lanes, and lets them go on. The money stays set aside meanwhile.
@ApplicationScoped
public class Pausing {

    static final String PAUSED = "PAUSED";

    @Inject
    Database database;

    @Inject
    JobTimes times;

    @Inject
    Jobs jobs;

    @Inject
    Lanes lanes;

    /// Doing it twice is the same as once.
    ///
    /// @throws HubException `NOT_FOUND`, `JOB_FINISHED`, or `JOB_STARTED` for a job that runs
    @Transactional
    public void pause(Caller caller, UUID id) {
        caller.mayWrite();
        Job job = jobs.get(caller, id);
        int changed = database.asRequest(connection -> times.pause(connection, id, caller.teamId()));
        if (changed == 0 && !PAUSED.equals(job.subStatus())) {
            throw begun(job);
        }
    }

    /// A job that is not paused stays as it is.
    ///
    /// @throws HubException `NOT_FOUND` or `JOB_FINISHED`
    @Transactional
    public void resume(Caller caller, UUID id) {
        caller.mayWrite();
        Job job = jobs.get(caller, id);
        if (job.status().isFinal()) {
            throw begun(job);
        }
        int changed = database.asRequest(connection -> times.resume(connection, id, caller.teamId()));
        if (changed > 0) {
            lanes.wake(); // before the commit: the ticker wakes them again should they look too early
        }
    }

    /// What there is to say about a job that does not wait any more.
    static HubException begun(Job job) {
        ProblemCode code = job.status().isFinal() ? ProblemCode.JOB_FINISHED : ProblemCode.JOB_STARTED;
        return new HubException(code, "The job is " + job.status() + " already.")
                .with("jobStatus", job.status().name());
    }
}
