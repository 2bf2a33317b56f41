package org.quantumhub.engine.circuit;

import java.util.Locale;

/// The one exception for circuits that are refused: what is wrong, where, and what was expected instead.
///
/// Lines and columns count from 1 and are 0 when there is no text to point into. The path is a JSON pointer such as
/// `/gates/3/target`, empty for everything that is not JSON.
public final class CircuitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final CircuitProblem code;
    private final int line;
    private final int column;
    private final String path;

    /// A problem at a place in a text.
    public CircuitException(CircuitProblem code, String message, int line, int column, String path) {
        // A refused circuit is an answer to the caller, not a fault to be traced: the stack is not recorded.
        super(message, null, false, false);
        this.code = code;
        this.line = line;
        this.column = column;
        this.path = path;
    }

    /// A problem without a place, as the builder reports it; the message is a format for [String#format].
    public static CircuitException of(CircuitProblem code, String format, Object... arguments) {
        return new CircuitException(code, String.format(Locale.ROOT, format, arguments), 0, 0, "");
    }

    /// The same problem, with the place where the text caused it. A place that is already known is kept.
    public CircuitException at(int line, int column) {
        return this.line > 0 ? this : new CircuitException(code, getMessage(), line, column, path);
    }

    /// The same problem, with the JSON pointer of the value that caused it. A known path is kept.
    public CircuitException at(String path) {
        return this.path.isEmpty() ? new CircuitException(code, getMessage(), line, column, path) : this;
    }

    public CircuitProblem code() {
        return code;
    }

    public int line() {
        return line;
    }

    public int column() {
        return column;
    }

    public String path() {
        return path;
    }

    @Override
    public String getMessage() {
        String message = super.getMessage();
        return message == null ? "" : message;
    }
}
