package org.quantumhub.hardware;

/// The state of a backend (HardwareStatus in the source documents).
public enum BackendStatus {
    OFFLINE,
    ONLINE,
    MAINTENANCE,
    RETIRED,
    UNKNOWN,
    DEGRADED;

    /// Whether new jobs are taken. A degraded backend still runs them.
    public boolean takesJobs() {
        return this == ONLINE || this == DEGRADED;
    }
}
