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
/// parent. A bundle is submitted again with all of its circuits.
@ApplicationScoped
public class Repeating {

    @Inject
    Jobs jobs;

    @Inject
    Submission submission;

    @Inject
    BundleSubmission bundles;

    @Inject
    Preparation preparation;

    @Inject
    MoveTransaction moves;

    @Inject
    BundleTransactions bundleMoves;

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

        static Change backend(String other) {
            return new Change(null, other, null, null, null, null);
        }
    }

    /// When a job runs and who hears of it. A repetition is a new wish and runs at once; a job that moves takes it
    /// along.
    private record When(RunMode mode, JobTerms terms) {}

    /// @throws HubException `NOT_FOUND`, or what a submission is refused for
    public CompletionStage<Submitted> repeat(
            Caller caller, UUID id, Change change, @Nullable String key, String requestId) {
        Job job = jobs.get(caller, id);
        When atOnce = new When(RunMode.NON_BLOCKING, JobTerms.NONE);
        return job.isBundle()
                ? bundles.submit(again(jobs.withCircuits(caller, id), change, atOnce, key, requestId), caller)
                : submission.submit(again(jobs.withProgram(caller, id), change, atOnce, key, requestId), caller);
    }

    /// Takes a job that nobody has begun out of one queue and puts it into another: the old one is CANCELLED and free,
    /// the new one born, and the money goes over, all in one transaction. A schedule, an expiry and a pause go with it.
    ///
    /// @throws HubException `JOB_STARTED`, `JOB_FINISHED`, `NOT_FOR_BUNDLES` for a part of one, or what a submission is
    ///     refused for
    public UUID move(Caller caller, UUID id, String backend, String requestId) {
        caller.mayWrite();
        Job job = jobs.get(caller, id);
        if (job.childIndex() != null) {
            throw new HubException(ProblemCode.NOT_FOR_BUNDLES, "The job is part of a bundle, which stays together.");
        }
        if (job.status().isFinal()) {
            throw Pausing.begun(job);
        }
        Change change = Change.backend(backend);
        When asBefore = asBefore(caller, job);
        boolean paused = Pausing.PAUSED.equals(job.subStatus());
        UUID moved;
        if (job.isBundle()) {
            BundleSubmission.Rows rows =
                    bundles.prepare(again(jobs.withCircuits(caller, id), change, asBefore, null, requestId), caller);
            bundleMoves.replace(caller, job, paused, rows.parent(), rows.children());
            bundles.born(rows);
            moved = rows.parent().id();
        } else {
            NewJobRow row = preparation
                    .prepare(again(jobs.withProgram(caller, id), change, asBefore, null, requestId), caller)
                    .row();
            if (!moves.move(caller, id, paused, row)) {
                throw Pausing.begun(jobs.get(caller, id));
            }
            moved = row.id();
        }
        completions.ended(id);
        lanes.wake();
        return moved;
    }

    private When asBefore(Caller caller, Job job) {
        return new When(
                job.runMode() == RunMode.SCHEDULED ? RunMode.SCHEDULED : RunMode.NON_BLOCKING,
                new JobTerms(
                        0,
                        job.runAt(),
                        job.expiresAt(),
                        null,
                        null,
                        null,
                        null,
                        jobs.details(caller, job.id()).notificationEmail(),
                        null,
                        null,
                        null));
    }

    private static NewJob again(
            Jobs.WithProgram original, Change change, When when, @Nullable String key, String requestId) {
        return again(
                original.job(),
                original.program(),
                original.parameters(),
                original.metadata(),
                change,
                when,
                key,
                requestId);
    }

    private static NewBundle again(
            Jobs.WithCircuits original, Change change, When when, @Nullable String key, String requestId) {
        Program first = original.circuits().getFirst().program();
        return new NewBundle(
                again(original.job(), first, null, original.metadata(), change, when, key, requestId),
                original.circuits());
    }

    private static NewJob again(
            Job job,
            Program program,
            @Nullable String parameters,
            @Nullable String metadata,
            Change change,
            When when,
            @Nullable String key,
            String requestId) {
        Integer priority = change.priority();
        List<String> tags = change.tags();
        JobTerms terms = new JobTerms(
                priority == null ? job.priority() : priority,
                when.terms().runAt(),
                when.terms().expiresAt(),
                job.retentionDays(),
                job.id(),
                null,
                parameters,
                when.terms().notificationEmail(),
                null,
                null,
                job.projectId());
        return new NewJob(
                change.name() == null ? job.name() : change.name(),
                change.backend() == null ? job.backendSlug() : change.backend(),
                program,
                or(change.shots(), job.shots()),
                change.seed() == null ? Long.valueOf(job.seed()) : change.seed(),
                job.keepsMemory(),
                tags == null ? job.tags() : tags,
                metadata,
                when.mode(),
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
