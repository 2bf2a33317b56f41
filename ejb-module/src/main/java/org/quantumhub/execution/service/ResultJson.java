package org.quantumhub.execution.service;

import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.quantumhub.engine.simulator.RunResult;
import org.quantumhub.execution.Histogram;
import org.quantumhub.execution.KeptResult;

/// Results as JSON text. Bitstrings and numbers need no escaping, so a builder is all it takes on the hottest path
/// there is; the two sentences are the engine's own and are escaped.
final class ResultJson {

    private ResultJson() {}

    /// @param values JSON of what the program asked for beyond counts
    static KeptResult counts(RunResult result, @Nullable String values) {
        Optional<Histogram> histogram = Histogram.of(result.counts(), result.probabilities());
        StringBuilder json = new StringBuilder(
                        512 + (histogram.isPresent() ? 0 : result.counts().size() * 64))
                .append('{');
        if (histogram.isEmpty()) {
            json.append("\"counts\":");
            object(json, result.counts());
            json.append(",\"probabilities\":");
            object(json, result.probabilities());
            json.append(',');
        }
        json.append("\"probabilitiesExact\":").append(result.probabilitiesExact());
        json.append(",\"probabilitiesCut\":").append(result.probabilitiesCut());
        json.append(",\"simulator\":");
        text(json, result.simulator());
        json.append(",\"explanation\":");
        text(json, result.explanation());
        if (values != null) {
            json.append(",\"values\":").append(values);
        }
        return new KeptResult(json.append('}').toString(), histogram.orElse(null));
    }

    static String memory(RunResult result) {
        StringBuilder json = new StringBuilder(result.memory().size() * 16 + 2).append('[');
        Iterator<String> shots = result.memory().iterator();
        while (shots.hasNext()) {
            json.append('"').append(shots.next()).append(shots.hasNext() ? "\"," : "\"");
        }
        return json.append(']').toString();
    }

    private static void object(StringBuilder json, Map<String, ? extends Number> entries) {
        char separator = '{';
        for (Map.Entry<String, ? extends Number> entry : entries.entrySet()) {
            json.append(separator)
                    .append('"')
                    .append(entry.getKey())
                    .append("\":")
                    .append(entry.getValue());
            separator = ',';
        }
        json.append(entries.isEmpty() ? "{}" : "}");
    }

    private static void text(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }
}
