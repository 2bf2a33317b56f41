package org.quantumhub.notification;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Where a team wants to be told of events.
///
/// @param eventTypes such as `job.completed`, or `*` for all
/// @param slot which of the two secrets is the current one
/// @param earlierUntil until when the other one signs too
public record WebhookEndpoint(
        UUID id,
        UUID teamId,
        String url,
        @Nullable String description,
        List<String> eventTypes,
        boolean active,
        @Nullable String disabledReason,
        int slot,
        @Nullable Instant earlierUntil,
        Instant createdAt,
        Instant updatedAt) {

    public WebhookEndpoint {
        eventTypes = List.copyOf(eventTypes);
    }

    /// The name of a signing secret among the team's secrets.
    public static String secretName(UUID id, int slot) {
        return "webhook." + id + "." + slot;
    }
}
