package org.quantumhub.notification;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something that happened, as those who listen are told.
///
/// @param cursor where it stands in its source
/// @param teamId whose members may hear of it; null when only a person may
/// @param userId the person it is for; null when all of the team may hear it
/// @param audience who of the team may hear it
/// @param type such as `job.completed`
/// @param subject the id of what it is about
/// @param data a JSON object
public record FeedEntry(
        FeedCursor cursor,
        @Nullable UUID teamId,
        @Nullable UUID userId,
        Audience audience,
        String type,
        @Nullable String subject,
        String data,
        Instant at) {

    /// Who of a team may hear of something.
    public enum Audience {
        /// everybody
        MEMBERS,
        /// its owners and admins
        ADMINS,
        /// its owners and admins, and whoever looks after the bills of all teams
        BILLING
    }

    /// Somebody who listens.
    ///
    /// @param team for which the person acts
    /// @param administers whether the person is an owner or admin of it
    /// @param bills whether the person looks after the bills of all teams
    public record Hearer(UUID person, UUID team, boolean administers, boolean bills) {}

    /// Whether somebody may hear of it.
    public boolean isFor(Hearer hearer) {
        if (audience == Audience.BILLING && hearer.bills()) {
            return true;
        }
        return (teamId == null || teamId.equals(hearer.team()))
                && (userId == null || userId.equals(hearer.person()))
                && (audience == Audience.MEMBERS || hearer.administers());
    }
}
