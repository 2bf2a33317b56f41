package org.quantumhub.execution.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.quantumhub.execution.Job;
import org.quantumhub.execution.JobTerms;
import org.quantumhub.execution.NewJobRow;
import org.quantumhub.execution.Program;
import org.quantumhub.execution.RunMode;
import org.quantumhub.execution.service.Submission.Submitted;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;

/// Submits a job again: as it was, with other values, or on another backend. The new job names the old one as its
/// parent.
@ApplicationScoped
public class Repeating {

    @Inject
    Jobs jobs;

    @Inject
    Submission submission;

    @Inject
    Preparation preparation;

    @Inject
    MoveTransaction moves;

    @Inject
    Completions completions;

    @Inject
    Lanes lanes;

    /// What is to differ; null leaves it as it was. The seed is the old one, so that a repetition gives the same
    /// counts.
    public record Change(
            @Nullable String name,
            @Nullable String backend,
            @Nullable Integer shots,
            @Nullable Long seed,
            @Nullable List<String> tags,
            @Nullable Integer priority) {

        public static final Change NONE = new Change(null, null, null, null, null, null);
    }

    /// @throws HubException `NOT_FOUND`, `NOT_FOR_BUNDLES`, or what a submission is refused for
    public CompletionStage<Submitted> repeat(
            Caller caller, UUID id, Change change, @Nullable String key, String requestId) {
        Jobs.WithProgram original = jobs.withProgram(caller, id);
        return submission.submit(again(original, change, key, requestId), caller);
    }

    /// Takes a job that nobody has begun out of one queue and puts it into another: the old one is CANCELLED and free,
    /// the new one born, and the money goes over, all in one transaction.
    ///
    /// @throws HubException `JOB_STARTED`, `JOB_FINISHED`, or what a submission is refused for
    public UUID move(Caller caller, UUID id, String backend, String requestId) {
        caller.mayWrite();
        Jobs.WithProgram original = jobs.withProgram(caller, id);
        if (original.job().childIndex() != null) {
            throw new HubException(ProblemCode.NOT_FOR_BUNDLES, "The job is part of a bundle, which stays together.");
        }
        NewJob again = again(original, new Change(null, backend, null, null, null, null), null, requestId);
        NewJobRow row = preparation.prepare(again, caller).row();
        if (!moves.move(caller, id, row)) {
            throw Pausing.begun(jobs.get(caller, id));
        }
        completions.ended(id);
        lanes.wake();
        return row.id();
    }

    private static NewJob again(Jobs.WithProgram original, Change change, @Nullable String key, String requestId) {
        Job job = original.job();
        Integer priority = change.priority();
        List<String> tags = change.tags();
        JobTerms terms = new JobTerms(
                priority == null ? job.priority() : priority,
                null,
                null,
                job.retentionDays(),
                job.id(),
                null,
                original.parameters(),
                null,
                null,
                null);
        return new NewJob(
                change.name() == null ? job.name() : change.name(),
                change.backend() == null ? job.backendSlug() : change.backend(),
                original.program(),
                or(change.shots(), job.shots()),
                change.seed() == null ? Long.valueOf(job.seed()) : change.seed(),
                job.keepsMemory(),
                tags == null ? job.tags() : tags,
                original.metadata(),
                RunMode.NON_BLOCKING,
                key,
                requestId,
                terms,
                false);
    }

    private static int or(@Nullable Integer wanted, int usual) {
        return wanted == null ? usual : wanted;
    }

    /// The code of a job that has one.
    static Program programOf(Job job) {
        if (job.isBundle()) {
            throw new HubException(
                    ProblemCode.NOT_FOR_BUNDLES, "The job has many circuits; ask for its children one by one.");
        }
        return job.program();
    }
}
