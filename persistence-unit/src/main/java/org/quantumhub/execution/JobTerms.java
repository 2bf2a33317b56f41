package org.quantumhub.execution;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a submission may ask for besides a circuit and its shots. Most ask for none of it, and it costs them nothing.
///
/// @param priority the place inside the team's own queue, -100 to 100; higher comes first
/// @param runAt not before this time
/// @param expiresAt not after this time: a job that nobody has begun by then is cancelled
/// @param retentionDays how long the results are kept after the end; null for as long as there is room
/// @param parentId the bundle it belongs to, or the job it repeats
/// @param childIndex its place in the bundle, from 0; null outside of one
/// @param parameters a JSON object with the values of the circuit's inputs
/// @param notificationEmail who is told about the end
/// @param cacheKey what a job must be asked for to have the same result, SHA-256; null when the submitter wants a run
/// @param cachedFrom the job whose result this one takes over
/// @param projectId what it is done for, by the team's own id
public record JobTerms(
        int priority,
        @Nullable Instant runAt,
        @Nullable Instant expiresAt,
        @Nullable Integer retentionDays,
        @Nullable UUID parentId,
        @Nullable Integer childIndex,
        @Nullable String parameters,
        @Nullable String notificationEmail,
        byte @Nullable [] cacheKey,
        @Nullable UUID cachedFrom,
        @Nullable UUID projectId) {

    public static final JobTerms NONE = new JobTerms(0, null, null, null, null, null, null, null, null, null, null);

    /// The same as a child of a bundle.
    public JobTerms child(UUID parent, int index, @Nullable String values) {
        return new JobTerms(
                priority,
                runAt,
                expiresAt,
                retentionDays,
                parent,
                index,
                values,
                null,
                cacheKey,
                cachedFrom,
                projectId);
    }

    /// The same as a repetition of another job.
    public JobTerms after(UUID original) {
        return new JobTerms(
                priority,
                runAt,
                expiresAt,
                retentionDays,
                original,
                null,
                parameters,
                notificationEmail,
                cacheKey,
                cachedFrom,
                projectId);
    }

    /// The same with results that are kept for so long.
    public JobTerms keptFor(int days) {
        return new JobTerms(
                priority,
                runAt,
                expiresAt,
                days,
                parentId,
                childIndex,
                parameters,
                notificationEmail,
                cacheKey,
                cachedFrom,
                projectId);
    }

    /// The same with a word for what the result depends on, and the job that has it already.
    public JobTerms cached(byte[] key, @Nullable UUID from) {
        return new JobTerms(
                priority,
                runAt,
                expiresAt,
                retentionDays,
                parentId,
                childIndex,
                parameters,
                notificationEmail,
                key,
                from,
                projectId);
    }

    /// Part of what an idempotency key stands for: what there is to ask for since then shows only where it is asked
    /// for.
    @Override
    public String toString() {
        return "JobTerms[priority=" + priority + ", runAt=" + runAt + ", expiresAt=" + expiresAt + ", retentionDays="
                + retentionDays + ", parentId=" + parentId + ", childIndex=" + childIndex + ", parameters=" + parameters
                + ", notificationEmail=" + notificationEmail + ", cacheKey=" + Arrays.toString(cacheKey)
                + ", cachedFrom=" + cachedFrom + (projectId == null ? "" : ", projectId=" + projectId) + "]";
    }

    /// The form in which they travel into the database; null when there is nothing to say.
    @Nullable
    String json() {
        if (this == NONE) {
            return null;
        }
        JsonObjectBuilder json = Json.createObjectBuilder();
        json.add("priority", priority);
        add(json, "runAt", runAt);
        add(json, "expiresAt", expiresAt);
        add(json, "retentionDays", retentionDays);
        add(json, "parentId", parentId);
        add(json, "childIndex", childIndex);
        add(json, "notificationEmail", notificationEmail);
        add(json, "cachedFrom", cachedFrom);
        add(json, "projectId", projectId);
        add(json, "cacheKey", cacheKey == null ? null : HexFormat.of().formatHex(cacheKey));
        if (parameters != null) {
            try (JsonReader reader = Json.createReader(new StringReader(parameters))) {
                json.add("parameters", reader.readObject());
            }
        }
        return json.build().toString();
    }

    private static void add(JsonObjectBuilder json, String name, @Nullable Object value) {
        if (value != null) {
            json.add(name, value.toString());
        }
    }
}
