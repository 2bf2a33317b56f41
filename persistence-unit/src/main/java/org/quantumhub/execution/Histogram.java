package org.quantumhub.execution;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.quantumhub.shared.Columns;

/// How often each of the 2^n outcomes of n bits was counted, and how probable it is: two lists without the bitstrings,
/// a quarter of their JSON and nothing to parse. The outcome at place i has the bits of the number i, the highest at
/// the left. An outcome that JSON would not name has a zero.
public final class Histogram {

    /// Beyond this the engine cuts probabilities anyway.
    private static final int MOST_BITS = 16;

    private static final int BYTES_OF_AN_OUTCOME = Integer.BYTES + Double.BYTES;

    /// What JSON writes around a bitstring and its number: quotes, colon, comma, and the digits of most.
    private static final int BYTES_OF_A_COUNT = 7;

    private static final int BYTES_OF_A_PROBABILITY = 24;

    private final int[] counts;
    private final double[] probabilities;

    private Histogram(int[] counts, double[] probabilities) {
        this.counts = counts;
        this.probabilities = probabilities;
    }

    /// The same result without its bitstrings.
    ///
    /// @param counts by bitstring
    /// @param probabilities by bitstring
    /// @return empty where JSON is shorter, as for 20 qubits of which two outcomes were seen, and where the lists could
    ///     not say the same: keys that are no bitstrings of one length, a zero that JSON names
    public static Optional<Histogram> of(Map<String, Integer> counts, Map<String, Double> probabilities) {
        if (probabilities.isEmpty()) {
            return Optional.empty();
        }
        int bits = probabilities.keySet().iterator().next().length();
        if (bits < 1 || bits > MOST_BITS) {
            return Optional.empty();
        }
        long json = (long) counts.size() * (bits + BYTES_OF_A_COUNT)
                + (long) probabilities.size() * (bits + BYTES_OF_A_PROBABILITY);
        if (json < (long) BYTES_OF_AN_OUTCOME << bits) {
            return Optional.empty();
        }
        Histogram histogram = new Histogram(new int[1 << bits], new double[1 << bits]);
        return histogram.holds(counts, probabilities, bits) ? Optional.of(histogram) : Optional.empty();
    }

    private boolean holds(Map<String, Integer> ofCounts, Map<String, Double> ofProbabilities, int bits) {
        for (Map.Entry<String, Integer> entry : ofCounts.entrySet()) {
            int place = place(entry.getKey(), bits);
            if (place < 0 || entry.getValue() <= 0) {
                return false;
            }
            counts[place] = entry.getValue();
        }
        for (Map.Entry<String, Double> entry : ofProbabilities.entrySet()) {
            int place = place(entry.getKey(), bits);
            double probability = entry.getValue();
            if (place < 0 || probability == 0 || !Double.isFinite(probability)) {
                return false;
            }
            probabilities[place] = probability;
        }
        return true;
    }

    /// -1 for what is no bitstring of this length.
    private static int place(String text, int bits) {
        if (text.length() != bits) {
            return -1;
        }
        int place = 0;
        for (int i = 0; i < bits; i++) {
            int bit = text.charAt(i) - '0';
            if ((bit & ~1) != 0) {
                return -1;
            }
            place = place << 1 | bit;
        }
        return place;
    }

    /// As the columns of a row hold it; null where they hold none.
    static @Nullable Histogram ofColumns(int @Nullable [] counts, double @Nullable [] probabilities) {
        return counts == null || probabilities == null ? null : new Histogram(counts, probabilities);
    }

    /// Adds four parameters for the histograms of a group of rows: of each row the place of its first and of its last
    /// outcome, null without a histogram, then all counts and all probabilities end to end. A statement cuts a row's
    /// out with `[first:last]`, because an array of arrays would have to be rectangular.
    static <T> Columns<T> add(Columns<T> columns, List<@Nullable Histogram> ofRows) {
        @Nullable Integer[] first = new Integer[ofRows.size()];
        @Nullable Integer[] last = new Integer[ofRows.size()];
        int end = 0;
        for (int row = 0; row < first.length; row++) {
            Histogram histogram = ofRows.get(row);
            if (histogram != null) {
                first[row] = end + 1;
                end += histogram.counts.length;
                last[row] = end;
            }
        }
        Integer[] counts = new Integer[end];
        Double[] probabilities = new Double[end];
        int at = 0;
        for (Histogram histogram : ofRows) {
            for (int i = 0; histogram != null && i < histogram.counts.length; i++) {
                counts[at] = histogram.counts[i];
                probabilities[at++] = histogram.probabilities[i];
            }
        }
        return columns.array("int4", first)
                .array("int4", last)
                .array("int4", counts)
                .array("float8", probabilities);
    }

    /// Bytes in a row.
    int length() {
        return counts.length * BYTES_OF_AN_OUTCOME;
    }

    /// Writes the two members of the result's JSON, sorted by bitstring, without a comma behind.
    void write(StringBuilder json) {
        json.append("\"counts\":{");
        int start = json.length();
        for (int place = 0; place < counts.length; place++) {
            if (counts[place] != 0) {
                key(json, place, start).append(counts[place]);
            }
        }
        json.append("},\"probabilities\":{");
        start = json.length();
        for (int place = 0; place < probabilities.length; place++) {
            if (probabilities[place] != 0) {
                key(json, place, start).append(probabilities[place]);
            }
        }
        json.append('}');
    }

    private StringBuilder key(StringBuilder json, int place, int start) {
        if (json.length() > start) {
            json.append(',');
        }
        json.append('"');
        for (int bit = counts.length >> 1; bit > 0; bit >>= 1) {
            json.append((place & bit) == 0 ? '0' : '1');
        }
        return json.append("\":");
    }
}
