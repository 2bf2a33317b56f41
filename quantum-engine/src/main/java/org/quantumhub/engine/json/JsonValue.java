package org.quantumhub.engine.json;

import java.util.List;
import java.util.Map;

/// A value of a JSON text that remembers where it stood.
sealed interface JsonValue {
    int line();

    int column();

    /// What a message calls this kind of value.
    default String kind() {
        return switch (this) {
            case JsonObject ignored -> "an object";
            case JsonArray ignored -> "an array";
            case JsonText ignored -> "a text";
            case JsonNumber ignored -> "a number";
            case JsonWord word -> word.text();
        };
    }

    record JsonObject(Map<String, JsonValue> fields, int line, int column) implements JsonValue {}

    record JsonArray(List<JsonValue> items, int line, int column) implements JsonValue {}

    record JsonText(String text, int line, int column) implements JsonValue {}

    /// A number as it was written, so that a whole number is never taken through a rounding.
    record JsonNumber(String text, int line, int column) implements JsonValue {}

    /// `true`, `false` or `null`.
    record JsonWord(String text, int line, int column) implements JsonValue {}
}
