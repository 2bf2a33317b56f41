package org.quantumhub.execution;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/// The short form of a result says what its JSON says, or is not taken.
class HistogramTest {

    private static JsonObject read(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return reader.readObject();
        }
    }

    private static Map<String, Double> numbers(JsonObject object) {
        return object.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> ((JsonNumber) entry.getValue()).doubleValue(),
                        (a, b) -> a,
                        TreeMap::new));
    }

    private static JsonObject written(Histogram histogram) {
        return read(new KeptResult("{\"simulator\": \"s\"}", histogram).text());
    }

    private static String bits(int place, int bits) {
        String text = Integer.toBinaryString(place | 1 << bits);
        return text.substring(1);
    }

    @RepeatedTest(20)
    void it_writes_what_it_was_made_of() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        int bits = random.nextInt(1, 12);
        Map<String, Integer> counts = new HashMap<>();
        Map<String, Double> probabilities = new HashMap<>();
        for (int place = 0; place < 1 << bits; place++) {
            if (random.nextInt(4) > 0) {
                counts.put(bits(place, bits), random.nextInt(1, Integer.MAX_VALUE));
            }
            if (random.nextInt(10) > 0 || place == 0) {
                probabilities.put(bits(place, bits), Math.scalb(random.nextDouble(0.5, 1), -random.nextInt(60)));
            }
        }
        Optional<Histogram> histogram = Histogram.of(counts, probabilities);
        assertThat(histogram).as("seed %d", seed).isPresent();
        JsonObject json = written(histogram.get());
        assertThat(json.keySet()).containsExactly("counts", "probabilities", "simulator");
        assertThat(numbers(json.getJsonObject("probabilities")))
                .as("seed %d", seed)
                .isEqualTo(probabilities);
        assertThat(numbers(json.getJsonObject("counts")).keySet())
                .as("seed %d", seed)
                .isEqualTo(counts.keySet());
        counts.forEach(
                (outcome, count) -> assertThat(json.getJsonObject("counts").getInt(outcome))
                        .as("seed %d, outcome %s", seed, outcome)
                        .isEqualTo(count));
    }

    @Test
    void outcomes_stand_in_the_order_of_their_bits() {
        Histogram histogram = Histogram.of(Map.of("10", 3, "01", 2), Map.of("11", 0.25, "01", 0.5, "10", 0.25))
                .orElseThrow();
        assertThat(new KeptResult("{\"a\":1}", histogram).text())
                .isEqualTo(
                        "{\"counts\":{\"01\":2,\"10\":3},\"probabilities\":{\"01\":0.5,\"10\":0.25,\"11\":0.25},\"a\":1}");
    }

    @Test
    void nothing_counted_is_an_empty_object() {
        Histogram histogram = Histogram.of(Map.of(), Map.of("0", 0.5, "1", 0.5)).orElseThrow();
        assertThat(written(histogram).getJsonObject("counts")).isEmpty();
    }

    @Test
    void few_outcomes_of_many_stay_json() {
        String zeros = "0".repeat(10);
        String ones = "1".repeat(10);
        assertThat(Histogram.of(Map.of(zeros, 1, ones, 1), Map.of(zeros, 0.5, ones, 0.5)))
                .isEmpty();
        assertThat(Histogram.of(Map.of("0".repeat(17), 1), Map.of("0".repeat(17), 1.0)))
                .isEmpty();
        assertThat(Histogram.of(Map.of("0".repeat(40), 1), Map.of("0".repeat(40), 1.0)))
                .isEmpty();
    }

    @Test
    void what_lists_cannot_say_stays_json() {
        assertThat(Histogram.of(Map.of(), Map.of())).isEmpty();
        assertThat(Histogram.of(Map.of("", 1), Map.of("", 1.0))).isEmpty();
        assertThat(Histogram.of(Map.of("g", 1, "r", 1), Map.of("g", 0.5, "r", 0.5)))
                .as("atoms")
                .isEmpty();
        assertThat(Histogram.of(Map.of("0", 1, "11", 1), Map.of("0", 0.5, "1", 0.5)))
                .as("two lengths")
                .isEmpty();
        assertThat(Histogram.of(Map.of("0", 1), Map.of("0", 1.0, "1", 0.0)))
                .as("a zero that is named")
                .isEmpty();
        assertThat(Histogram.of(Map.of("0", 1, "1", 0), Map.of("0", 0.5, "1", 0.5)))
                .as("a count of zero that is named")
                .isEmpty();
        assertThat(Histogram.of(Map.of("0", 1), Map.of("0", Double.NaN, "1", 0.5)))
                .isEmpty();
    }
}
