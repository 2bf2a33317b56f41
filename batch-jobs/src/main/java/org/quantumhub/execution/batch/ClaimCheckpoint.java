package org.quantumhub.execution.batch;

import jakarta.batch.api.chunk.AbstractCheckpointAlgorithm;
import jakarta.batch.runtime.context.StepContext;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/// Ends a chunk with its claim, so that no finished job waits for the next one to come.
@Named
@Dependent
public class ClaimCheckpoint extends AbstractCheckpointAlgorithm {

    @Inject
    StepContext step;

    @Override
    public boolean isReadyToCheckpoint() {
        return ((Claim) step.getTransientUserData()).isRead();
    }
}
