package org.quantumhub.engine.qasm;

import java.util.List;
import org.quantumhub.engine.circuit.CircuitLimits;
import org.quantumhub.engine.circuit.CircuitProblem;

/// Walks through the tokens and guards depth and time while doing so.
final class TokenStream {
    private static final int MOST_OPERATORS = 500;

    final CircuitLimits limits;
    private final List<Token> tokens;
    private final long deadline;
    private int position;
    private int depth;
    private int operators;

    TokenStream(List<Token> tokens, CircuitLimits limits, long deadline) {
        this.tokens = tokens;
        this.limits = limits;
        this.deadline = deadline;
    }

    Token peek() {
        return tokens.get(position);
    }

    Token peek(int ahead) {
        return tokens.get(Math.min(position + ahead, tokens.size() - 1));
    }

    Token next() {
        Token token = tokens.get(position);
        if (position < tokens.size() - 1) {
            position++;
        }
        if ((position & 0xfff) == 0 && System.nanoTime() > deadline) {
            throw token.problem(
                    CircuitProblem.LIMIT_EXCEEDED, "Reading took longer than " + limits.maxParseMillis() + " ms.");
        }
        return token;
    }

    boolean accept(String text) {
        if (peek().is(text)) {
            next();
            return true;
        }
        return false;
    }

    Token expect(String text) {
        if (!peek().is(text)) {
            throw peek().expected("'" + text + "'");
        }
        return next();
    }

    Token name(String what) {
        if (peek().kind() != Token.Kind.NAME) {
            throw peek().expected(what);
        }
        return next();
    }

    /// Called at the start of each statement.
    void startStatement() {
        operators = 0;
    }

    /// Called for each operator, selection and case of a statement. A chain of them is a tree as deep as it is long,
    /// and trees are walked by recursion.
    void count(Token operator) {
        if (++operators > MOST_OPERATORS) {
            throw operator.problem(
                    CircuitProblem.LIMIT_EXCEEDED, "A statement may have at most " + MOST_OPERATORS + " operators.");
        }
    }

    /// Goes one level deeper, as far as the limits allow.
    void enter() {
        if (++depth > limits.maxNesting()) {
            throw peek().problem(
                            CircuitProblem.LIMIT_EXCEEDED,
                            "A program may be nested at most " + limits.maxNesting() + " deep.");
        }
    }

    void leave() {
        depth--;
    }
}
