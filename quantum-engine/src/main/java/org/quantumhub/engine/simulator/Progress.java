package org.quantumhub.engine.simulator;

/// Told now and then how far a run has come.
@FunctionalInterface
public interface Progress {
    /// Nobody listens.
    Progress IGNORED = fraction -> {};

    /// @param fraction from 0 to 1, never falling
    void reached(double fraction);
}
