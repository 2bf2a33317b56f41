package org.quantumhub.engine.qasm;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An expression as it was written; `at` is the token to blame.
sealed interface Expression {
    Token at();

    /// A number, a truth value, a duration or a bitstring.
    record Literal(Token at, Value value) implements Expression {}

    record Name(Token at) implements Expression {}

    record Unary(Token at, Expression operand) implements Expression {}

    record Binary(Token at, Expression left, Expression right) implements Expression {}

    record Call(Token at, List<Expression> arguments) implements Expression {}

    /// A conversion such as `int[8](x)`.
    record Cast(Token at, Type type, Expression operand) implements Expression {}

    /// `base[...]`; several selections separated by commas address an array.
    record Index(Token at, Expression base, List<Expression> selections) implements Expression {}

    /// `start:step:stop` inside brackets; what was left out is null.
    record Range(
            Token at,
            @Nullable Expression start,
            @Nullable Expression step,
            @Nullable Expression stop) implements Expression {}

    /// `{a, b, c}`.
    record Elements(Token at, List<Expression> items) implements Expression {}

    /// `measure q` where a value is wanted.
    record Measured(Token at, Expression source) implements Expression {}

    /// `a ++ b`, a register out of two.
    record Joined(Token at, Expression left, Expression right) implements Expression {}
}
