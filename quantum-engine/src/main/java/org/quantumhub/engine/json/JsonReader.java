package org.quantumhub.engine.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitLimits;
import org.quantumhub.engine.circuit.CircuitProblem;

/// Reads JSON by the letter of RFC 8259, and stricter where a circuit gains nothing from freedom: a key may occur
/// once, numbers have a limited length, and nesting a limited depth.
final class JsonReader {
    private final String text;
    private final CircuitLimits limits;
    private final long deadline;
    private int position;
    private int line = 1;
    private int lineStart;
    private int values;

    private JsonReader(String text, CircuitLimits limits) {
        this.text = text;
        this.limits = limits;
        this.deadline = System.nanoTime() + limits.maxParseMillis() * 1_000_000L;
    }

    /// Reads one value and refuses anything after it.
    static JsonValue read(String text, CircuitLimits limits) {
        limits.checkLength(text);
        JsonReader reader = new JsonReader(text, limits);
        reader.skipSpace();
        JsonValue value = reader.value(0);
        reader.skipSpace();
        if (reader.position < text.length()) {
            throw reader.syntax("The end of the text was expected after the JSON value.");
        }
        return value;
    }

    private JsonValue value(int depth) {
        if (depth > limits.maxNesting()) {
            throw problem(
                    CircuitProblem.LIMIT_EXCEEDED, "JSON may be nested at most " + limits.maxNesting() + " deep.");
        }
        if ((++values & 0xfff) == 0 && System.nanoTime() > deadline) {
            throw problem(
                    CircuitProblem.LIMIT_EXCEEDED, "Reading took longer than " + limits.maxParseMillis() + " ms.");
        }
        if (position >= text.length()) {
            throw syntax("A JSON value was expected, but the text ends here.");
        }
        char c = text.charAt(position);
        return switch (c) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> {
                int column = column();
                yield new JsonValue.JsonText(string(), line, column);
            }
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> {
                if (c == '-' || isDigit(c)) {
                    yield number();
                }
                throw syntax("A JSON value was expected here.");
            }
        };
    }

    private JsonValue object(int depth) {
        int startLine = line;
        int startColumn = column();
        Map<String, JsonValue> fields = new LinkedHashMap<>();
        position++;
        skipSpace();
        if (accept('}')) {
            return new JsonValue.JsonObject(fields, startLine, startColumn);
        }
        while (true) {
            skipSpace();
            if (position >= text.length() || text.charAt(position) != '"') {
                throw syntax("A field name in double quotes was expected here.");
            }
            int keyLine = line;
            int keyColumn = column();
            String key = string();
            if (fields.containsKey(key)) {
                throw new CircuitException(
                        CircuitProblem.SYNTAX,
                        "The field '" + shortened(key) + "' occurs twice in the same object.",
                        keyLine,
                        keyColumn,
                        "");
            }
            skipSpace();
            expect(':', "A colon was expected after the field name.");
            skipSpace();
            fields.put(key, value(depth + 1));
            skipSpace();
            if (accept('}')) {
                return new JsonValue.JsonObject(fields, startLine, startColumn);
            }
            expect(',', "A comma or a closing brace was expected here.");
        }
    }

    private JsonValue array(int depth) {
        int startLine = line;
        int startColumn = column();
        List<JsonValue> items = new ArrayList<>();
        position++;
        skipSpace();
        if (accept(']')) {
            return new JsonValue.JsonArray(items, startLine, startColumn);
        }
        while (true) {
            skipSpace();
            items.add(value(depth + 1));
            skipSpace();
            if (accept(']')) {
                return new JsonValue.JsonArray(items, startLine, startColumn);
            }
            expect(',', "A comma or a closing bracket was expected here.");
        }
    }

    private JsonValue word(String word) {
        int column = column();
        if (!text.startsWith(word, position)) {
            throw syntax("A JSON value was expected here.");
        }
        position += word.length();
        return new JsonValue.JsonWord(word, line, column);
    }

    private JsonValue number() {
        int start = position;
        int column = column();
        accept('-');
        if (accept('0')) {
            if (position < text.length() && isDigit(text.charAt(position))) {
                throw syntax("A number must not start with a superfluous zero.");
            }
        } else {
            digits();
        }
        if (accept('.')) {
            digits();
        }
        if (accept('e') || accept('E')) {
            if (!accept('+')) {
                accept('-');
            }
            int exponent = position;
            digits();
            if (position - exponent > 4) {
                throw new CircuitException(
                        CircuitProblem.LIMIT_EXCEEDED,
                        "The exponent of a number may have at most 4 digits.",
                        line,
                        column,
                        "");
            }
        }
        if (position - start > limits.maxDigits()) {
            throw new CircuitException(
                    CircuitProblem.LIMIT_EXCEEDED,
                    "A number may have at most " + limits.maxDigits() + " characters.",
                    line,
                    column,
                    "");
        }
        return new JsonValue.JsonNumber(text.substring(start, position), line, column);
    }

    private void digits() {
        int start = position;
        while (position < text.length() && isDigit(text.charAt(position))) {
            position++;
        }
        if (position == start) {
            throw syntax("A digit was expected here.");
        }
    }

    private String string() {
        position++;
        int start = position;
        while (position < text.length()) {
            char c = text.charAt(position);
            if (c == '"') {
                return text.substring(start, position++);
            }
            if (c == '\\') {
                return stringWithEscapes(start);
            }
            if (c < 0x20) {
                throw syntax("A control character must be escaped inside a text.");
            }
            position++;
        }
        throw syntax("A closing quote was expected, but the text ends here.");
    }

    private String stringWithEscapes(int start) {
        StringBuilder result = new StringBuilder(text.substring(start, position));
        while (position < text.length()) {
            char c = text.charAt(position);
            if (c == '"') {
                position++;
                return result.toString();
            }
            if (c < 0x20) {
                throw syntax("A control character must be escaped inside a text.");
            }
            position++;
            result.append(c == '\\' ? escape() : c);
        }
        throw syntax("A closing quote was expected, but the text ends here.");
    }

    private char escape() {
        char c = position < text.length() ? text.charAt(position) : ' ';
        position++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                int code = 0;
                for (int i = 0; i < 4; i++) {
                    int digit = position < text.length() ? Character.digit(text.charAt(position), 16) : -1;
                    if (digit < 0 || text.charAt(position) > 'f') {
                        throw syntax("Four hexadecimal digits were expected after \\u.");
                    }
                    code = 16 * code + digit;
                    position++;
                }
                yield (char) code;
            }
            default -> {
                position--;
                throw syntax("This is not one of the escapes of JSON.");
            }
        };
    }

    private void skipSpace() {
        while (position < text.length()) {
            char c = text.charAt(position);
            if (c == '\n') {
                line++;
                lineStart = position + 1;
            } else if (c != ' ' && c != '\t' && c != '\r') {
                return;
            }
            position++;
        }
    }

    private boolean accept(char c) {
        if (position < text.length() && text.charAt(position) == c) {
            position++;
            return true;
        }
        return false;
    }

    private void expect(char c, String message) {
        if (!accept(c)) {
            throw syntax(message);
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private int column() {
        return position - lineStart + 1;
    }

    private CircuitException syntax(String message) {
        return problem(CircuitProblem.SYNTAX, message);
    }

    private CircuitException problem(CircuitProblem code, String message) {
        return new CircuitException(code, message, line, column(), "");
    }

    /// A name for a message: hostile texts are cut, and control characters do not get through.
    static String shortened(String name) {
        StringBuilder result = new StringBuilder();
        name.codePoints().limit(40).forEach(c -> result.appendCodePoint(Character.isISOControl(c) ? '?' : c));
        return name.codePointCount(0, name.length()) > 40 ? result + "..." : result.toString();
    }
}
