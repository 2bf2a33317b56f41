package org.quantumhub.engine.qasm;

import java.util.List;
import org.quantumhub.engine.circuit.CircuitProblem;

/// Brings known values into types, with the widths that the types say.
final class Conversions {
    private static final int MOST_WIDTH = 64;

    private Conversions() {}

    /// @param width of the type in bits, 0 where it says none
    static Value of(Token at, Type type, Value value, long width) {
        if (value instanceof Value.Items items) {
            return new Value.Items(items.values().stream()
                    .map(item -> of(at, type, item, width))
                    .toList());
        }
        return switch (type.name()) {
            case "int", "uint", "bit" -> {
                double number = value instanceof Value.Large ? 0 : Arithmetic.real(at, value);
                if (value instanceof Value.Real && Math.abs(number) > 0x1p62) {
                    throw at.problem(CircuitProblem.INVALID_VALUE, "The number does not fit into 64 bits.");
                }
                Value whole = value instanceof Value.Real ? new Value.Whole((long) number) : value;
                yield whole instanceof Value.Large ? whole : wrapped(type, Arithmetic.whole(at, whole), width, whole);
            }
            case "bool" -> new Value.Truth(Arithmetic.real(at, value) != 0);
            case "complex" -> ComplexArithmetic.of(at, value);
            case "float" -> new Value.Real(Arithmetic.real(at, value));
            case "angle" -> angle(Arithmetic.real(at, value), width);
            default -> value;
        };
    }

    /// What does not fit is cut off, as in two's complement.
    private static Value wrapped(Type type, long number, long width, Value given) {
        if (width < 1 || width >= MOST_WIDTH) {
            return given instanceof Value.Truth ? new Value.Whole(number) : given;
        }
        int unused = (int) (MOST_WIDTH - width);
        return new Value.Whole(type.name().equals("int") ? number << unused >> unused : number << unused >>> unused);
    }

    /// An angle of n bits is the nearest multiple of 2 pi / 2^n, from 0 up to a full turn.
    private static Value angle(double angle, long width) {
        return width < 1 || width > MOST_WIDTH
                ? new Value.Real(angle)
                : angleOf(TurningAngles.stored(angle, (int) width), (int) width);
    }

    /// The angle that a number in so many bits stands for.
    static Value angleOf(long digits, int width) {
        double number = digits >= 0 ? digits : digits + 0x1p64;
        return new Value.Real(number * TurningAngles.unit(width));
    }

    /// Some bits of a number, as a number.
    static Value bits(long number, int[] places) {
        long result = 0;
        for (int i = 0; i < places.length && i < MOST_WIDTH; i++) {
            result |= (number >>> places[i] & 1) << i;
        }
        return new Value.Whole(result);
    }

    /// The number with some of its bits changed.
    static long changed(long number, int[] places, long bits) {
        long result = number;
        for (int i = 0; i < places.length; i++) {
            long bit = 1L << places[i];
            result = (bits >>> i & 1) == 1 ? result | bit : result & ~bit;
        }
        return result;
    }

    /// Types whose bits have an order.
    static boolean hasBits(Type type) {
        return type.dimensions().isEmpty() && List.of("int", "uint", "angle").contains(type.name());
    }
}
