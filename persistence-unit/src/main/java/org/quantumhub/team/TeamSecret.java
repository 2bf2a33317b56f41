package org.quantumhub.team;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Everything about a secret of a team except what it is.
///
/// @param provider whose secret it is, such as `ionq`
/// @param keyName which of the provider's, such as `api-key`
/// @param revision how often it has been written
/// @param lastVerdict VALID or INVALID, as the provider last said of this value; stays while it cannot be asked
/// @param nextValidationAt null when there is nothing to be tried
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
        @Nullable SecretValidation lastVerdict,
        @Nullable Instant lastVerdictAt,
        @Nullable Instant nextValidationAt,
        @Nullable Instant lastUsedAt,
        UUID createdBy,
        Instant createdAt,
        Instant updatedAt) {}
