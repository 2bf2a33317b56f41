package org.quantumhub.execution;

import java.io.Serializable;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.shared.Money;

/// A job that a worker holds the lease of.
///
/// @param fence the number of this attempt; only the highest one may settle
/// @param priceVersionId the price that was in force when the job was submitted
/// @param parameters a JSON object with the values of the circuit's inputs
/// @param bundleId the parent, if it belongs to a bundle
/// @param cacheKey what a job must be asked for to have the same result; null when its submitter wanted a run
public record ClaimedJob(
        UUID id,
        UUID teamId,
        int fence,
        ProgramFormat format,
        String program,
        int shots,
        long seed,
        boolean memory,
        String backendSlug,
        Money estimatedCost,
        UUID priceVersionId,
        double queuedSeconds,
        @Nullable String parameters,
        @Nullable UUID bundleId,
        byte @Nullable [] cacheKey)
        implements Serializable {}
