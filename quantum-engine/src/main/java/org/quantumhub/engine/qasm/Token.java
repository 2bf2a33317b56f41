package org.quantumhub.engine.qasm;

import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitProblem;

/// A piece of the text and where it stood.
record Token(Kind kind, String text, int line, int column) {
    enum Kind {
        NAME,
        INTEGER,
        REAL,
        DURATION,
        /// A number followed by `im`.
        IMAGINARY,
        STRING,
        SYMBOL,
        /// A whole line after `pragma` or `@`.
        LINE,
        END
    }

    boolean is(String symbolOrName) {
        return (kind == Kind.SYMBOL || kind == Kind.NAME) && text.equals(symbolOrName);
    }

    /// How a message calls this token.
    String shown() {
        return switch (kind) {
            case END -> "the end of the text";
            case STRING -> "the text \"" + cut() + "\"";
            default -> "'" + cut() + "'";
        };
    }

    private String cut() {
        return text.length() > 40 ? text.substring(0, 40) + "..." : text;
    }

    CircuitException problem(CircuitProblem code, String message) {
        return new CircuitException(code, message, line, column, "");
    }

    CircuitException expected(String what) {
        return problem(CircuitProblem.SYNTAX, "Expected " + what + ", but found " + shown() + ".");
    }
}
