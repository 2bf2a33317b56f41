package org.quantumhub.engine.simulator;

import java.util.List;
import java.util.Map;

/// What a run found. Bitstrings show the classical bits, the highest at the left; where the circuit measures nothing,
/// they show all qubits, measured at the end.
///
/// @param counts how often each outcome was seen, sorted by bitstring
/// @param probabilities the probability of each outcome, sorted by bitstring: exact when everything is measured at the
///     end (those under 1e-12 left out, and the 65,536 largest kept), else counts divided by shots; empty when not
///     asked for
/// @param probabilitiesExact whether they were computed from the state and not from the counts
/// @param probabilitiesCut whether smaller ones were left out because there were more than 65,536
/// @param memory the outcome of each shot in order; empty when not asked for
/// @param seed the seed that reproduces the counts
/// @param shots the number of shots
/// @param seconds wall time of the run
/// @param simulator the name of the simulator
/// @param explanation why this simulator, and how it ran
public record RunResult(
        Map<String, Integer> counts,
        Map<String, Double> probabilities,
        boolean probabilitiesExact,
        boolean probabilitiesCut,
        List<String> memory,
        long seed,
        int shots,
        double seconds,
        String simulator,
        String explanation) {}
