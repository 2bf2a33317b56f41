package org.quantumhub.execution;

import java.io.Serializable;
import java.util.UUID;
import org.quantumhub.shared.Money;

/// A job that a worker holds the lease of.
///
/// @param fence the number of this attempt; only the highest one may settle
/// @param priceVersionId the price that was in force when the job was submitted
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
        double queuedSeconds)
        implements Serializable {}
