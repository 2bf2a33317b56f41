package org.quantumhub.execution.service;

import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.quantumhub.engine.simulator.RunResult;

/// Results as JSON text. Bitstrings and numbers need no escaping, so a builder is all it takes on the hottest path
/// there
/// is; the two sentences are the engine's own and are escaped.
final class ResultJson {

    private ResultJson() {}

    /// @param values JSON of what the program asked for beyond counts
    static String counts(RunResult result, @Nullable String values) {
        StringBuilder json = new StringBuilder(64 + result.counts().size() * 48);
        json.append("{\"counts\":");
        object(json, result.counts());
        json.append(",\"probabilities\":");
        object(json, result.probabilities());
        json.append(",\"probabilitiesExact\":").append(result.probabilitiesExact());
        json.append(",\"probabilitiesCut\":").append(result.probabilitiesCut());
        json.append(",\"simulator\":");
        text(json, result.simulator());
        json.append(",\"explanation\":");
        text(json, result.explanation());
        if (values != null) {
            json.append(",\"values\":").append(values);
        }
        return json.append('}').toString();
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
