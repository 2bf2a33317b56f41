package org.quantumhub.execution.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.execution.Job;
import org.quantumhub.execution.JobDetails;
import org.quantumhub.execution.JobEvent;
import org.quantumhub.execution.JobFilter;
import org.quantumhub.execution.JobLog;
import org.quantumhub.execution.JobRepository;
import org.quantumhub.execution.JobResult;
import org.quantumhub.execution.JobStatus;
import org.quantumhub.execution.LogStream;
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

    @Inject
    ResultData data;

    /// A job with its primary result, as far as there is one.
    ///
    /// @param data JSON text
    public record WithResult(Job job, JobResult result, String data) {}

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

    /// A job with what lists do not show of it.
    public record WithProgram(
            Job job,
            Program program,
            @Nullable String parameters,
            @Nullable String metadata) {}

    /// The circuit as it was submitted.
    ///
    /// @throws HubException `NOT_FOR_BUNDLES`
    @Transactional
    public Program program(Caller caller, UUID id) {
        return Repeating.programOf(get(caller, id));
    }

    /// @throws HubException `NOT_FOR_BUNDLES`
    @Transactional
    public WithProgram withProgram(Caller caller, UUID id) {
        Job job = get(caller, id);
        String parameters = job.parameters();
        return new WithProgram(
                job, Repeating.programOf(job), parameters.equals("{}") ? null : parameters, job.metadata());
    }

    /// A bundle with what lists do not show of it.
    public record WithCircuits(
            Job job,
            List<NewBundle.Part> circuits,
            @Nullable String metadata) {}

    @Transactional
    public WithCircuits withCircuits(Caller caller, UUID id) {
        Job job = get(caller, id);
        return new WithCircuits(
                job,
                jobs.programs(job.teamId(), id).stream()
                        .map(child -> new NewBundle.Part(child.program(), child.parameters()))
                        .toList(),
                job.metadata());
    }

    @Transactional
    public JobDetails details(Caller caller, UUID id) {
        return jobs.details(get(caller, id).id()).orElseThrow();
    }

    /// Lines of the log, one more than asked for when there are more.
    @Transactional
    public List<JobLog> logs(Caller caller, UUID id, @Nullable LogStream stream, long after, int size) {
        return jobs.logs(get(caller, id).id(), stream, after, size);
    }

    /// All results of a job, the primary one first; none before its end.
    @Transactional
    public List<JobResult> results(Caller caller, UUID id) {
        return jobs.results(get(caller, id).id());
    }

    /// @throws HubException `RESULT_NOT_READY` before the end, `NO_RESULT` when there is none of this type
    @Transactional
    public JobResult result(Caller caller, UUID id, String type) {
        return result(get(caller, id), type);
    }

    /// What there is of a job while it runs: of a bundle its children, of another job itself.
    ///
    /// @param parts in their order, one more than asked for when there are more
    /// @param results JSON texts by job, as far as there are any
    public record Interim(Job job, List<Job> parts, Map<UUID, String> results) {}

    /// @param after the place in the bundle after which to go on, -1 for the beginning
    @Transactional
    public Interim interim(Caller caller, UUID id, int after, int size) {
        Job job = get(caller, id);
        List<Job> parts =
                job.isBundle() ? jobs.children(job.teamId(), id, after, size) : after < 0 ? List.of(job) : List.of();
        Map<UUID, String> results = new HashMap<>();
        jobs.primaryResults(parts.stream()
                        .filter(part -> part.status() == JobStatus.COMPLETED)
                        .map(Job::id)
                        .toList())
                .forEach(result -> results.put(result.jobId(), data.text(result)));
        return new Interim(job, parts, results);
    }

    @Transactional
    public List<JobEvent> events(Caller caller, UUID id) {
        return jobs.events(get(caller, id).id());
    }

    /// @throws HubException `RESULT_NOT_READY` before the end, `NO_RESULT` when it ended without one
    @Transactional
    public WithResult result(Caller caller, UUID id) {
        Job job = get(caller, id);
        JobResult result = result(job, job.isBundle() ? JobResult.SUMMARY : JobResult.COUNTS);
        return new WithResult(job, result, data.text(result));
    }

    /// The shots one by one.
    ///
    /// @throws HubException `MEMORY_NOT_KEPT` when the submitter did not ask for it
    @Transactional
    public String memory(Caller caller, UUID id) {
        Job job = get(caller, id);
        if (!job.keepsMemory()) {
            throw new HubException(
                    ProblemCode.MEMORY_NOT_KEPT,
                    "The shots of this job were not kept one by one; submit it with \"memory\": true and the same seed.");
        }
        return data.text(result(job, JobResult.MEMORY));
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
