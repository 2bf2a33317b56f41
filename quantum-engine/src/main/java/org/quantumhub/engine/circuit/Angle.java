package org.quantumhub.engine.circuit;

import java.util.Map;
import java.util.TreeMap;

/// A gate parameter that is open: a number plus multiples of named variables.
///
/// ```java
/// Angle angle = Angle.of("gamma").times(2).plus(Math.PI / 2);
/// ```
///
/// @param constant the number
/// @param factors for each variable what it is multiplied with
public record Angle(double constant, Map<String, Double> factors) {
    public Angle {
        factors = Map.copyOf(factors);
    }

    /// A variable.
    public static Angle of(String variable) {
        return new Angle(0, Map.of(variable, 1.0));
    }

    /// A number.
    public static Angle of(double value) {
        return new Angle(value, Map.of());
    }

    public Angle times(double factor) {
        Map<String, Double> scaled = new TreeMap<>();
        factors.forEach((variable, own) -> scaled.put(variable, own * factor));
        return new Angle(constant * factor, scaled);
    }

    public Angle plus(double value) {
        return new Angle(constant + value, factors);
    }

    public Angle plus(Angle other) {
        Map<String, Double> sum = new TreeMap<>(factors);
        other.factors.forEach((variable, factor) -> sum.merge(variable, factor, Double::sum));
        return new Angle(constant + other.constant, sum);
    }
}
