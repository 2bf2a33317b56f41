package org.quantumhub.hardware.service;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// Shots for results that tell only how likely each outcome was.
public final class ShotDraw {

    private ShotDraw() {}

    /// Draws shots; the same seed draws the same.
    ///
    /// @throws IllegalArgumentException when one is negative, or they do not add up to one
    public static List<String> of(Map<String, Double> probabilities, int shots, long seed) {
        double total =
                probabilities.values().stream().mapToDouble(share -> share).sum();
        if (probabilities.values().stream().anyMatch(share -> !(share >= 0))) {
            throw new IllegalArgumentException("a probability is negative");
        }
        if (!(Math.abs(total - 1) < 1e-3)) {
            throw new IllegalArgumentException("the probabilities add up to " + total);
        }
        List<String> outcomes = probabilities.keySet().stream().sorted().toList();
        double[] upTo = new double[outcomes.size()];
        double sum = 0;
        for (int i = 0; i < upTo.length; i++) {
            sum += probabilities.getOrDefault(outcomes.get(i), 0.0) / total;
            upTo[i] = sum;
        }
        SplittableRandom random = new SplittableRandom(seed);
        List<String> drawn = new ArrayList<>(shots);
        for (int shot = 0; shot < shots; shot++) {
            int found = Arrays.binarySearch(upTo, random.nextDouble());
            drawn.add(outcomes.get(Math.min(found < 0 ? -found - 1 : found, upTo.length - 1)));
        }
        return drawn;
    }
}
