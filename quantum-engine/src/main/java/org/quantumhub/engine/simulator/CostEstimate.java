package org.quantumhub.engine.simulator;

/// What a run is going to take, known before anything is allocated.
///
/// @param bytes memory for the state; `Long.MAX_VALUE` when it is beyond counting
/// @param seconds time on the machine this was calibrated on; infinite when it is beyond counting
public record CostEstimate(long bytes, double seconds) {}
