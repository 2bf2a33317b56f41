package org.quantumhub.engine.qasm;

import java.util.ArrayList;
import java.util.List;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitLimits;
import org.quantumhub.engine.circuit.CircuitProblem;

/// Cuts an OpenQASM text, of either version, into tokens.
final class Scanner {
    private static final List<String> LONG_SYMBOLS = List.of(
            "**=", "<<=", ">>=", "->", "==", "!=", "<=", ">=", "&&", "||", "++", "**", "<<", ">>", "+=", "-=", "*=",
            "/=", "%=", "&=", "|=", "^=", "~=");
    private static final List<String> UNITS = List.of("dt", "ns", "us", "µs", "ms", "s", "im");
    private static final String SYMBOLS = "+-*/%^&|~!<>=()[]{};,:.@";

    private final String text;
    private final CircuitLimits limits;
    private final List<Token> tokens = new ArrayList<>();
    private int position;
    private int line = 1;
    private int lineStart;

    private Scanner(String text, CircuitLimits limits) {
        this.text = text;
        this.limits = limits;
    }

    static List<Token> scan(String text, CircuitLimits limits) {
        limits.checkLength(text);
        Scanner scanner = new Scanner(text, limits);
        scanner.all();
        return scanner.tokens;
    }

    private void all() {
        while (true) {
            skip();
            if (position >= text.length()) {
                add(Token.Kind.END, "", position);
                return;
            }
            char c = text.charAt(position);
            if (isNameStart(c)) {
                name();
            } else if (isDigit(c) || c == '.' && isDigit(at(position + 1))) {
                number();
            } else if (c == '"' || c == '\'') {
                string(c);
            } else {
                symbol(c);
            }
        }
    }

    private void skip() {
        while (position < text.length()) {
            char c = text.charAt(position);
            if (c == '\n') {
                newLine();
            } else if (c == '/' && at(position + 1) == '/') {
                while (position < text.length() && text.charAt(position) != '\n') {
                    position++;
                }
            } else if (c == '/' && at(position + 1) == '*') {
                comment();
            } else if (c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\uFEFF' && position == 0) {
                position++;
            } else {
                return;
            }
        }
    }

    private void newLine() {
        position++;
        line++;
        lineStart = position;
    }

    private void comment() {
        CircuitException unclosed = problem(CircuitProblem.SYNTAX, "This comment is never closed; '*/' was expected.");
        position += 2;
        while (position < text.length()) {
            if (text.charAt(position) == '*' && at(position + 1) == '/') {
                position += 2;
                return;
            }
            if (text.charAt(position) == '\n') {
                newLine();
            } else {
                position++;
            }
        }
        throw unclosed;
    }

    private void name() {
        int start = position;
        while (position < text.length() && isNamePart(text.charAt(position))) {
            position++;
        }
        if (position - start > limits.maxIdentifierLength()) {
            position = start;
            throw problem(
                    CircuitProblem.LIMIT_EXCEEDED,
                    "A name may have at most " + limits.maxIdentifierLength() + " characters.");
        }
        String word = text.substring(start, position);
        if (word.equals("pragma")) {
            restOfLine(start);
        } else {
            add(Token.Kind.NAME, word, start);
        }
    }

    private void restOfLine(int start) {
        int from = position;
        while (position < text.length() && text.charAt(position) != '\n') {
            position++;
        }
        add(Token.Kind.LINE, text.substring(from, position).strip(), start);
    }

    private void number() {
        int start = position;
        char base = Character.toLowerCase(at(position + 1));
        if (at(position) == '0' && (base == 'x' || base == 'b' || base == 'o')) {
            position += 2;
            while (Character.digit(at(position), 16) >= 0 || at(position) == '_') {
                position++;
            }
            finish(start, Token.Kind.INTEGER);
            return;
        }
        Token.Kind kind = Token.Kind.INTEGER;
        digits();
        if (at(position) == '.') {
            kind = Token.Kind.REAL;
            position++;
            digits();
        }
        char exponent = at(position);
        char sign = at(position + 1);
        if ((exponent == 'e' || exponent == 'E')
                && (isDigit(sign) || (sign == '+' || sign == '-') && isDigit(at(position + 2)))) {
            kind = Token.Kind.REAL;
            position += isDigit(sign) ? 1 : 2;
            int from = position;
            digits();
            if (position - from > 4) {
                position = start;
                throw problem(CircuitProblem.LIMIT_EXCEEDED, "The exponent of a number may have at most 4 digits.");
            }
        }
        finish(start, isNameStart(at(position)) ? unit(kind) : kind);
    }

    /// What a number is by the word that follows it.
    private Token.Kind unit(Token.Kind number) {
        for (String unit : UNITS) {
            if (text.startsWith(unit, position) && !isNamePart(at(position + unit.length()))) {
                position += unit.length();
                return unit.equals("im") ? Token.Kind.IMAGINARY : Token.Kind.DURATION;
            }
        }
        return number;
    }

    private void finish(int start, Token.Kind kind) {
        if (position - start > limits.maxDigits()) {
            position = start;
            throw problem(
                    CircuitProblem.LIMIT_EXCEEDED, "A number may have at most " + limits.maxDigits() + " characters.");
        }
        if (isNamePart(at(position))) {
            throw problem(CircuitProblem.SYNTAX, "A number cannot go on with '" + at(position) + "'.");
        }
        add(kind, text.substring(start, position).replace("_", ""), start);
    }

    private void digits() {
        while (isDigit(at(position)) || at(position) == '_' && isDigit(at(position - 1))) {
            position++;
        }
    }

    private void string(char quote) {
        int start = position;
        int end = text.indexOf(quote, position + 1);
        int newLine = text.indexOf('\n', position);
        if (end < 0 || newLine >= 0 && newLine < end) {
            throw problem(CircuitProblem.SYNTAX, "This text is never closed; a quote was expected on the same line.");
        }
        position = end + 1;
        add(Token.Kind.STRING, text.substring(start + 1, end), start);
    }

    private void symbol(char c) {
        int start = position;
        if (c == '#' && text.startsWith("#pragma", position)) {
            position += "#pragma".length();
            restOfLine(start);
            return;
        }
        if (c == '#' && text.startsWith("#dim", position) && !isNamePart(at(position + 4))) {
            position += 4;
            add(Token.Kind.NAME, "#dim", start);
            return;
        }
        if (c == '@' && startsLine()) {
            position++;
            int from = tokens.size();
            restOfLine(start);
            // Annotations describe the next statement to tools; they change nothing about the circuit.
            tokens.subList(from, tokens.size()).clear();
            return;
        }
        if (c == '$') {
            position++;
            digits();
            if (position == start + 1) {
                throw problem(CircuitProblem.SYNTAX, "The number of a hardware qubit was expected after '$'.");
            }
            add(Token.Kind.NAME, text.substring(start, position), start);
            return;
        }
        if (SYMBOLS.indexOf(at(position + 1)) >= 0) {
            for (String symbol : LONG_SYMBOLS) {
                if (text.startsWith(symbol, position)) {
                    position += symbol.length();
                    add(Token.Kind.SYMBOL, symbol, start);
                    return;
                }
            }
        }
        if (SYMBOLS.indexOf(c) < 0) {
            throw problem(
                    CircuitProblem.SYNTAX,
                    Character.isISOControl(c)
                            ? "A control character has no place here."
                            : "The character '" + c + "' has no place here.");
        }
        position++;
        add(Token.Kind.SYMBOL, String.valueOf(c), start);
    }

    private boolean startsLine() {
        return text.substring(lineStart, position).isBlank();
    }

    private char at(int index) {
        return index >= 0 && index < text.length() ? text.charAt(index) : '\0';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isNameStart(char c) {
        return Character.isLetter(c) || c == '_';
    }

    private static boolean isNamePart(char c) {
        return Character.isLetter(c) || c == '_' || isDigit(c);
    }

    private void add(Token.Kind kind, String word, int start) {
        tokens.add(new Token(kind, word, line, start - lineStart + 1));
    }

    private CircuitException problem(CircuitProblem code, String message) {
        return new CircuitException(code, message, line, position - lineStart + 1, "");
    }
}
