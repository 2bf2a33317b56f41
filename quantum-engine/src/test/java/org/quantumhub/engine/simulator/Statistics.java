package org.quantumhub.engine.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

/// Pearson's chi-square test of counts against a distribution.
final class Statistics {
    private Statistics() {}

    /// Outcomes expected less than five times are pooled, as the approximation asks for. For k degrees of freedom the
    /// statistic has mean k and variance 2k; Laurent and Massart's bound P(X > k + 2 sqrt(k t) + 2 t) < exp(-t) with
    /// t = 20 makes a false alarm rarer than one in 10^8 for each of the fixed seeds.
    static void assertDrawnFrom(Map<String, Double> distribution, Map<String, Integer> counts, int shots) {
        assertThat(distribution.keySet()).containsAll(counts.keySet());
        double statistic = 0;
        double pooledExpected = 0;
        double pooledSeen = 0;
        int cells = 0;
        for (Map.Entry<String, Double> entry : distribution.entrySet()) {
            double expected = entry.getValue() * shots;
            double seen = counts.getOrDefault(entry.getKey(), 0);
            if (expected < 5) {
                pooledExpected += expected;
                pooledSeen += seen;
            } else {
                statistic += (seen - expected) * (seen - expected) / expected;
                cells++;
            }
        }
        if (pooledExpected >= 5) {
            statistic += (pooledSeen - pooledExpected) * (pooledSeen - pooledExpected) / pooledExpected;
            cells++;
        } else {
            // Poisson with mean below 5: more than 40 is beyond any doubt.
            assertThat(pooledSeen).isLessThan(40);
        }
        int freedom = Math.max(1, cells - 1);
        assertThat(statistic).isLessThan(freedom + 2 * Math.sqrt(freedom * 20.0) + 40);
    }
}
