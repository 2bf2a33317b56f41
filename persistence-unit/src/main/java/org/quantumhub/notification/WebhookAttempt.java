package org.quantumhub.notification;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One attempt at a delivery.
///
/// @param status the receiver's HTTP status; null when there was no answer
public record WebhookAttempt(
        @Nullable Integer status, @Nullable String error, int millis, Instant at) {}
