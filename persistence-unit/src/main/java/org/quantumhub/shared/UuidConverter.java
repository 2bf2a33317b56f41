package org.quantumhub.shared;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// EclipseLink's own conversion of UUIDs fails on null; ids, which are never null, do not pass through here.
@Converter(autoApply = true)
public class UuidConverter implements AttributeConverter<UUID, Object> {

    @Override
    public @Nullable Object convertToDatabaseColumn(@Nullable UUID id) {
        return id;
    }

    @Override
    public @Nullable UUID convertToEntityAttribute(@Nullable Object column) {
        return switch (column) {
            case null -> null;
            case UUID id -> id;
            default -> UUID.fromString(column.toString());
        };
    }
}
