package org.quantumhub.execution.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.UUID;
import org.quantumhub.execution.Job;
import org.quantumhub.execution.JobEvent;
import org.quantumhub.execution.JobFilter;
import org.quantumhub.execution.JobRepository;
import org.quantumhub.execution.JobResult;
import org.quantumhub.execution.JobStatus;
import org.quantumhub.execution.Program;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.Page;
import org.quantumhub.shared.ProblemCode;

/// Reading jobs. A job of another team is not there.
@ApplicationScoped
public class Jobs {

    @Inject
    JobRepository jobs;

    /// A job with its primary result, as far as there is one.
    public record WithResult(Job job, JobResult result) {}

    @Transactional
    public Job get(Caller caller, UUID id) {
        return jobs.find(id)
                .filter(job -> caller.actsFor(job.teamId()))
                .orElseThrow(() -> new HubException(ProblemCode.NOT_FOUND, "There is no such job."));
    }

    @Transactional
    public Page<Job> list(Caller caller, JobFilter filter) {
        return Page.cut(jobs.list(caller.teamId(), filter), filter.size(), Job::id);
    }

    /// The circuit as it was submitted.
    @Transactional
    public Program program(Caller caller, UUID id) {
        return get(caller, id).program();
    }

    @Transactional
    public List<JobEvent> events(Caller caller, UUID id) {
        return jobs.events(get(caller, id).id());
    }

    /// @throws HubException `RESULT_NOT_READY` before the end, `NO_RESULT` when it ended without one
    @Transactional
    public WithResult result(Caller caller, UUID id) {
        Job job = get(caller, id);
        return new WithResult(job, result(job, JobResult.COUNTS));
    }

    /// The shots one by one.
    ///
    /// @throws HubException `MEMORY_NOT_KEPT` when the submitter did not ask for it
    @Transactional
    public JobResult memory(Caller caller, UUID id) {
        Job job = get(caller, id);
        if (!job.keepsMemory()) {
            throw new HubException(
                    ProblemCode.MEMORY_NOT_KEPT,
                    "The shots of this job were not kept one by one; submit it with \"memory\": true and the same seed.");
        }
        return result(job, JobResult.MEMORY);
    }

    private JobResult result(Job job, String type) {
        if (!job.status().isFinal()) {
            throw new HubException(
                            ProblemCode.RESULT_NOT_READY,
                            "The job is " + job.status() + "; its result comes when it is COMPLETED.")
                    .with("jobStatus", job.status().name());
        }
        if (job.status() != JobStatus.COMPLETED) {
            String why = job.errorMessage() == null ? "" : " " + job.errorMessage();
            throw new HubException(
                            ProblemCode.NO_RESULT, "The job ended as " + job.status() + " without a result." + why)
                    .with("jobStatus", job.status().name());
        }
        return jobs.result(job.id(), type)
                .orElseThrow(() -> new HubException(ProblemCode.NO_RESULT, "The result of this job is gone."));
    }
}
