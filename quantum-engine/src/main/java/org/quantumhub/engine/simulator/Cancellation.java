package org.quantumhub.engine.simulator;

/// Asked now and then by a running simulation whether it should give up.
///
/// It is called from the thread that runs the simulation, up to some thousand times a second, and should be cheap.
@FunctionalInterface
public interface Cancellation {
    /// Nobody ever cancels.
    Cancellation NEVER = () -> false;

    boolean cancelled();

    /// Throws when the run was cancelled.
    default void check() {
        if (cancelled()) {
            throw new RunCancelledException();
        }
    }
}
