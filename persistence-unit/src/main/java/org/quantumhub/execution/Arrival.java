package org.quantumhub.execution;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.execution.JobEndings.Attempt;

/// A job that is to be written down: one that waits, or one that ran inside the request that brought it and is born
/// with its end.
///
/// @param ended the only attempt of a job that has ended; null for one that waits
/// @param server who ran it
public record Arrival(
        NewJobRow row, @Nullable Attempt ended, @Nullable UUID server) {

    public static Arrival waiting(NewJobRow row) {
        return new Arrival(row, null, null);
    }

    public static Arrival ended(NewJobRow row, Attempt attempt, UUID server) {
        return new Arrival(row, attempt, server);
    }

    public UUID id() {
        return row.id();
    }

    /// What is to be settled of it; empty when it waits.
    public Optional<Settled> settled() {
        return Optional.ofNullable(ended)
                .map(end -> new Settled(
                        row.id(), row.teamId(), row.backendSlug(), end.status(), row.estimatedCost(), end.cost()));
    }

    /// The form in which the end travels into the database; null for a job that waits.
    @Nullable
    String endJson() {
        if (ended == null) {
            return null;
        }
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("status", ended.status().name())
                .add("fence", ended.job().fence())
                .add("server", String.valueOf(server))
                .add("cost", ended.cost().amount())
                .add("seconds", ended.seconds());
        if (ended.outcome() instanceof Outcome.Failed failed) {
            json.add("reason", failed.reason()).add("message", failed.message());
        }
        return json.build().toString();
    }
}
