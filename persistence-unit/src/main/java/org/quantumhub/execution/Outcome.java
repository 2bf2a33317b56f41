package org.quantumhub.execution;

import org.jspecify.annotations.Nullable;

/// How an attempt at a job ended.
///
/// @param seconds time spent computing
public sealed interface Outcome {

    double seconds();

    /// It ran.
    ///
    /// @param counts result JSON: counts and probabilities
    /// @param memory JSON list of the shots one by one, if asked for
    record Succeeded(
            double seconds, String counts, @Nullable String memory) implements Outcome {}

    /// It cannot be run.
    ///
    /// @param reason a word for programs
    /// @param message a sentence for people, at most 1,000 characters
    record Failed(double seconds, String reason, String message) implements Outcome {}

    /// It was stopped because somebody cancelled it.
    record Cancelled(double seconds) implements Outcome {}
}
