package org.quantumhub.execution;

import org.jspecify.annotations.Nullable;

/// What a run found, in the form in which a row holds it.
///
/// @param json JSON object: all of the result, or what its histogram does not tell
/// @param histogram counts and probabilities, where that is shorter than their JSON
public record KeptResult(String json, @Nullable Histogram histogram) {

    public static KeptResult of(String json) {
        return new KeptResult(json, null);
    }

    /// How large it is in its row, in bytes.
    public int length() {
        return json.length() + (histogram == null ? 0 : histogram.length());
    }

    /// All of the result as JSON.
    public String text() {
        if (histogram == null) {
            return json;
        }
        StringBuilder text = new StringBuilder(4 * length()).append('{');
        histogram.write(text);
        return text.append(',').append(json, 1, json.length()).toString();
    }
}
