package org.quantumhub.execution;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What has to be known of a job and its surroundings to tell why it stands where it does.
///
/// @param attempts how often it was begun
/// @param children of a bundle, else 0
/// @param leaseSilent whether the worker's lease has run out
/// @param order what was ordered at a provider, or null
/// @param teamSuspended whether the team may only read
/// @param runningLimit how many jobs of the team may run at a time, 0 for any number
/// @param running how many of the team do
/// @param ownAhead jobs of the same team that come first
/// @param othersAhead jobs of all teams that wait for a lane
/// @param servers servers that are alive
/// @param lanes lanes of all of them
/// @param secretTrouble what is wrong with the team's own credentials that it needs; null when nothing is
public record JobFacts(
        JobStatus status,
        @Nullable String subStatus,
        @Nullable String reason,
        @Nullable String error,
        int attempts,
        int children,
        @Nullable Instant runAt,
        boolean fromCache,
        boolean purged,
        boolean leaseSilent,
        Device device,
        @Nullable Order order,
        boolean teamSuspended,
        int runningLimit,
        long running,
        long ownAhead,
        long othersAhead,
        int servers,
        int lanes,
        @Nullable String secretTrouble) {

    /// Nobody need be told of a task that is asked after a little later than planned.
    private static final double LATE_SECONDS = 60;

    private static final Set<Integer> UNWELCOME = Set.of(401, 403);

    /// What the job runs on.
    ///
    /// @param status such as ONLINE or MAINTENANCE
    /// @param restsUntil the end of the maintenance that goes on, or null
    /// @param opensAt when it opens next; null while it is open
    /// @param allowed whether the team may use it
    /// @param provider the name of a provider that is sent orders; empty for the hub's own simulators
    /// @param notReady why nothing can be sent there, or null
    /// @param spared whether it is left alone because it did not answer
    /// @param throttling whether it refused requests a moment ago because there were too many
    public record Device(
            String slug,
            String status,
            @Nullable Instant restsUntil,
            @Nullable Instant opensAt,
            boolean allowed,
            String provider,
            @Nullable String notReady,
            boolean spared,
            boolean throttling) {}

    /// What was ordered outside.
    ///
    /// @param taken whether the provider is known to have it
    /// @param word the provider's own for how it stands
    /// @param queuePosition as the provider tells it
    /// @param failure the provider's word for what went wrong with the last call; null when nothing did
    /// @param failureStatus the HTTP status of that, 0 without an answer
    /// @param lateSeconds for how long nobody has done what is due
    public record Order(
            boolean taken,
            @Nullable String word,
            @Nullable String queuePosition,
            @Nullable String failure,
            int failureStatus,
            double lateSeconds) {}

    /// Whether a provider says that there are too many requests.
    ///
    /// @param code the provider's word for a failure
    public static boolean isThrottling(String code, int httpStatus) {
        return httpStatus == 429 || code.contains("Throttl");
    }

    boolean is(JobStatus wanted) {
        return status == wanted;
    }

    /// Whether it waits for a lane of the hub.
    boolean waits() {
        return status == JobStatus.QUEUED && subStatus == null;
    }

    /// Whether it would go on if the team's credentials were in order.
    boolean lacksSecret() {
        boolean held = "PAUSED".equals(subStatus) || "SCHEDULED".equals(subStatus) || "HELD_BUDGET".equals(subStatus);
        return secretTrouble != null && !status.isFinal() && !held;
    }

    /// Whether it waits to be ordered at a provider.
    boolean waitsForOrder() {
        return !device.provider().isEmpty() && status == JobStatus.SUBMITTED && subStatus == null;
    }

    boolean waitsAtAll() {
        return waits() || waitsForOrder();
    }

    /// Whether it is in the hands of a provider, or on its way there.
    boolean ordered() {
        return order != null && (status == JobStatus.PROVISIONING || status == JobStatus.RUNNING);
    }

    boolean isTaken() {
        return order != null && order.taken();
    }

    boolean isLate() {
        return order != null && order.lateSeconds() > LATE_SECONDS;
    }

    boolean isSpared() {
        return device.spared();
    }

    boolean isThrottled() {
        return device.throttling() || order != null && isThrottling(failure(), order.failureStatus());
    }

    boolean isUnwelcome() {
        return order != null && UNWELCOME.contains(order.failureStatus());
    }

    /// The provider's word for what went wrong; empty when nothing did.
    String failure() {
        return order == null || order.failure() == null ? "" : order.failure();
    }

    /// What the provider tells of the task.
    String told() {
        if (order == null || order.word() == null) {
            return "nothing yet";
        }
        return "'" + order.word() + "'"
                + (order.queuePosition() == null ? "" : ", at position " + order.queuePosition() + " of its queue");
    }

    long lateSeconds() {
        return order == null ? 0 : (long) order.lateSeconds();
    }

    String backend() {
        return device.slug();
    }

    String backendStatus() {
        return device.status();
    }

    String provider() {
        return device.provider();
    }

    boolean because(String wanted) {
        return wanted.equals(reason);
    }
}
