package org.quantumhub.engine.simulator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Turns basis states that were drawn, and the state they were drawn from, into the maps of a result.
final class Outcomes {
    /// How many probabilities a result shows at most.
    static final int MOST_PROBABILITIES = 65_536;

    private static final double NEGLIGIBLE = 1e-12;
    private static final int DIRECT_BITS = 12;

    private Outcomes() {}

    /// Counts drawn outcomes; `drawn` holds indices into the basis, of which only the read qubits matter.
    static Map<String, Integer> counts(Readout readout, long[] drawn) {
        long mask = readout.mask();
        int bits = Long.bitCount(mask);
        Map<String, Integer> counts =
                LinkedHashMap.newLinkedHashMap(Math.min(drawn.length, 1 << Math.min(bits, DIRECT_BITS)));
        if (bits <= DIRECT_BITS) {
            int[] tally = new int[1 << bits];
            for (long index : drawn) {
                tally[(int) Long.compress(index, mask)]++;
            }
            for (int i = 0; i < tally.length; i++) {
                if (tally[i] > 0) {
                    counts.put(readout.text(Long.expand(i, mask)), tally[i]);
                }
            }
        } else {
            long[] sorted = new long[drawn.length];
            Arrays.setAll(sorted, i -> drawn[i] & mask);
            Arrays.sort(sorted);
            for (int i = 0, start = 0; i < sorted.length; i++) {
                if (i + 1 == sorted.length || sorted[i + 1] != sorted[i]) {
                    counts.put(readout.text(sorted[i]), i + 1 - start);
                    start = i + 1;
                }
            }
        }
        return sorted(counts);
    }

    /// Outcomes by their text. They mostly come in order, and then nothing is left to do: a tree would compare each
    /// with
    /// ten others, which took longer than small circuits take to be simulated.
    private static <V> Map<String, V> sorted(Map<String, V> outcomes) {
        String last = "";
        for (String text : outcomes.keySet()) {
            if (last.compareTo(text) > 0) {
                return Collections.unmodifiableMap(new TreeMap<>(outcomes));
            }
            last = text;
        }
        return Collections.unmodifiableMap(outcomes);
    }

    /// The text of every shot, equal texts being one object.
    static List<String> memory(Readout readout, long[] drawn) {
        Map<Long, String> texts = new LinkedHashMap<>();
        List<String> memory = new ArrayList<>(drawn.length);
        long mask = readout.mask();
        for (long index : drawn) {
            memory.add(texts.computeIfAbsent(index & mask, readout::text));
        }
        return Collections.unmodifiableList(memory);
    }

    /// Exact probabilities of the outcomes, and whether some had to be left out.
    record Exact(Map<String, Double> probabilities, boolean cut) {}

    static Exact exact(Readout readout, PureState state) {
        long mask = readout.mask();
        if (1L << Long.bitCount(mask) <= MOST_PROBABILITIES) {
            return all(readout, marginal(state, mask));
        }
        Largest largest = new Largest(MOST_PROBABILITIES);
        if (mask == state.size() - 1) {
            for (long i = 0; i < state.size(); i++) {
                double probability = state.probabilityAt(i);
                if (probability >= NEGLIGIBLE) {
                    largest.offer(probability, state.basis(i));
                }
            }
        } else {
            double[] marginal = marginal(state, mask);
            for (int i = 0; i < marginal.length; i++) {
                if (marginal[i] >= NEGLIGIBLE) {
                    largest.offer(marginal[i], Long.expand(i, mask));
                }
            }
        }
        Map<String, Double> probabilities = new TreeMap<>();
        for (int i = 0; i < largest.size(); i++) {
            probabilities.put(readout.text(largest.place(i)), largest.value(i));
        }
        return new Exact(Collections.unmodifiableMap(probabilities), largest.overflown());
    }

    /// Where there are few enough, all that can happen.
    private static Exact all(Readout readout, double[] marginal) {
        long mask = readout.mask();
        Map<String, Double> probabilities = LinkedHashMap.newLinkedHashMap(Math.min(marginal.length, 1 << DIRECT_BITS));
        for (int i = 0; i < marginal.length; i++) {
            if (marginal[i] >= NEGLIGIBLE) {
                probabilities.put(readout.text(Long.expand(i, mask)), marginal[i]);
            }
        }
        return new Exact(sorted(probabilities), false);
    }

    /// The largest probabilities of a distribution.
    static Map<String, Double> largest(Map<String, Double> distribution) {
        Map<String, Double> kept = new TreeMap<>();
        distribution.entrySet().stream()
                .filter(entry -> entry.getValue() >= NEGLIGIBLE)
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .limit(MOST_PROBABILITIES)
                .forEach(entry -> kept.put(entry.getKey(), entry.getValue()));
        return Collections.unmodifiableMap(kept);
    }

    private static double[] marginal(PureState state, long mask) {
        double[] marginal = new double[1 << Long.bitCount(mask)];
        for (long i = 0; i < state.size(); i++) {
            int place = (int) Long.compress(state.basis(i), mask);
            marginal[place] += state.probabilityAt(i);
        }
        return marginal;
    }

    /// Relative frequencies, for circuits that have no single state at their end.
    static Map<String, Double> frequencies(Map<String, Integer> counts, int shots) {
        Map<String, Double> frequencies = new TreeMap<>();
        counts.forEach((text, count) -> frequencies.put(text, count / (double) shots));
        return Collections.unmodifiableMap(frequencies);
    }
}
