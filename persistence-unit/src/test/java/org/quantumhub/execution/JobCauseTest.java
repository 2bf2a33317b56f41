package org.quantumhub.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Why a job stands where it does: one row for each cause, with what the sentence has to name.
class JobCauseTest {

    /// A queued job on a hub with nothing to do, and what a script changes of it.
    private static final class Scene {
        JobStatus status = JobStatus.QUEUED;

        @Nullable
        String subStatus;

        @Nullable
        String reason;

        @Nullable
        String error;

        int attempts;
        int children;
        boolean cached;
        boolean purged;
        boolean silent;
        String backend = "ONLINE";

        @Nullable
        Instant rests;

        @Nullable
        Instant opens;

        boolean allowed = true;
        String provider = "";

        @Nullable
        String notReady;

        boolean spared;
        boolean throttling;
        JobFacts.@Nullable Order order;
        boolean suspended;
        int limit;
        long running;
        long own;
        long others = 1;
        int servers = 1;

        @Nullable
        String trouble;

        static Scene ended(JobStatus status, @Nullable String reason) {
            Scene scene = new Scene();
            scene.status = status;
            scene.reason = reason;
            scene.attempts = status == JobStatus.CANCELLED ? 0 : 1;
            return scene;
        }

        static Scene running() {
            Scene scene = new Scene();
            scene.status = JobStatus.RUNNING;
            scene.attempts = 1;
            return scene;
        }

        static Scene waiting(@Nullable String subStatus) {
            Scene scene = new Scene();
            scene.subStatus = subStatus;
            return scene;
        }

        /// A job for a provider that nobody has ordered yet.
        static Scene toOrder() {
            Scene scene = new Scene();
            scene.status = JobStatus.SUBMITTED;
            scene.provider = "Amazon Braket";
            return scene;
        }

        /// A job that is at a provider, or on its way.
        static Scene ordered(boolean taken, @Nullable String failure, int failureStatus) {
            Scene scene = toOrder();
            scene.status = JobStatus.PROVISIONING;
            scene.subStatus = "WAITING_QPU";
            scene.attempts = 1;
            scene.order = new JobFacts.Order(taken, taken ? "QUEUED" : null, null, failure, failureStatus, 0);
            return scene;
        }

        static Scene failed(String reason, String error, int failureStatus) {
            Scene scene = ordered(true, reason, failureStatus);
            scene.status = JobStatus.FAILED;
            scene.subStatus = null;
            scene.reason = reason;
            scene.error = error;
            return scene;
        }

        Scene but(java.util.function.Consumer<Scene> change) {
            change.accept(this);
            return this;
        }

        JobFacts facts() {
            return new JobFacts(
                    status,
                    subStatus,
                    reason,
                    error,
                    attempts,
                    children,
                    Instant.parse("2026-12-24T18:00:00Z"),
                    cached,
                    purged,
                    silent,
                    new JobFacts.Device(
                            "hub-statevector", backend, rests, opens, allowed, provider, notReady, spared, throttling),
                    order,
                    suspended,
                    limit,
                    running,
                    own,
                    others,
                    servers,
                    2,
                    trouble);
        }
    }

    static Stream<Arguments> scripts() {
        return Stream.of(
                row(
                        JobCause.PURGED,
                        "removed",
                        Scene.ended(JobStatus.COMPLETED, null).but(s -> s.purged = true)),
                row(
                        JobCause.ANSWERED_FROM_CACHE,
                        "without a run",
                        Scene.ended(JobStatus.COMPLETED, null).but(s -> s.cached = true)),
                row(
                        JobCause.PARTIALLY_COMPLETED,
                        "Some of its 7",
                        Scene.ended(JobStatus.COMPLETED, "PARTIALLY_COMPLETED").but(s -> s.children = 7)),
                row(
                        JobCause.COMPLETED_ALL,
                        "All 7",
                        Scene.ended(JobStatus.COMPLETED, null).but(s -> s.children = 7)),
                row(
                        JobCause.COMPLETED_LATE,
                        "attempt 2",
                        Scene.ended(JobStatus.COMPLETED, null).but(s -> s.attempts = 2)),
                row(JobCause.COMPLETED_WELL, "completed", Scene.ended(JobStatus.COMPLETED, null)),
                row(JobCause.CANCELLED_EXPIRED, "expiresAt", Scene.ended(JobStatus.CANCELLED, "EXPIRED")),
                row(JobCause.CANCELLED_MOVED, "another backend", Scene.ended(JobStatus.CANCELLED, "MOVED")),
                row(
                        JobCause.CANCELLED_WITH_CHILDREN,
                        "one by one",
                        Scene.ended(JobStatus.CANCELLED, "CHILDREN_CANCELLED")),
                row(
                        JobCause.CANCELLED_BY_BUDGET,
                        "budget was used up",
                        Scene.ended(JobStatus.CANCELLED, "CANCELLED_BY_BUDGET").but(s -> s.attempts = 1)),
                row(
                        JobCause.CANCELLED_RUNNING,
                        "while it ran",
                        Scene.ended(JobStatus.CANCELLED, "CANCELLED_BY_USER").but(s -> s.attempts = 1)),
                row(JobCause.CANCELLED_WAITING, "cost nothing", Scene.ended(JobStatus.CANCELLED, "CANCELLED_BY_USER")),
                row(JobCause.FAILED_LOST_SERVERS, "given up", Scene.ended(JobStatus.FAILED, "ATTEMPTS_EXHAUSTED")),
                row(JobCause.FAILED_MEMORY, "memory", Scene.ended(JobStatus.FAILED, "OUT_OF_MEMORY")),
                row(JobCause.FAILED_RESULT, "could not be stored", Scene.ended(JobStatus.FAILED, "RESULT_REFUSED")),
                row(JobCause.FAILED_ENGINE, "simulator itself", Scene.ended(JobStatus.FAILED, "ENGINE_FAILED")),
                row(
                        JobCause.FAILED_CIRCUIT,
                        "too deep",
                        Scene.ended(JobStatus.FAILED, "LIMIT_EXCEEDED").but(s -> s.error = "too deep")),
                row(
                        JobCause.FAILED_CHILDREN,
                        "None of",
                        Scene.ended(JobStatus.FAILED, "CHILDREN_FAILED").but(s -> s.error = "None of them")),
                row(
                        JobCause.FAILED_OTHERWISE,
                        "odd",
                        Scene.ended(JobStatus.FAILED, "ODD").but(s -> s.error = "odd")),
                row(
                        JobCause.SECRET_INVALID,
                        "in order: IonQ refuses them",
                        Scene.waiting(null)
                                .but(s -> s.status = JobStatus.SUBMITTED)
                                .but(s -> s.trouble = "IonQ refuses them")),
                row(
                        JobCause.STOPPING_SILENT,
                        "silent",
                        Scene.ended(JobStatus.CANCELLING, "CANCELLED_BY_USER").but(s -> s.silent = true)),
                row(JobCause.STOPPING, "CANCELLING until", Scene.ended(JobStatus.CANCELLING, "CANCELLED_BY_USER")),
                row(
                        JobCause.FAILED_CREDENTIALS,
                        "does not accept the credentials of the account (AccessDeniedException)",
                        Scene.failed("AccessDeniedException", "no", 403)),
                row(JobCause.FAILED_CREDENTIALS, "HTTP_401", Scene.failed("HTTP_401", "no", 401)),
                row(
                        JobCause.FAILED_REFUSED_BY_DEVICE,
                        "cannot run it: too many qubits",
                        Scene.failed("DEVICE_REFUSED", "too many qubits", 0)),
                row(
                        JobCause.FAILED_ORDER_UNKNOWN,
                        "it is not repeated",
                        Scene.failed("SUBMISSION_UNKNOWN", "No answer; it is not repeated.", 0)),
                row(JobCause.FAILED_TASK_LOST, "had taken it", Scene.failed("TASK_LOST", "Gone.", 0)),
                row(JobCause.FAILED_TASK_LOST, "had taken it", Scene.failed("UNKNOWN_STATUS", "says 'X'", 0)),
                row(
                        JobCause.FAILED_STOPPED_THERE,
                        "not by the hub",
                        Scene.failed("CANCELLED_BY_PROVIDER", "The provider cancelled the task.", 0)),
                row(
                        JobCause.FAILED_AT_PROVIDER,
                        "failed at Amazon Braket: the laser",
                        Scene.failed("PROVIDER_FAILED", "the laser went out", 0)),
                row(
                        JobCause.FAILED_OTHERWISE,
                        "odd",
                        Scene.failed("ValidationException", "The provider says: odd", 400)),
                row(
                        JobCause.STOPPING_AT_PROVIDER,
                        "says 'QUEUED'",
                        Scene.ordered(true, null, 0).but(s -> s.status = JobStatus.CANCELLING)),
                row(
                        JobCause.PROVIDER_NOT_READY,
                        "needs an account",
                        Scene.toOrder().but(s -> s.notReady = "Amazon Braket needs an account.")),
                row(
                        JobCause.PROVIDER_NOT_READY,
                        "needs an account",
                        Scene.ordered(true, null, 0).but(s -> s.notReady = "Amazon Braket needs an account.")),
                row(
                        JobCause.PROVIDER_REFUSES_CREDENTIALS,
                        "(HTTP_403); it is asked again",
                        Scene.ordered(true, "HTTP_403", 403)),
                row(JobCause.PROVIDER_THROTTLED, "fewer requests", Scene.ordered(false, "ThrottlingException", 400)),
                row(JobCause.PROVIDER_THROTTLED, "fewer requests", Scene.ordered(false, "HTTP_429", 429)),
                row(
                        JobCause.PROVIDER_THROTTLED,
                        "fewer requests",
                        Scene.ordered(true, null, 0).but(s -> s.throttling = true)),
                row(
                        JobCause.PROVIDER_THROTTLED,
                        "fewer requests",
                        Scene.toOrder().but(s -> s.throttling = true)),
                row(
                        JobCause.PROVIDER_QUOTA,
                        "A quota of the account",
                        Scene.ordered(false, "ServiceQuotaExceededException", 402)),
                row(
                        JobCause.PROVIDER_DEVICE_OFFLINE,
                        "the device is offline",
                        Scene.ordered(false, "DeviceOfflineException", 424)),
                row(
                        JobCause.PROVIDER_SPARED,
                        "left alone",
                        Scene.ordered(true, null, 0).but(s -> s.spared = true)),
                row(JobCause.PROVIDER_SPARED, "left alone", Scene.toOrder().but(s -> s.spared = true)),
                row(
                        JobCause.POLLER_LATE,
                        "asked Amazon Braket 61 seconds ago",
                        Scene.ordered(true, null, 0)
                                .but(s -> s.order = new JobFacts.Order(true, "QUEUED", null, null, 0, 61.5))),
                row(
                        JobCause.QUEUED_AT_PROVIDER,
                        "says 'QUEUED'",
                        Scene.ordered(true, null, 0)
                                .but(s -> s.order = new JobFacts.Order(true, "QUEUED", null, null, 0, 60))),
                row(JobCause.ORDER_IN_DOUBT, "under the same token", Scene.ordered(false, "ConnectException", 0)),
                row(JobCause.ORDERING, "being ordered at Amazon Braket", Scene.ordered(false, null, 0)),
                row(
                        JobCause.DEVICE_CLOSED,
                        "opens at 2026-12-25T09:00:00Z",
                        Scene.ordered(true, null, 0).but(s -> s.opens = Instant.parse("2026-12-25T09:00:00Z"))),
                row(
                        JobCause.QUEUED_AT_PROVIDER,
                        "says 'QUEUED', at position 3 of its queue",
                        Scene.ordered(true, null, 0)
                                .but(s -> s.order = new JobFacts.Order(true, "QUEUED", "3", null, 0, 0))),
                row(
                        JobCause.RUNS_AT_PROVIDER,
                        "It runs at Amazon Braket",
                        Scene.ordered(true, null, 0).but(s -> s.status = JobStatus.RUNNING)),
                row(
                        JobCause.NOT_ON_LIST,
                        "taken off the list",
                        Scene.waiting(null).but(s -> s.allowed = false)),
                row(
                        JobCause.BACKEND_MAINTENANCE,
                        "until 2026-12-25T09:00:00Z",
                        Scene.waiting(null).but(s -> s.rests = Instant.parse("2026-12-25T09:00:00Z"))),
                row(JobCause.BACKEND_OFFLINE, "is OFFLINE", Scene.toOrder().but(s -> s.backend = "OFFLINE")),
                row(JobCause.ORDERED_NEXT, "next to be ordered", Scene.toOrder()),
                row(
                        JobCause.RUNNING_CHILDREN,
                        "interim-results",
                        Scene.running().but(s -> s.children = 3)),
                row(
                        JobCause.SERVER_SILENT,
                        "attempt 1 is silent",
                        Scene.running().but(s -> s.silent = true)),
                row(JobCause.RUNNING_AGAIN, "attempt 2", Scene.running().but(s -> s.attempts = 2)),
                row(JobCause.RUNS, "It runs", Scene.running()),
                row(JobCause.PAUSED, "resume", Scene.waiting("PAUSED")),
                row(
                        JobCause.SCHEDULED,
                        "2026-12-24T18:00:00Z",
                        Scene.waiting("SCHEDULED").but(s -> s.status = JobStatus.SUBMITTED)),
                row(JobCause.BUDGET_HELD, "budget", Scene.waiting("HELD_BUDGET")),
                row(JobCause.NO_SERVER, "No server", Scene.waiting(null).but(s -> s.servers = 0)),
                row(JobCause.TEAM_SUSPENDED, "suspended", Scene.waiting(null).but(s -> s.suspended = true)),
                row(
                        JobCause.BACKEND_MAINTENANCE,
                        "hub-statevector is under maintenance",
                        Scene.waiting(null).but(s -> s.backend = "MAINTENANCE")),
                row(JobCause.BACKEND_OFFLINE, "is RETIRED", Scene.waiting(null).but(s -> s.backend = "RETIRED")),
                row(
                        JobCause.TEAM_LIMIT,
                        "its limit is 2",
                        Scene.waiting(null).but(s -> s.limit = 2).but(s -> s.running = 2)),
                row(
                        JobCause.WAITING_CHILDREN,
                        "None of its circuits has begun",
                        Scene.waiting("WAITING_CHILDREN").but(s -> s.children = 3)),
                row(
                        JobCause.BEHIND_OWN_JOBS,
                        "12 jobs of your own",
                        Scene.waiting(null).but(s -> s.own = 12)),
                row(
                        JobCause.BEHIND_OTHERS,
                        "90 jobs wait for 2 lanes",
                        Scene.waiting(null).but(s -> s.others = 90)),
                row(JobCause.LANES_BUSY, "the next", Scene.waiting(null)),
                row(
                        JobCause.ARRIVING,
                        "looked at",
                        Scene.waiting("VALIDATING").but(s -> s.status = JobStatus.SUBMITTED)));
    }

    private static Arguments row(JobCause cause, String word, Scene scene) {
        return Arguments.of(cause, word, scene.facts());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scripts")
    void a_cause_is_recognised_and_put_into_words(JobCause cause, String word, JobFacts facts) {
        assertThat(JobCause.of(facts)).isEqualTo(cause);
        assertThat(cause.words(facts)).contains(word).doesNotContain("null");
    }

    @Test
    void a_job_that_is_held_back_or_has_ended_does_not_wait_for_a_secret() {
        assertThat(JobCause.of(
                        Scene.waiting("PAUSED").but(s -> s.trouble = "refused").facts()))
                .isEqualTo(JobCause.PAUSED);
        assertThat(JobCause.of(Scene.ended(JobStatus.COMPLETED, null)
                        .but(s -> s.trouble = "refused")
                        .facts()))
                .isEqualTo(JobCause.COMPLETED_WELL);
        assertThat(JobCause.of(Scene.running().but(s -> s.trouble = "refused").facts()))
                .isEqualTo(JobCause.SECRET_INVALID);
    }

    @Test
    void every_cause_has_its_script() {
        Set<JobCause> scripted = EnumSet.noneOf(JobCause.class);
        scripts().forEach(row -> scripted.add((JobCause) row.get()[0]));
        assertThat(scripted).containsExactlyInAnyOrderElementsOf(Arrays.asList(JobCause.values()));
    }
}
