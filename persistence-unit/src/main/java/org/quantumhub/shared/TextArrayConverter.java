package org.quantumhub.shared;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A `text[]` column as a list of strings.
@Converter
public class TextArrayConverter implements AttributeConverter<List<String>, Object> {

    @Override
    public @Nullable Object convertToDatabaseColumn(@Nullable List<String> items) {
        return items == null ? null : literal(items);
    }

    /// The array literal of PostgreSQL: every element quoted, backslash and quote escaped.
    static String literal(List<String> items) {
        return items.stream()
                .map(item -> '"' + item.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(",", "{", "}"));
    }

    @Override
    public List<String> convertToEntityAttribute(@Nullable Object column) {
        return switch (column) {
            case null -> List.of();
            case Object[] items -> Arrays.stream(items).map(Objects::toString).toList();
            default -> throw new IllegalStateException("not an array column: " + column.getClass());
        };
    }
}
