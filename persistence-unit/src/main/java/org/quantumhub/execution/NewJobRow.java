package org.quantumhub.execution;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.shared.Money;

/// A job that is ready to be born: read, checked and priced.
///
/// @param expectedMicros how long the simulation is expected to take
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
        @Nullable Idempotency idempotency,
        JobTerms terms) {

    /// The same job on other terms.
    public NewJobRow on(JobTerms other) {
        return changed(estimatedCost, other);
    }

    /// The same job at another price.
    public NewJobRow at(Money cost) {
        return changed(cost, terms);
    }

    private NewJobRow changed(Money cost, JobTerms other) {
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
                idempotency,
                other);
    }

    /// What makes a repeated request recognisable.
    ///
    /// @param key the client's word for it
    /// @param requestHash SHA-256 of the request, so that another request under the same key is noticed
    public record Idempotency(String key, byte[] requestHash) {}
}
