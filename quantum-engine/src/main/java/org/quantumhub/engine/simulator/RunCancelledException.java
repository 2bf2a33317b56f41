package org.quantumhub.engine.simulator;

/// The run was given up because its [Cancellation] said so.
public final class RunCancelledException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RunCancelledException() {
        super("The run was cancelled.", null, false, false);
    }
}
