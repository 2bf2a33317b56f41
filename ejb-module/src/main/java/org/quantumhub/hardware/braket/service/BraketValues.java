package org.quantumhub.hardware.braket.service;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.Map;

/// What a program asked for by `result` pragmas, as a result document tells it, with every value checked for the shape
/// that its type has: a number, a list of numbers, complex numbers as pairs `[re, im]`, or a gradient.
final class BraketValues {

    private static final int MOST = 1_000;

    private enum Shape {
        NUMBER,
        NUMBERS,
        COMPLEX_NUMBERS,
        COMPLEX_MATRIX,
        AMPLITUDES,
        GRADIENT
    }

    private record Type(String name, Shape shape) {}

    /// By the name that the document uses; some clients write it with an underscore.
    private static final Map<String, Type> TYPES = Map.of(
            "expectation", new Type("EXPECTATION", Shape.NUMBER),
            "variance", new Type("VARIANCE", Shape.NUMBER),
            "sample", new Type("SAMPLE", Shape.NUMBERS),
            "probability", new Type("PROBABILITY", Shape.NUMBERS),
            "statevector", new Type("STATE_VECTOR", Shape.COMPLEX_NUMBERS),
            "densitymatrix", new Type("DENSITY_MATRIX", Shape.COMPLEX_MATRIX),
            "amplitude", new Type("AMPLITUDE", Shape.AMPLITUDES),
            "adjointgradient", new Type("ADJOINT_GRADIENT", Shape.GRADIENT));

    private BraketValues() {}

    /// @throws IllegalArgumentException for types nobody knows and values of another shape
    static JsonArray of(JsonObject document) {
        if (!(document.get("resultTypes") instanceof JsonArray entries)) {
            return JsonValue.EMPTY_JSON_ARRAY;
        }
        if (entries.size() > MOST) {
            throw new IllegalArgumentException(entries.size() + " values were told");
        }
        JsonArrayBuilder values = Json.createArrayBuilder();
        entries.getValuesAs(JsonObject.class).forEach(entry -> values.add(value(entry)));
        return values.build();
    }

    private static JsonObjectBuilder value(JsonObject entry) {
        JsonObject asked = entry.getJsonObject("type");
        String word = asked.getString("type");
        Type type = TYPES.get(word.replace("_", ""));
        if (type == null) {
            throw new IllegalArgumentException("there is no result of the type '" + word + "'");
        }
        JsonValue value = entry.getOrDefault("value", JsonValue.NULL);
        if (!fits(type.shape(), value)) {
            throw new IllegalArgumentException("the value of a result of the type '" + word + "' is malformed");
        }
        JsonObjectBuilder json = Json.createObjectBuilder().add("type", type.name());
        for (String member : new String[] {"observable", "targets", "states", "parameters"}) {
            JsonValue told = asked.get(member);
            if (told != null && told.getValueType() != JsonValue.ValueType.NULL) {
                json.add(member, told);
            }
        }
        return json.add("value", value);
    }

    private static boolean fits(Shape shape, JsonValue value) {
        return switch (shape) {
            case NUMBER -> isNumber(value);
            case NUMBERS -> isListOf(value, BraketValues::isNumber);
            case COMPLEX_NUMBERS -> isListOf(value, BraketValues::isComplex);
            case COMPLEX_MATRIX -> isListOf(value, row -> isListOf(row, BraketValues::isComplex));
            case AMPLITUDES ->
                value instanceof JsonObject amplitudes
                        && amplitudes.values().stream().allMatch(BraketValues::isComplex);
            case GRADIENT ->
                value instanceof JsonObject gradient
                        && isNumber(gradient.getOrDefault("expectation", JsonValue.NULL))
                        && gradient.get("gradient") instanceof JsonObject slopes
                        && slopes.values().stream().allMatch(BraketValues::isNumber);
        };
    }

    private static boolean isListOf(JsonValue value, java.util.function.Predicate<JsonValue> of) {
        return value instanceof JsonArray list && list.stream().allMatch(of);
    }

    private static boolean isNumber(JsonValue value) {
        return value instanceof JsonNumber;
    }

    private static boolean isComplex(JsonValue value) {
        return value instanceof JsonArray pair
                && pair.size() == 2
                && pair.stream().allMatch(BraketValues::isNumber);
    }
}
