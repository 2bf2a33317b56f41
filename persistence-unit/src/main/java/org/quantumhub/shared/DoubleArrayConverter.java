package org.quantumhub.shared;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A `double precision[]` column, read. Rows with such columns are written by statements of their own.
@Converter
public class DoubleArrayConverter implements AttributeConverter<double[], Object> {

    @Override
    public @Nullable Object convertToDatabaseColumn(double @Nullable [] numbers) {
        return numbers == null ? null : Arrays.stream(numbers).boxed().toArray(Double[]::new);
    }

    @Override
    public double @Nullable [] convertToEntityAttribute(@Nullable Object column) {
        return switch (column) {
            case null -> null;
            case Object[] items ->
                Arrays.stream(items).mapToDouble(item -> (double) item).toArray();
            default -> throw new IllegalStateException("not an array column: " + column.getClass());
        };
    }
}
