package org.quantumhub.engine.qasm;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A statement as it was written; `at` is the token to blame.
sealed interface Statement {
    Token at();

    /// A declaration of qubits, bits or a variable.
    record Declaration(
            Token at, Type type, Token name, @Nullable Expression initial, Role role) implements Statement {}

    enum Role {
        VARIABLE,
        CONSTANT,
        INPUT,
        OUTPUT
    }

    record GateDefinition(Token at, Token name, List<Token> parameters, List<Token> qubits, List<Statement> body)
            implements Statement {}

    /// `ctrl(2) @`, `negctrl @`, `inv @` or `pow(k) @`.
    record Modifier(Token at, @Nullable Expression argument) {}

    record GateCall(
            Token at, List<Modifier> modifiers, Token name, List<Expression> arguments, List<Expression> operands)
            implements Statement {}

    record Measure(Token at, Expression source, @Nullable Expression target) implements Statement {}

    record Reset(Token at, Expression operand) implements Statement {}

    record Barrier(Token at, List<Expression> operands) implements Statement {}

    /// `delay[t] q`, which a simulator without a clock accepts and passes over.
    record Delay(Token at, Expression duration, List<Expression> operands) implements Statement {}

    record If(Token at, Expression condition, List<Statement> then, List<Statement> otherwise) implements Statement {}

    record While(Token at, Expression condition, List<Statement> body) implements Statement {}

    record For(Token at, Token variable, Expression over, List<Statement> body) implements Statement {}

    /// `target = value` or, with an operator, `target += value`.
    record Assign(Token at, Expression target, String operator, Expression value) implements Statement {}

    record Alias(Token at, Token name, Expression value) implements Statement {}

    /// `box { ... }` or a bare block.
    record Block(Token at, List<Statement> body) implements Statement {}

    record Pragma(Token at, String text) implements Statement {}

    record Case(List<Expression> values, List<Statement> body) {}

    /// `switch`; the default has no values.
    record Switch(Token at, Expression subject, List<Case> cases) implements Statement {}

    /// @param changes whether the caller's array changes with it (`mutable`)
    /// @param fixed whether it cannot be changed (`readonly`)
    record Parameter(Type type, Token name, boolean changes, boolean fixed) {}

    /// `def name(parameters) -> type { body }`; calls are expanded where they stand.
    record Subroutine(
            Token at,
            Token name,
            List<Parameter> parameters,
            @Nullable Type result,
            List<Statement> body) implements Statement {}

    record Return(Token at, @Nullable Expression value) implements Statement {}

    /// `break`, `continue` or `end`.
    record Jump(Token at) implements Statement {}

    /// An expression for its own sake.
    record Evaluate(Token at, Expression expression) implements Statement {}
}
