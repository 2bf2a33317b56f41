package org.quantumhub.shared.rest;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.stream.JsonParser.Event;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which JSON values the fields of a record take. The binding would make `1` of `1.5`, `5` of `"5"` and false of
/// `"yes"`;
/// nobody who is charged by the shot wants that. Of a word that it does not know it does not say whose it is.
final class RecordShape {

    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]{1,19}");

    private static final Map<Class<?>, String> WANTED = Map.of(
            String.class, "a string",
            Instant.class, "a time such as 2026-11-21T12:00:00Z",
            Integer.class, "a whole number",
            int.class, "a whole number",
            Long.class, "a whole number",
            long.class, "a whole number",
            Boolean.class, "true or false",
            boolean.class, "true or false",
            List.class, "a list",
            JsonObject.class, "an object");

    /// Kept, because the components of a record are made anew whenever somebody asks for them.
    private static final ClassValue<RecordShape> SHAPES = new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
            return new RecordShape(Arrays.stream(type.getRecordComponents())
                    .collect(Collectors.toUnmodifiableMap(RecordComponent::getName, Function.identity())));
        }
    };

    private final Map<String, RecordComponent> fields;

    private RecordShape(Map<String, RecordComponent> fields) {
        this.fields = fields;
    }

    static RecordShape of(Class<?> type) {
        return SHAPES.get(type);
    }

    Set<String> fields() {
        return fields.keySet();
    }

    /// Whether a field takes a value that begins like this.
    ///
    /// @param text the number or the string as it is written, for [Event#VALUE_NUMBER] and [Event#VALUE_STRING]
    boolean takes(String field, Event event, @Nullable String text) {
        RecordComponent component = fields.get(field);
        return component == null || event == Event.VALUE_NULL || takes(component.getType(), event, text);
    }

    /// Whether the list in a field takes an element that begins like this.
    boolean takesElement(String field, Event event, @Nullable String text) {
        RecordComponent component = fields.get(field);
        return component == null
                || event == Event.VALUE_NULL
                || !(component.getGenericType() instanceof ParameterizedType list)
                || !(list.getActualTypeArguments()[0] instanceof Class<?> element)
                || takes(element, event, text);
    }

    /// What a field takes, for those who sent something else.
    String wanted(String field) {
        RecordComponent component = fields.get(field);
        if (component == null) {
            return "a value of another type";
        }
        Class<?> type = component.getType();
        if (type.isEnum()) {
            return "one of " + words(type);
        }
        return WANTED.getOrDefault(type, "a value of another type");
    }

    private static List<String> words(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> ((Enum<?>) constant).name())
                .toList();
    }

    private static boolean isTime(@Nullable String text) {
        try {
            Instant.parse(String.valueOf(text));
            return true;
        } catch (DateTimeParseException none) {
            return false;
        }
    }

    private static boolean takes(Class<?> type, Event event, @Nullable String text) {
        if (type == String.class) {
            return event == Event.VALUE_STRING;
        }
        if (type == Instant.class) {
            return event == Event.VALUE_STRING && isTime(text);
        }
        if (type.isEnum()) {
            return event == Event.VALUE_STRING && words(type).contains(text);
        }
        if (type == Integer.class || type == int.class) {
            return event == Event.VALUE_NUMBER && between(text, Integer.MIN_VALUE, Integer.MAX_VALUE);
        }
        if (type == Long.class || type == long.class) {
            return event == Event.VALUE_NUMBER && between(text, Long.MIN_VALUE, Long.MAX_VALUE);
        }
        if (type == Boolean.class || type == boolean.class) {
            return event == Event.VALUE_TRUE || event == Event.VALUE_FALSE;
        }
        if (type == List.class || type == JsonArray.class) {
            return event == Event.START_ARRAY;
        }
        return type != JsonObject.class || event == Event.START_OBJECT;
    }

    private static boolean between(@Nullable String text, long least, long most) {
        if (text == null || !WHOLE_NUMBER.matcher(text).matches()) {
            return false;
        }
        try {
            long number = Long.parseLong(text);
            return number >= least && number <= most;
        } catch (NumberFormatException tooLarge) {
            return false;
        }
    }
}
