package org.quantumhub.hardware.service;

import org.jspecify.annotations.Nullable;

/// How a task stands at its provider.
///
/// @param word the provider's own word for it
/// @param queuePosition as the provider says it, such as `5` or `>2000`
/// @param reason why it failed
/// @param requestId the provider's id of the call that told
public record TaskState(
        Phase phase,
        String word,
        @Nullable String queuePosition,
        @Nullable String reason,
        @Nullable String requestId) {

    /// What the words of all providers come down to.
    public enum Phase {
        QUEUED,
        RUNNING,
        CANCELLING,
        COMPLETED,
        FAILED,
        CANCELLED,
        /// the provider does not know the task
        LOST,
        /// the provider says something that nobody here has heard of
        UNHEARD;

        public boolean isFinal() {
            return this == COMPLETED || this == FAILED || this == CANCELLED;
        }
    }

    public static TaskState of(Phase phase, String word) {
        return new TaskState(phase, word, null, null, null);
    }
}
