package org.quantumhub.engine.circuit;

import java.util.List;

/// A whole number computed from classical bits while a circuit runs; conditions are true when it is not zero.
///
/// Arithmetic is that of 64-bit two's complement integers, as in OpenQASM's `int[64]`.
public sealed interface ClassicalExpression {
    /// Gives the value of a classical bit at the moment of evaluation.
    @FunctionalInterface
    interface Bits {
        boolean get(int clbit);
    }

    /// The value for the given bits. A division by zero gives 0: a circuit has nobody to tell.
    long evaluate(Bits bits);

    /// A number known before the run.
    record Constant(long value) implements ClassicalExpression {
        @Override
        public long evaluate(Bits bits) {
            return value;
        }
    }

    /// Bits read as one number, the first of the list being the least significant; at most 64 of them.
    ///
    /// @param clbits the bits
    /// @param signed whether the last one is a sign
    record Read(List<Integer> clbits, boolean signed) implements ClassicalExpression {
        public Read {
            clbits = List.copyOf(clbits);
        }

        /// A plain unsigned reading.
        public Read(List<Integer> clbits) {
            this(clbits, false);
        }

        @Override
        public long evaluate(Bits bits) {
            long value = 0;
            for (int i = 0; i < clbits.size(); i++) {
                if (bits.get(clbits.get(i))) {
                    value |= 1L << i;
                }
            }
            int unused = 64 - clbits.size();
            return signed && unused > 0 ? value << unused >> unused : value;
        }
    }

    /// Operators with one operand.
    enum UnaryOperator {
        NOT,
        INVERT,
        NEGATE
    }

    /// An operator applied to one value.
    record Unary(UnaryOperator operator, ClassicalExpression operand) implements ClassicalExpression {
        @Override
        public long evaluate(Bits bits) {
            long value = operand.evaluate(bits);
            return switch (operator) {
                case NOT -> value == 0 ? 1 : 0;
                case INVERT -> ~value;
                case NEGATE -> -value;
            };
        }
    }

    /// Operators with two operands.
    enum BinaryOperator {
        ADD,
        SUBTRACT,
        MULTIPLY,
        DIVIDE,
        REMAINDER,
        AND,
        OR,
        XOR,
        SHIFT_LEFT,
        SHIFT_RIGHT,
        EQUAL,
        NOT_EQUAL,
        LESS,
        LESS_OR_EQUAL,
        BOTH,
        EITHER
    }

    /// An operator applied to two values.
    record Binary(BinaryOperator operator, ClassicalExpression left, ClassicalExpression right)
            implements ClassicalExpression {
        @Override
        public long evaluate(Bits bits) {
            long a = left.evaluate(bits);
            long b = right.evaluate(bits);
            return switch (operator) {
                case ADD -> a + b;
                case SUBTRACT -> a - b;
                case MULTIPLY -> a * b;
                case DIVIDE -> b == 0 ? 0 : a / b;
                case REMAINDER -> b == 0 ? 0 : a % b;
                case AND -> a & b;
                case OR -> a | b;
                case XOR -> a ^ b;
                case SHIFT_LEFT -> b < 0 || b > 63 ? 0 : a << b;
                case SHIFT_RIGHT -> b < 0 || b > 63 ? 0 : a >>> b;
                case EQUAL -> a == b ? 1 : 0;
                case NOT_EQUAL -> a != b ? 1 : 0;
                case LESS -> a < b ? 1 : 0;
                case LESS_OR_EQUAL -> a <= b ? 1 : 0;
                case BOTH -> a != 0 && b != 0 ? 1 : 0;
                case EITHER -> a != 0 || b != 0 ? 1 : 0;
            };
        }
    }

    /// The condition `register == value` of OpenQASM 2.
    static ClassicalExpression equal(List<Integer> clbits, long value) {
        return new Binary(BinaryOperator.EQUAL, new Read(clbits), new Constant(value));
    }
}
