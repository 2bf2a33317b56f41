package org.quantumhub.execution;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How an attempt at a job ended.
///
/// @param seconds time spent computing
public sealed interface Outcome {

    double seconds();

    /// It ran.
    ///
    /// @param counts the result: counts, probabilities and what else the run tells; null when it lies in the object
    /// store
    /// @param memory JSON list of the shots one by one, if asked for; null, too, when it lies in the object store
    /// @param stored JSON of what lies in the object store, by type: path, size and digest; null when nothing does
    /// @param paths the same paths, to be removed should the attempt not be accepted
    record Succeeded(
            double seconds,
            @Nullable KeptResult counts,
            @Nullable String memory,
            @Nullable String stored,
            List<String> paths)
            implements Outcome {

        public Succeeded(double seconds, KeptResult counts, @Nullable String memory) {
            this(seconds, counts, memory, null, List.of());
        }

        public Succeeded {
            paths = List.copyOf(paths);
        }
    }

    /// It cannot be run.
    ///
    /// @param reason a word for programs
    /// @param message a sentence for people, at most 1,000 characters
    record Failed(double seconds, String reason, String message) implements Outcome {}

    /// It was stopped because somebody cancelled it.
    record Cancelled(double seconds) implements Outcome {}
}
