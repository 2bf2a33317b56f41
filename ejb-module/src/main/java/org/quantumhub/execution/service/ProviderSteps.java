package org.quantumhub.execution.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.execution.ClaimedJob;
import org.quantumhub.execution.JobEndings.Attempt;
import org.quantumhub.execution.OpenTask;
import org.quantumhub.execution.Outcome;
import org.quantumhub.execution.ProviderTaskRegister.Calibration;
import org.quantumhub.execution.ProviderTaskRegister.Later;
import org.quantumhub.execution.Settled;
import org.quantumhub.execution.service.ProviderCalls.CallFailed;
import org.quantumhub.execution.service.ProviderCalls.Called;
import org.quantumhub.hardware.service.Catalogue;
import org.quantumhub.hardware.service.ProviderException;
import org.quantumhub.hardware.service.ProviderException.Kind;
import org.quantumhub.hardware.service.QuantumProvider;
import org.quantumhub.hardware.service.QuantumProvider.Lookup;
import org.quantumhub.hardware.service.QuantumProvider.Part;
import org.quantumhub.hardware.service.QuantumProvider.Receipt;
import org.quantumhub.hardware.service.TaskState;
import org.quantumhub.hardware.service.TaskState.Phase;
import org.quantumhub.hardware.service.Work;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.Money;

/// What happens to one task, or to some of one provider, whenever they are due: ordered if the provider may not know of
/// them, else asked after, and settled when they have ended. Nothing is guessed: an order whose outcome is unknown is
/// looked for, and repeated only under its own token.
@ApplicationScoped
public class ProviderSteps {

    /// A new task may be unknown to the provider's own readers for a moment.
    private static final double FRESH_SECONDS = 60;

    @Inject
    ProviderBooks books;

    @Inject
    ProviderCalls calls;

    @Inject
    ProviderConfig config;

    @Inject
    Catalogue catalogue;

    @Inject
    Settlement settlement;

    /// Orders a task, unless it is found at the provider.
    void order(OpenTask task) {
        try {
            if (task.cancelled() && !task.inDoubt()) {
                // the last order was certainly not taken, so that there is nothing to stop
                settle(task, null, new Outcome.Cancelled(0), null, "PROVIDER_ENDED", "{}");
                return;
            }
            if (task.inDoubt() && found(task)) {
                return;
            }
            List<Work> work = books.jobs(task).stream().map(calls::work).toList();
            @Nullable String price = calls.price(task, work);
            Called<Receipt> receipt = calls.submit(task, work);
            books.opened(
                    task,
                    receipt.answer().taskId(),
                    receipt.answer().status(),
                    pause(task, 0),
                    ProviderCalls.with(
                            ProviderCalls.with(
                                    receipt.detail(), "taskId", receipt.answer().taskId()),
                            "quotedUsd",
                            price));
        } catch (CallFailed failed) {
            notOrdered(task, failed);
        } catch (HubException | CircuitException e) {
            fail(task, null, "DEVICE_REFUSED", String.valueOf(e.getMessage()), "{}");
        }
    }

    private void notOrdered(OpenTask task, CallFailed failed) {
        ProviderException reason = failed.reason();
        switch (reason.kind()) {
            case REFUSED -> refused(task, failed);
            case NOT_DONE, UNREACHED, UNKNOWN, BROKEN ->
                books.news(
                        new Later(
                                task,
                                null,
                                null,
                                pause(task, task.failures() + 1),
                                true,
                                reason.isUndone() && !task.inDoubt()),
                        false,
                        "PROVIDER_SUBMIT_FAILED",
                        failed.detail());
        }
    }

    /// A refusal of this order says nothing about an earlier one under the same token: that one is looked for first.
    private void refused(OpenTask task, CallFailed failed) {
        try {
            if (task.inDoubt() && searched(task)) {
                return;
            }
        } catch (CallFailed silent) {
            books.news(
                    new Later(task, null, null, pause(task, task.failures() + 1), true, false),
                    false,
                    "PROVIDER_FIND_FAILED",
                    silent.detail());
            return;
        }
        fail(task, null, failed.reason().code(), TaskOutcomes.message(failed.reason()), failed.detail());
    }

    /// Asks whether an order that may have been made was made.
    ///
    /// @return whether the task has been dealt with; false: order it now
    private boolean found(OpenTask task) {
        QuantumProvider provider = calls.of(task);
        Duration age = Duration.ofMillis((long) (task.ageSeconds() * 1000));
        if (!task.cancelled() && provider.repeatsSafely(age) && task.ageSeconds() < config.doubtSeconds()) {
            return false;
        }
        return searched(task);
    }

    /// Looks for an order at its provider.
    ///
    /// @return whether the task has been dealt with; false: it is certainly not there
    private boolean searched(OpenTask task) {
        QuantumProvider provider = calls.of(task);
        Duration age = Duration.ofMillis((long) (task.ageSeconds() * 1000));
        Called<Lookup> lookup = calls.find(task);
        switch (lookup.answer()) {
            case Lookup.Found found ->
                books.opened(
                        task,
                        found.taskId(),
                        found.status(),
                        0,
                        ProviderCalls.with(lookup.detail(), "taskId", found.taskId()));
            case Lookup.Unknowable unknowable ->
                fail(
                        task,
                        null,
                        "SUBMISSION_UNKNOWN",
                        "The provider did not answer the order, and has no way to say whether it took it; it is not repeated.",
                        lookup.detail());
            case Lookup.Absent absent -> {
                if (age.compareTo(provider.searchLag()) <= 0) {
                    books.news(
                            new Later(task, null, null, pause(task, task.failures() + 1), true, false),
                            false,
                            "PROVIDER_FIND",
                            lookup.detail());
                } else if (task.cancelled()) {
                    settle(task, null, new Outcome.Cancelled(0), null, "PROVIDER_FIND", lookup.detail());
                } else {
                    return false;
                }
            }
        }
        return true;
    }

    /// Asks after tasks of one provider.
    void ask(List<OpenTask> tasks) {
        for (OpenTask task : tasks) {
            if (task.cancelled() && !task.cancelSent()) {
                cancel(task);
            }
        }
        Called<Map<String, TaskState>> states;
        try {
            states = calls.poll(tasks);
        } catch (CallFailed failed) {
            books.later(tasks.stream()
                    .map(task -> again(task, null, pause(task, task.failures() + 1), false))
                    .toList());
            return;
        }
        List<Later> unchanged = new ArrayList<>();
        for (OpenTask task : tasks) {
            TaskState state = states.answer().get(task.providerTaskId());
            if (state == null) {
                unchanged.add(again(task, null, pause(task, task.failures() + 1), false));
            } else if (isNews(task, state)) {
                news(task, state, ProviderCalls.with(states.detail(), "providerStatus", state.word()));
            } else {
                unchanged.add(again(task, state, pause(task, 0), false));
            }
        }
        if (!unchanged.isEmpty()) {
            books.later(unchanged);
        }
    }

    private static boolean isNews(OpenTask task, TaskState state) {
        return !state.word().equals(task.providerStatus())
                || state.phase().isFinal()
                || state.phase() == Phase.LOST
                || state.phase() == Phase.UNHEARD;
    }

    private void cancel(OpenTask task) {
        try {
            Called<String> cancelled = calls.cancel(task);
            books.cancelled(task, true, "PROVIDER_CANCEL", cancelled.detail());
        } catch (CallFailed failed) {
            // a task that has ended cannot be cancelled: asking after it tells how it ended
            boolean done = failed.reason().kind() == Kind.REFUSED;
            books.cancelled(task, done, "PROVIDER_CANCEL_FAILED", failed.detail());
        }
    }

    private void news(OpenTask task, TaskState state, String detail) {
        switch (state.phase()) {
            case QUEUED, CANCELLING ->
                books.news(again(task, state, pause(task, 0), false), false, "PROVIDER_POLL", detail);
            case RUNNING -> books.news(again(task, state, pause(task, 0), false), true, "PROVIDER_POLL", detail);
            case COMPLETED -> fetch(task, state);
            case FAILED -> {
                String reason = state.reason() == null ? "The provider gives no reason." : state.reason();
                fail(task, state.word(), "PROVIDER_FAILED", reason, detail);
            }
            case CANCELLED -> cancelled(task, state, detail);
            case LOST, UNHEARD -> wrong(task, state, detail);
        }
    }

    /// Cancelled by us, or by somebody else at the provider: then the job failed.
    private void cancelled(OpenTask task, TaskState state, String detail) {
        if (task.cancelled()) {
            settle(task, state.word(), new Outcome.Cancelled(0), null, "PROVIDER_POLL", detail);
        } else {
            fail(task, state.word(), "CANCELLED_BY_PROVIDER", "The provider cancelled the task.", detail);
        }
    }

    private void wrong(OpenTask task, TaskState state, String detail) {
        boolean fresh = state.phase() == Phase.LOST && task.ageSeconds() < FRESH_SECONDS;
        if (!fresh && task.failures() + 1 >= config.wrongAnswers()) {
            boolean lost = state.phase() == Phase.LOST;
            fail(
                    task,
                    state.word(),
                    lost ? "TASK_LOST" : "UNKNOWN_STATUS",
                    lost
                            ? "The provider does not know the task any more."
                            : "The provider says '" + state.word() + "', which means nothing here.",
                    detail);
        } else {
            books.news(again(task, state, pause(task, task.failures() + 1), true), false, "PROVIDER_POLL", detail);
        }
    }

    private void fetch(OpenTask task, TaskState state) {
        List<ClaimedJob> jobs = books.jobs(task);
        try {
            Called<List<Part>> result =
                    calls.fetch(task, jobs.stream().map(calls::work).toList());
            @Nullable
            Calibration calibration = books.calibration(task.backend(), TaskOutcomes.seconds(result.answer()))
                    .orElse(null);
            boolean last = task.failures() + 1 >= config.wrongAnswers();
            List<Outcome> outcomes = TaskOutcomes.of(task, jobs, result.answer(), calibration, last);
            settle(task, state.word(), jobs, outcomes, calibration, "PROVIDER_FETCH", result.detail());
        } catch (CallFailed failed) {
            notFetched(task, state, failed.reason(), failed.detail());
        } catch (ProviderException broken) {
            notFetched(task, state, broken, "{\"operation\":\"fetch\"}");
        }
    }

    private void notFetched(OpenTask task, TaskState state, ProviderException reason, String detail) {
        boolean wrong = reason.kind() == Kind.BROKEN || reason.kind() == Kind.REFUSED;
        if (wrong && task.failures() + 1 >= config.wrongAnswers()) {
            fail(task, state.word(), reason.code(), TaskOutcomes.message(reason), detail);
        } else {
            books.news(
                    again(task, state, pause(task, task.failures() + 1), wrong),
                    false,
                    "PROVIDER_FETCH_FAILED",
                    detail);
        }
    }

    private void fail(OpenTask task, @Nullable String status, String reason, String message, String detail) {
        settle(task, status, TaskOutcomes.failed(reason, message), null, "PROVIDER_ENDED", detail);
    }

    private void settle(
            OpenTask task,
            @Nullable String status,
            Outcome outcome,
            @Nullable Calibration calibration,
            String reason,
            String detail) {
        List<ClaimedJob> jobs = books.jobs(task);
        settle(task, status, jobs, Collections.nCopies(jobs.size(), outcome), calibration, reason, detail);
    }

    /// In its own account the team is billed by the provider.
    private List<Money> costs(OpenTask task, List<ClaimedJob> jobs, List<Outcome> outcomes) {
        if (task.ownAccount()) {
            return jobs.stream()
                    .map(job -> Money.zero(job.estimatedCost().currency()))
                    .toList();
        }
        return task.isSet()
                ? settlement.costs(jobs, outcomes)
                : List.of(settlement.cost(jobs.getFirst(), outcomes.getFirst()));
    }

    private void settle(
            OpenTask task,
            @Nullable String status,
            List<ClaimedJob> jobs,
            List<Outcome> outcomes,
            @Nullable Calibration calibration,
            String reason,
            String detail) {
        List<Money> costs = costs(task, jobs, outcomes);
        List<Attempt> attempts = new ArrayList<>();
        for (int place = 0; place < jobs.size(); place++) {
            attempts.add(new Attempt(jobs.get(place), outcomes.get(place), costs.get(place)));
        }
        List<Settled> settled =
                books.settle(task, attempts, status, calibration == null ? null : calibration.id(), reason, detail);
        settlement.settled(attempts, settled);
    }

    private static Later again(OpenTask task, @Nullable TaskState state, long millis, boolean failed) {
        return new Later(
                task,
                state == null ? null : state.word(),
                state == null ? null : state.queuePosition(),
                millis,
                failed,
                false);
    }

    /// The device's own hint, longer after failures and for tasks that have waited long, and never at the same moment
    /// for
    /// all.
    private long pause(OpenTask task, int failures) {
        long hint = catalogue.get(task.backend()).pollIntervalMillis();
        // a task that waits for an hour need not be asked after each second
        long patient = Math.max(hint, (long) (task.ageSeconds() * 1000 / 60));
        long longest = Math.max(hint, config.longestPauseSeconds() * 1000L);
        long base = Math.min(longest, patient << Math.min(failures, 10));
        return base / 2 + ThreadLocalRandom.current().nextLong(base / 2 + 1);
    }
}
