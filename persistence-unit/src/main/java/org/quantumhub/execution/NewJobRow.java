package org.quantumhub.execution;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.shared.Money;

/// A job that is ready to be born: read, checked and priced.
///
/// @param expectedMicros how long the simulation is expected to take
/// @param claimedBy the server that runs it at once inside the request; null to queue it
public record NewJobRow(
        UUID id,
        UUID teamId,
        UUID userId,
        @Nullable String name,
        RunMode runMode,
        String backendSlug,
        Program program,
        int shots,
        long seed,
        boolean memory,
        List<String> tags,
        @Nullable String metadata,
        int qubitCount,
        int gateCount,
        int depth,
        long expectedMicros,
        Money estimatedCost,
        UUID priceVersionId,
        @Nullable String requestId,
        @Nullable UUID claimedBy,
        @Nullable Idempotency idempotency,
        JobTerms terms) {

    /// The same job on other terms.
    public NewJobRow on(JobTerms other) {
        return changed(estimatedCost, claimedBy, other);
    }

    /// The same job at another price.
    public NewJobRow at(Money cost) {
        return changed(cost, claimedBy, terms);
    }

    /// The same job, to be run at once by a server that holds its lease from birth on.
    public NewJobRow claimedBy(UUID server) {
        return changed(estimatedCost, server, terms);
    }

    private NewJobRow changed(Money cost, @Nullable UUID claimed, JobTerms other) {
        return new NewJobRow(
                id,
                teamId,
                userId,
                name,
                runMode,
                backendSlug,
                program,
                shots,
                seed,
                memory,
                tags,
                metadata,
                qubitCount,
                gateCount,
                depth,
                expectedMicros,
                cost,
                priceVersionId,
                requestId,
                claimed,
                idempotency,
                other);
    }

    /// What makes a repeated request recognisable.
    ///
    /// @param key the client's word for it
    /// @param requestHash SHA-256 of the request, so that another request under the same key is noticed
    public record Idempotency(String key, byte[] requestHash) {}
}
