package org.quantumhub.team;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Everything about a secret of a team except what it is.
///
/// @param provider whose secret it is, such as `ionq`
/// @param keyName which of the provider's, such as `api-key`
/// @param revision how often it has been written
public record TeamSecret(
        UUID id,
        UUID teamId,
        String provider,
        String keyName,
        int revision,
        @Nullable String description,
        boolean active,
        SecretValidation validation,
        @Nullable Instant lastValidatedAt,
        @Nullable String validationError,
        @Nullable Instant lastUsedAt,
        UUID createdBy,
        Instant createdAt,
        Instant updatedAt) {}
