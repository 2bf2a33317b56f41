package org.quantumhub.hardware;

/// Who works on the jobs of a backend.
public enum BackendLane {
    /// lanes of the hub, which run the job themselves
    ENGINE,
    /// the provider lane, which orders a task outside and asks until it has ended
    PROVIDER
}
