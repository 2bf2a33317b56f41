package org.quantumhub.execution;

import static org.quantumhub.execution.JobStatus.CANCELLED;
import static org.quantumhub.execution.JobStatus.CANCELLING;
import static org.quantumhub.execution.JobStatus.COMPLETED;
import static org.quantumhub.execution.JobStatus.FAILED;
import static org.quantumhub.execution.JobStatus.PROVISIONING;
import static org.quantumhub.execution.JobStatus.RUNNING;

import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/// Why a job does not run yet, is not done yet, or ended as it did: a table, read from above; the first row that
/// applies is the answer. A new cause is a new row, before the more general ones.
public enum JobCause {
    // ended
    PURGED(
            f -> f.is(COMPLETED) && f.purged(),
            f -> "The job completed; its results were kept for their time and then removed."),
    ANSWERED_FROM_CACHE(
            f -> f.is(COMPLETED) && f.fromCache(),
            f ->
                    "The job completed without a run: the same circuit, seed and shots had run on this backend within the hour."),
    PARTIALLY_COMPLETED(
            f -> f.is(COMPLETED) && f.because("PARTIALLY_COMPLETED"),
            f -> "Some of its " + f.children() + " circuits completed, others did not; the children tell which."),
    COMPLETED_ALL(f -> f.is(COMPLETED) && f.children() > 0, f -> "All " + f.children() + " circuits completed."),
    COMPLETED_LATE(
            f -> f.is(COMPLETED) && f.attempts() > 1,
            f -> "The job completed at attempt " + f.attempts() + ", after a server that ran it fell silent."),
    COMPLETED_WELL(f -> f.is(COMPLETED), f -> "The job completed."),
    CANCELLED_EXPIRED(
            f -> f.is(CANCELLED) && f.because("EXPIRED"),
            f -> "Nobody had begun it by the time named in expiresAt. It cost nothing."),
    CANCELLED_MOVED(
            f -> f.is(CANCELLED) && f.because("MOVED"),
            f -> "It was moved to another backend; the job that runs there names this one as its parent."),
    CANCELLED_WITH_CHILDREN(
            f -> f.is(CANCELLED) && f.because("CHILDREN_CANCELLED"),
            f -> "All of its circuits were cancelled one by one."),
    CANCELLED_BY_BUDGET(
            f -> f.is(CANCELLED) && f.because("CANCELLED_BY_BUDGET"),
            f -> "A budget was used up that cancels what is under way. It cost nothing."),
    CANCELLED_RUNNING(
            f -> f.is(CANCELLED) && f.attempts() > 0,
            f -> "It was cancelled while it ran, and has stopped. It cost nothing."),
    CANCELLED_WAITING(f -> f.is(CANCELLED), f -> "It was cancelled before anybody began it. It cost nothing."),
    FAILED_LOST_SERVERS(
            f -> f.is(FAILED) && f.because("ATTEMPTS_EXHAUSTED"),
            f -> "Every server that began it fell silent, so that it was given up. It cost nothing."),
    FAILED_MEMORY(
            f -> f.is(FAILED) && f.because("OUT_OF_MEMORY"),
            f ->
                    "The server ran out of memory on this circuit. Take fewer qubits, or ask the operator for more memory."),
    FAILED_RESULT(
            f -> f.is(FAILED) && f.because("RESULT_REFUSED"),
            f -> "It ran, but its result could not be stored. Take fewer shots, or leave memory out."),
    FAILED_ENGINE(
            f -> f.is(FAILED) && f.because("ENGINE_FAILED"),
            f -> "The simulator itself failed; the operator finds the failure in the server's log. It cost nothing."),
    FAILED_CIRCUIT(
            f -> f.is(FAILED)
                    && Set.of("INVALID_CIRCUIT", "LIMIT_EXCEEDED", "UNSUPPORTED")
                            .contains(String.valueOf(f.reason())),
            f -> "The circuit cannot be run: " + f.error()),
    FAILED_CHILDREN(f -> f.is(FAILED) && f.because("CHILDREN_FAILED"), f -> String.valueOf(f.error())),
    FAILED_CREDENTIALS(
            f -> f.is(FAILED) && f.isUnwelcome(),
            f -> f.provider() + " does not accept the credentials of the account (" + f.failure()
                    + "); the operator has to renew them. It cost nothing."),
    FAILED_REFUSED_BY_DEVICE(
            f -> f.is(FAILED) && f.because("DEVICE_REFUSED"),
            f -> "The device " + f.backend() + " cannot run it: " + f.error()),
    FAILED_ORDER_UNKNOWN(f -> f.is(FAILED) && f.because("SUBMISSION_UNKNOWN"), f -> String.valueOf(f.error())),
    FAILED_TASK_LOST(
            f -> f.is(FAILED) && (f.because("TASK_LOST") || f.because("UNKNOWN_STATUS")),
            f -> f.provider() + " had taken it, and cannot tell any more what became of it: " + f.error()),
    FAILED_STOPPED_THERE(
            f -> f.is(FAILED) && f.because("CANCELLED_BY_PROVIDER"),
            f -> "It was cancelled at " + f.provider() + ", and not by the hub."),
    FAILED_AT_PROVIDER(
            f -> f.is(FAILED) && f.because("PROVIDER_FAILED"), f -> "It failed at " + f.provider() + ": " + f.error()),
    FAILED_OTHERWISE(f -> f.is(FAILED), f -> String.valueOf(f.error())),

    // on its way
    SECRET_INVALID(
            JobFacts::lacksSecret,
            f -> "It needs the team's own credentials with the provider of " + f.backend()
                    + ", which are not in order: " + f.secretTrouble()),
    STOPPING_SILENT(
            f -> f.is(CANCELLING) && f.leaseSilent(),
            f -> "It is to stop, and its server is silent: it is cancelled for certain within seconds."),
    STOPPING_AT_PROVIDER(
            f -> f.is(CANCELLING) && f.order() != null,
            f -> f.provider() + " is asked to stop it, and says " + f.told()
                    + "; it is CANCELLING until that is certain, and counts if it completes first."),
    STOPPING(
            f -> f.is(CANCELLING),
            f -> "It was asked to stop and is CANCELLING until its worker says so; if it completes first, it counts."),
    RUNNING_CHILDREN(
            f -> f.is(RUNNING) && f.children() > 0,
            f -> "Its circuits run; interim-results shows those that are done."),
    PROVIDER_NOT_READY(
            f -> (f.waitsForOrder() || f.ordered()) && f.device().notReady() != null,
            f -> String.valueOf(f.device().notReady())),
    PROVIDER_REFUSES_CREDENTIALS(
            f -> f.ordered() && f.isUnwelcome(),
            f -> f.provider() + " does not accept the credentials of the account (" + f.failure()
                    + "); it is asked again, and the operator has to renew them."),
    PROVIDER_THROTTLED(
            f -> (f.waitsForOrder() || f.ordered()) && f.isThrottled(),
            f -> f.provider() + " takes fewer requests than there are; it is asked again, with growing pauses."),
    PROVIDER_QUOTA(
            f -> f.ordered() && f.failure().contains("Quota"),
            f -> "A quota of the account at " + f.provider() + " is used up (" + f.failure()
                    + "); it is asked again, with growing pauses."),
    PROVIDER_DEVICE_OFFLINE(
            f -> f.ordered() && f.failure().contains("Offline"),
            f -> f.provider() + " says that the device is offline; it is asked again, with growing pauses."),
    PROVIDER_SPARED(
            f -> (f.waitsForOrder() || f.ordered()) && f.isSpared(),
            f -> f.provider() + " did not answer several times in a row and is left alone for two minutes at most."),
    POLLER_LATE(
            f -> f.ordered() && f.isLate(),
            f -> "The hub should have asked " + f.provider() + " " + f.lateSeconds()
                    + " seconds ago: its provider lane has more to do than it can, or stands still."),
    ORDER_IN_DOUBT(
            f -> f.ordered() && !f.isTaken() && !f.failure().isEmpty(),
            f -> "The last call to " + f.provider() + " failed (" + f.failure()
                    + "). If it is not known whether the order was taken, it is looked for before it is sent again, under the same token."),
    ORDERING(f -> f.ordered() && !f.isTaken(), f -> "It is being ordered at " + f.provider() + "."),
    DEVICE_CLOSED(
            f -> f.ordered() && f.is(PROVISIONING) && f.device().opensAt() != null,
            f -> f.provider() + " has it, and the device " + f.backend() + " opens at "
                    + f.device().opensAt() + "."),
    QUEUED_AT_PROVIDER(
            f -> f.ordered() && f.is(PROVISIONING), f -> f.provider() + " has it and says " + f.told() + "."),
    RUNS_AT_PROVIDER(f -> f.ordered(), f -> "It runs at " + f.provider() + ", which says " + f.told() + "."),
    SERVER_SILENT(
            f -> f.is(RUNNING) && f.leaseSilent(),
            f -> "The server of attempt " + f.attempts()
                    + " is silent; another one takes the job over within seconds."),
    RUNNING_AGAIN(
            f -> f.is(RUNNING) && f.attempts() > 1,
            f -> "It runs, at attempt " + f.attempts() + ": an earlier server fell silent."),
    RUNS(f -> f.is(RUNNING), f -> "It runs."),

    // waiting
    PAUSED(f -> "PAUSED".equals(f.subStatus()), f -> "It was paused and waits for a resume."),
    SCHEDULED(f -> "SCHEDULED".equals(f.subStatus()), f -> "It waits for its time, " + f.runAt() + "."),
    BUDGET_HELD(
            f -> "HELD_BUDGET".equals(f.subStatus()), f -> "It waits for money: a budget of the team is exhausted."),
    NO_SERVER(f -> f.servers() == 0, f -> "No server of the hub is alive to run it."),
    TEAM_SUSPENDED(
            f -> f.waitsAtAll() && f.teamSuspended(),
            f -> "The team is suspended; what it has queued still runs in its turn."),
    NOT_ON_LIST(
            f -> f.waitsAtAll() && !f.device().allowed(),
            f -> "The backend " + f.backend()
                    + " has been taken off the list of those that the team may use; what is queued still runs in its turn."),
    BACKEND_MAINTENANCE(
            f -> f.waitsAtAll()
                    && ("MAINTENANCE".equals(f.backendStatus()) || f.device().restsUntil() != null),
            f -> "The backend " + f.backend() + " is under maintenance"
                    + (f.device().restsUntil() == null
                            ? "."
                            : " until " + f.device().restsUntil() + ".")),
    BACKEND_OFFLINE(
            f -> f.waitsAtAll() && Set.of("OFFLINE", "RETIRED", "UNKNOWN").contains(f.backendStatus()),
            f -> "The backend " + f.backend() + " is " + f.backendStatus() + "."),
    TEAM_LIMIT(
            f -> f.waits() && f.runningLimit() > 0 && f.running() >= f.runningLimit(),
            f -> "The team runs " + f.running() + " jobs at a time already, its limit is " + f.runningLimit() + "."),
    WAITING_CHILDREN(
            f -> "WAITING_CHILDREN".equals(f.subStatus()),
            f -> "None of its circuits has begun yet; each is a job of its own in the queue."),
    BEHIND_OWN_JOBS(
            f -> f.waits() && f.ownAhead() > 0,
            f -> f.ownAhead() + " jobs of your own team come first, by priority and age."),
    BEHIND_OTHERS(
            f -> f.waits() && f.othersAhead() > 1,
            f -> f.othersAhead() + " jobs wait for " + f.lanes() + " lanes; teams take turns, and yours is coming."),
    LANES_BUSY(f -> f.waits(), f -> "It is the next; all " + f.lanes() + " lanes are busy, or about to take it."),
    ORDERED_NEXT(JobFacts::waitsForOrder, f -> "It is the next to be ordered at " + f.provider() + "."),
    ARRIVING(f -> true, f -> "It is being looked at.");

    private final Predicate<JobFacts> applies;
    private final Function<JobFacts, String> words;

    JobCause(Predicate<JobFacts> applies, Function<JobFacts, String> words) {
        this.applies = applies;
        this.words = words;
    }

    public static JobCause of(JobFacts facts) {
        for (JobCause cause : values()) {
            if (cause.applies.test(facts)) {
                return cause;
            }
        }
        throw new IllegalStateException("the last row applies always");
    }

    /// A sentence or two for people.
    public String words(JobFacts facts) {
        return words.apply(facts);
    }
}
