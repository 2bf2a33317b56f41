package org.quantumhub.execution.batch;

import jakarta.batch.api.chunk.ItemProcessor;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.jspecify.annotations.Nullable;
import org.quantumhub.execution.ClaimedJob;
import org.quantumhub.execution.JobEndings.Attempt;
import org.quantumhub.execution.Outcome;
import org.quantumhub.execution.service.Settlement;
import org.quantumhub.execution.service.Simulation;

/// Runs a claimed job on the engine. No connection is held meanwhile.
@Named
@Dependent
public class SimulationProcessor implements ItemProcessor {

    @Inject
    Simulation simulation;

    @Inject
    Settlement settlement;

    /// @return null, which leaves the job out of the chunk, when the server is stopping: another one takes it over
    @Override
    public @Nullable Object processItem(Object item) {
        ClaimedJob job = (ClaimedJob) item;
        try {
            Outcome outcome = simulation.run(job);
            return new Attempt(job, outcome, settlement.cost(job, outcome));
        } catch (Simulation.Abandoned stopping) {
            return null;
        }
    }
}
