package org.quantumhub.engine.qasm;

import java.util.List;
import org.quantumhub.engine.circuit.CircuitLimits;
import org.quantumhub.engine.circuit.CircuitProblem;

/// Walks through the tokens and guards depth and time while doing so.
final class TokenStream {
    final CircuitLimits limits;
    private final List<Token> tokens;
    private final long deadline;
    private int position;
    private int depth;

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
