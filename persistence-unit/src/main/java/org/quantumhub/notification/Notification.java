package org.quantumhub.notification;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a person is told inside the hub.
///
/// @param topic what kind of thing it is about, such as `job.failed`
public record Notification(
        UUID id,
        @Nullable UUID teamId,
        String title,
        String message,
        NotificationType type,
        String topic,
        boolean read,
        @Nullable Instant readAt,
        Instant createdAt) {}
