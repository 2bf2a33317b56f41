package org.quantumhub.execution;

/// Who writes into a job's log.
public enum LogStream {
    /// the job itself: what a script prints
    USER,
    /// the hub, about the job
    PLATFORM
}
