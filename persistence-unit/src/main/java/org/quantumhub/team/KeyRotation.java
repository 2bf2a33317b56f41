package org.quantumhub.team;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A wish for new keys and how far it is.
///
/// @param masterKeys where the master keys of the server that took the wish lie; servers that keep theirs there fulfil
/// it
/// @param rotated data keys that have been wrapped anew or replaced
/// @param failed data keys that do not open; they stay as they are
public record KeyRotation(
        UUID id,
        Kind kind,
        String masterKeys,
        Instant requestedAt,
        @Nullable Instant finishedAt,
        int rotated,
        int failed) {

    /// Which keys.
    public enum Kind {
        /// A new master key, or the one of AWS KMS that is configured; the data keys are wrapped under it.
        MASTER_KEY,
        /// A new data key for every team; the secrets are encrypted under it.
        DATA_KEYS
    }
}
