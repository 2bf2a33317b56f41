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
/// @param perSecond for each second the task runs
/// @param perHour for each hour the task runs, by the second
/// @param minimumCost what a task costs at least
public record PriceComponents(
        BigDecimal taskFee, BigDecimal perShot, BigDecimal perSecond, BigDecimal perHour, BigDecimal minimumCost) {

    /// Whether the price depends on how long a task runs.
    public boolean isTimed() {
        return perSecond.signum() > 0 || perHour.signum() > 0;
    }

    /// Whether a shot and a second cost the same in both: a provider's tariff, fees apart.
    public boolean hasRatesOf(PriceComponents other) {
        return perShot.compareTo(other.perShot) == 0
                && perSecond.compareTo(other.perSecond) == 0
                && perHour.compareTo(other.perHour) == 0;
    }

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
                            .add("perSecond", price.perSecond.toPlainString())
                            .add("perHour", price.perHour.toPlainString())
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
                        amount(json, "taskFee"),
                        amount(json, "perShot"),
                        amount(json, "perSecond"),
                        amount(json, "perHour"),
                        amount(json, "minimumCost"));
            }
        }
    }
}
