package org.quantumhub.notification;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One event on its way to one endpoint.
///
/// @param id the `webhook-id`, the same for each attempt
/// @param payload the body
public record WebhookDelivery(
        UUID id,
        UUID teamId,
        UUID endpointId,
        String eventType,
        String payload,
        DeliveryStatus status,
        int attempts,
        Instant nextAttemptAt,
        @Nullable Integer lastStatus,
        @Nullable String lastError,
        Instant createdAt,
        @Nullable Instant deliveredAt) {}
