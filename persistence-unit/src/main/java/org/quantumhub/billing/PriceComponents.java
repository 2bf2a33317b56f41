package org.quantumhub.billing;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.io.StringReader;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// What a price is made of.
///
/// @param taskFee for each task, whatever its size
/// @param perShot for each shot
/// @param minimumCost what a task costs at least
public record PriceComponents(BigDecimal taskFee, BigDecimal perShot, BigDecimal minimumCost) {

    private static BigDecimal amount(JsonObject json, String name) {
        JsonValue value = json.getOrDefault(name, JsonValue.NULL);
        return switch (value.getValueType()) {
            case NULL -> BigDecimal.ZERO;
            case STRING -> new BigDecimal(((JsonString) value).getString());
            case NUMBER -> json.getJsonNumber(name).bigDecimalValue();
            default -> throw new IllegalStateException("price component " + name + " is not an amount: " + value);
        };
    }

    /// The `components` column: amounts as strings, so that no reader takes them for binary fractions.
    @Converter
    public static class JsonText implements AttributeConverter<PriceComponents, Object> {

        @Override
        public @Nullable Object convertToDatabaseColumn(@Nullable PriceComponents price) {
            return price == null
                    ? null
                    : Json.createObjectBuilder()
                            .add("taskFee", price.taskFee.toPlainString())
                            .add("perShot", price.perShot.toPlainString())
                            .add("minimumCost", price.minimumCost.toPlainString())
                            .build()
                            .toString();
        }

        @Override
        public @Nullable PriceComponents convertToEntityAttribute(@Nullable Object column) {
            if (column == null) {
                return null;
            }
            try (JsonReader reader = Json.createReader(new StringReader(column.toString()))) {
                JsonObject json = reader.readObject();
                return new PriceComponents(
                        amount(json, "taskFee"), amount(json, "perShot"), amount(json, "minimumCost"));
            }
        }
    }
}
