package org.quantumhub.execution;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What has to be known of a job and its surroundings to tell why it stands where it does.
///
/// @param attempts how often it was begun
/// @param children of a bundle, else 0
/// @param leaseSilent whether the worker's lease has run out
/// @param backendStatus such as ONLINE or MAINTENANCE
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
        String backend,
        String backendStatus,
        boolean teamSuspended,
        int runningLimit,
        long running,
        long ownAhead,
        long othersAhead,
        int servers,
        int lanes,
        @Nullable String secretTrouble) {

    boolean is(JobStatus wanted) {
        return status == wanted;
    }

    boolean waits() {
        return status == JobStatus.QUEUED && subStatus == null;
    }

    /// Whether it would go on if the team's credentials were in order.
    boolean lacksSecret() {
        boolean held = "PAUSED".equals(subStatus) || "SCHEDULED".equals(subStatus) || "HELD_BUDGET".equals(subStatus);
        return secretTrouble != null && !status.isFinal() && !held;
    }

    boolean because(String wanted) {
        return wanted.equals(reason);
    }
}
