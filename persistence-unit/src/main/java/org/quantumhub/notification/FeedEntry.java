package org.quantumhub.notification;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something that happened, as those who listen are told.
///
/// @param cursor where it stands in its source
/// @param teamId whose members may hear of it; null when only a person may
/// @param userId the person it is for; null when all of the team may hear it
/// @param type such as `job.completed`
/// @param subject the id of what it is about
/// @param data a JSON object
public record FeedEntry(
        FeedCursor cursor,
        @Nullable UUID teamId,
        @Nullable UUID userId,
        String type,
        @Nullable String subject,
        String data,
        Instant at) {

    /// Whether somebody who acts for a team may hear of it.
    public boolean isFor(UUID person, UUID team) {
        return (teamId == null || teamId.equals(team)) && (userId == null || userId.equals(person));
    }
}
