package org.quantumhub.execution.service;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.simulator.CostEstimate;
import org.quantumhub.execution.Arrival;
import org.quantumhub.execution.ClaimedJob;
import org.quantumhub.execution.JobEndings.Attempt;
import org.quantumhub.execution.NewJobRow;
import org.quantumhub.execution.Outcome;

/// Small BLOCKING jobs, run inside the request that brings them, before they are written down: as many at a time as
/// there are processors, everything else goes to the lanes. Nobody was told of them yet, so a crash loses nothing that
/// was accepted; birth, result and charge are one transaction.
@ApplicationScoped
public class InlineRuns {

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

    @Inject
    ResultData data;

    private final Semaphore places =
            new Semaphore(Math.max(2, Runtime.getRuntime().availableProcessors()));
    private double largest;

    @PostConstruct
    void prepare() {
        largest = config.inlineMillis() / 1e3;
    }

    /// Runs a job if it is small enough and a place is free.
    ///
    /// @return empty when it is for the lanes
    Optional<Arrival> run(NewJobRow row, Circuit circuit, CostEstimate estimate) {
        if (estimate.seconds() > largest || workbench.isClosing() || !places.tryAcquire()) {
            return Optional.empty();
        }
        try {
            ClaimedJob job = ClaimedJob.unwritten(row, row.terms().cacheKey());
            Outcome outcome = simulation.run(job, circuit);
            return Optional.of(arrival(row, new Attempt(job, outcome, settlement.cost(job, outcome))));
        } catch (Simulation.Abandoned stopping) {
            return Optional.empty();
        } finally {
            places.release();
        }
    }

    /// A job whose result is there already.
    Arrival answer(NewJobRow row, ResultCache.Hit hit) {
        // the hour counts from the run, so that an answer is no result to answer with
        ClaimedJob job = ClaimedJob.unwritten(row, null);
        Outcome outcome = data.store(job, new Outcome.Succeeded(0, hit.counts(), hit.memory()));
        return arrival(row, new Attempt(job, outcome, job.estimatedCost()));
    }

    private Arrival arrival(NewJobRow row, Attempt ended) {
        return Arrival.ended(row, ended, server.id());
    }
}
