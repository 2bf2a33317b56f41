package org.quantumhub.execution;

import java.io.Serializable;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.shared.Money;

/// A job that a worker has taken: with a lease of its own, or by a reservation of its lane.
///
/// @param fence the number of this attempt; only the highest one may settle
/// @param priceVersionId the price that was in force when the job was submitted
/// @param parameters a JSON object with the values of the circuit's inputs
/// @param bundleId the parent, if it belongs to a bundle
/// @param cacheKey what a job must be asked for to have the same result; null when its submitter wanted a run
/// @param reservation what it was taken by; null when it has a lease
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
        byte @Nullable [] cacheKey,
        @Nullable Reservation reservation)
        implements Serializable {

    /// By whom it is reserved, while it stays in the queue until its end.
    ///
    /// @param since by the database's clock
    public record Reservation(Worker worker, OffsetDateTime since) implements Serializable {}

    /// A job that is run before it is written, in its first and only attempt.
    ///
    /// @param cacheKey what a job must be asked for to have the same result; null when it is not to be answered with
    public static ClaimedJob unwritten(NewJobRow row, byte @Nullable [] cacheKey) {
        return new ClaimedJob(
                row.id(),
                row.teamId(),
                1,
                row.program().format(),
                row.program().text(),
                row.shots(),
                row.seed(),
                row.memory(),
                row.backendSlug(),
                row.estimatedCost(),
                row.priceVersionId(),
                0,
                row.terms().parameters(),
                null,
                cacheKey,
                null);
    }

    ClaimedJob reservedBy(Worker worker, OffsetDateTime since) {
        return new ClaimedJob(
                id,
                teamId,
                fence,
                format,
                program,
                shots,
                seed,
                memory,
                backendSlug,
                estimatedCost,
                priceVersionId,
                queuedSeconds,
                parameters,
                bundleId,
                cacheKey,
                new Reservation(worker, since));
    }
}
