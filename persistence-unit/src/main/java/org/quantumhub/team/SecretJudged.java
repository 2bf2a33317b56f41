package org.quantumhub.team;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A provider has changed its mind about a team's credentials: it refuses those that nobody had tried or that it took
/// before, or takes again those that it had refused. Fired inside the transaction that notes it.
///
/// @param provider such as `ionq`
/// @param accepted whether it takes them now
/// @param reason in the provider's words, without any secret; null when all is well
public record SecretJudged(
        UUID teamId,
        String provider,
        boolean accepted,
        @Nullable String reason) {}
