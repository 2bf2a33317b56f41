package org.quantumhub.execution;

/// How the submitter wants the answer.
public enum RunMode {
    /// the answer to the submission carries the finished job, if it ends soon enough
    BLOCKING,
    /// the answer comes at once, the result is fetched later
    NON_BLOCKING,
    /// the job waits for a time that the submitter names
    SCHEDULED
}
