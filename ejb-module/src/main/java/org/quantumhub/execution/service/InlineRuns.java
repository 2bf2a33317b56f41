package org.quantumhub.execution.service;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.simulator.CostEstimate;
import org.quantumhub.execution.ClaimedJob;
import org.quantumhub.execution.JobEndings.Attempt;
import org.quantumhub.execution.NewJobRow;
import org.quantumhub.execution.Outcome;

/// Small BLOCKING jobs, run inside the request that brings them: as many at a time as there are processors, everything
/// else goes to the lanes. Born with a lease of this server, so that a crash hands them to a lane like any other job.
@ApplicationScoped
public class InlineRuns {

    private static final int FIRST_FENCE = 1;

    @Inject
    ExecutionConfig config;

    @Inject
    ThisServer server;

    @Inject
    Simulation simulation;

    @Inject
    Settlement settlement;

    @Inject
    Workbench workbench;

    private final Semaphore places =
            new Semaphore(Math.max(2, Runtime.getRuntime().availableProcessors()));
    private double largest;

    @PostConstruct
    void prepare() {
        largest = config.inlineMillis() / 1e3;
    }

    /// Takes a place for a job if it is small enough and one is free; [#end] or [#run] gives it back.
    boolean begin(CostEstimate estimate) {
        return estimate.seconds() <= largest && !workbench.isClosing() && places.tryAcquire();
    }

    void end() {
        places.release();
    }

    UUID owner() {
        return server.id();
    }

    /// Runs a job that was born with a lease of this server, and settles it.
    CompletionStage<Boolean> run(NewJobRow row, Circuit circuit) {
        ClaimedJob job = new ClaimedJob(
                row.id(),
                row.teamId(),
                FIRST_FENCE,
                row.program().format(),
                row.program().text(),
                row.shots(),
                row.seed(),
                row.memory(),
                row.backendSlug(),
                row.estimatedCost(),
                row.priceVersionId(),
                0);
        Outcome outcome;
        try {
            workbench.take(job);
            outcome = simulation.run(job, circuit);
        } catch (RuntimeException e) {
            // the server is stopping: the lease stays, and runs out
            workbench.leave(job.id());
            return CompletableFuture.failedStage(e);
        } finally {
            end();
        }
        return settlement.settleSoon(new Attempt(job, outcome, settlement.cost(job, outcome)));
    }
}
