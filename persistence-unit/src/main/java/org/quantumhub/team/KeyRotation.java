package org.quantumhub.team;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A wish for new keys and how far it is.
///
/// @param rotated data keys that have been wrapped anew or replaced
public record KeyRotation(
        UUID id, Kind kind, Instant requestedAt, @Nullable Instant finishedAt, int rotated) {

    /// Which keys.
    public enum Kind {
        /// A new master key; the data keys are wrapped under it.
        MASTER_KEY,
        /// A new data key for every team; the secrets are encrypted under it.
        DATA_KEYS
    }
}
