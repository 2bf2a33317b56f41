package org.quantumhub.engine.qasm;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.quantumhub.engine.circuit.CircuitProblem;

/// Reads the statements that decide what runs: `if`, `while`, `for` and `switch`.
final class ControlParser {
    /// Cases become conditionals inside one another.
    private static final int MOST_CASES = 100;

    private final TokenStream tokens;
    private final ExpressionParser expressions;
    private final Supplier<List<Statement>> blocks;

    /// @param blocks reads a block or a single statement
    ControlParser(TokenStream tokens, ExpressionParser expressions, Supplier<List<Statement>> blocks) {
        this.tokens = tokens;
        this.expressions = expressions;
        this.blocks = blocks;
    }

    Statement conditional() {
        Token at = tokens.next();
        tokens.expect("(");
        Expression condition = expressions.expression();
        tokens.expect(")");
        List<Statement> then = blocks.get();
        List<Statement> otherwise = tokens.accept("else") ? blocks.get() : List.of();
        return new Statement.If(at, condition, then, otherwise);
    }

    Statement loop() {
        Token at = tokens.next();
        tokens.expect("(");
        Expression condition = expressions.expression();
        tokens.expect(")");
        return new Statement.While(at, condition, blocks.get());
    }

    Statement counting() {
        Token at = tokens.next();
        if (ExpressionParser.TYPES.contains(tokens.peek().text())) {
            expressions.type();
        }
        Token variable = tokens.name("the name of the loop variable");
        tokens.expect("in");
        Expression over;
        if (tokens.peek().is("[")) {
            Token bracket = tokens.next();
            Expression first = tokens.peek().is(":") ? null : expressions.expression();
            over = expressions.range(bracket, first);
            tokens.expect("]");
        } else {
            over = expressions.value();
        }
        return new Statement.For(at, variable, over, blocks.get());
    }

    Statement choice() {
        Token at = tokens.next();
        tokens.expect("(");
        Expression subject = expressions.expression();
        tokens.expect(")");
        tokens.expect("{");
        List<Statement.Case> cases = new ArrayList<>();
        int choices = 0;
        while (!tokens.accept("}")) {
            List<Expression> values = new ArrayList<>();
            if (!tokens.accept("default")) {
                tokens.expect("case");
                do {
                    values.add(expressions.expression());
                } while (tokens.accept(","));
            }
            if (++choices > MOST_CASES || values.size() > MOST_CASES) {
                throw at.problem(CircuitProblem.LIMIT_EXCEEDED, "A switch may have at most " + MOST_CASES + " cases.");
            }
            if (!tokens.peek().is("{")) {
                throw tokens.peek().expected("'{'");
            }
            cases.add(new Statement.Case(values, blocks.get()));
        }
        return new Statement.Switch(at, subject, cases);
    }
}
