package org.quantumhub.shared;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A `integer[]` column, read. Rows with such columns are written by statements of their own.
@Converter
public class IntArrayConverter implements AttributeConverter<int[], Object> {

    @Override
    public @Nullable Object convertToDatabaseColumn(int @Nullable [] numbers) {
        return numbers == null ? null : Arrays.stream(numbers).boxed().toArray(Integer[]::new);
    }

    @Override
    public int @Nullable [] convertToEntityAttribute(@Nullable Object column) {
        return switch (column) {
            case null -> null;
            case Object[] items ->
                Arrays.stream(items).mapToInt(item -> (int) item).toArray();
            default -> throw new IllegalStateException("not an array column: " + column.getClass());
        };
    }
}
