package org.quantumhub.shared;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.jspecify.annotations.Nullable;

/// A `jsonb` column as its JSON text.
@Converter
public class JsonConverter implements AttributeConverter<String, Object> {

    @Override
    public @Nullable Object convertToDatabaseColumn(@Nullable String json) {
        return json;
    }

    @Override
    public @Nullable String convertToEntityAttribute(@Nullable Object column) {
        return column == null ? null : column.toString();
    }
}
