package org.quantumhub.execution.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.quantumhub.engine.simulator.StateVectorSimulator;

/// Runs the engine for a while, so that the first job is not ten times slower than the next, and then measures how fast
/// it is on this machine. Jobs may come meanwhile.
@ApplicationScoped
public class EnginePreparation {

    @Inject
    ExecutionConfig config;

    @Inject
    CostModel costs;

    void prepare() {
        if (config.warmUp().isPositive()) {
            StateVectorSimulator.warmUp(config.warmUp());
            costs.calibrate();
        }
    }
}
