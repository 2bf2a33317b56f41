package org.quantumhub.engine.qasm;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.quantumhub.engine.circuit.CircuitProblem;

/// Reads expressions by climbing precedences; the same for both versions, except that `^` is a power in version 2 and
/// an exclusive or in version 3.
final class ExpressionParser {
    static final Set<String> TYPES =
            Set.of("int", "uint", "float", "angle", "bool", "bit", "complex", "duration", "stretch", "qubit", "array");

    private static final Map<String, Integer> PRECEDENCE = Map.ofEntries(
            Map.entry("||", 1),
            Map.entry("&&", 2),
            Map.entry("|", 3),
            Map.entry("^", 4),
            Map.entry("&", 5),
            Map.entry("==", 6),
            Map.entry("!=", 6),
            Map.entry("<", 7),
            Map.entry(">", 7),
            Map.entry("<=", 7),
            Map.entry(">=", 7),
            Map.entry("<<", 8),
            Map.entry(">>", 8),
            Map.entry("+", 9),
            Map.entry("-", 9),
            Map.entry("*", 10),
            Map.entry("/", 10),
            Map.entry("%", 10),
            Map.entry("**", 12));
    private static final int UNARY = 11;
    private static final int MOST_BITS = 4096;
    private static final int MOST_DIMENSIONS = 7;

    private final TokenStream tokens;
    private final boolean version2;

    ExpressionParser(TokenStream tokens, boolean version2) {
        this.tokens = tokens;
        this.version2 = version2;
    }

    Expression expression() {
        return binary(1);
    }

    /// An expression, or the elements of an array in braces.
    Expression value() {
        return tokens.peek().is("{") ? elements() : expression();
    }

    private int precedence(Token token) {
        if (token.kind() != Token.Kind.SYMBOL) {
            return 0;
        }
        if (version2 && token.text().equals("^")) {
            return 12;
        }
        return PRECEDENCE.getOrDefault(token.text(), 0);
    }

    private Expression binary(int least) {
        tokens.enter();
        Expression left = unary();
        while (precedence(tokens.peek()) >= least) {
            Token operator = tokens.next();
            tokens.count(operator);
            int precedence = precedence(operator);
            if (version2 && operator.text().equals("^")) {
                operator = new Token(Token.Kind.SYMBOL, "**", operator.line(), operator.column());
            }
            // Powers group to the right, everything else to the left.
            Expression right = binary(precedence == 12 ? precedence : precedence + 1);
            left = new Expression.Binary(operator, left, right);
        }
        tokens.leave();
        return left;
    }

    private Expression unary() {
        Token token = tokens.peek();
        if (token.is("-") || token.is("+") || token.is("!") || token.is("~")) {
            tokens.next();
            return new Expression.Unary(token, binary(UNARY));
        }
        return postfix(primary());
    }

    private Expression postfix(Expression base) {
        Expression result = base;
        while (tokens.peek().is("[")) {
            Token at = tokens.next();
            tokens.count(at);
            List<Expression> selections = new ArrayList<>();
            do {
                selections.add(selection());
            } while (tokens.accept(","));
            tokens.expect("]");
            result = new Expression.Index(at, result, selections);
        }
        return result;
    }

    /// What may stand between brackets: a number, a range or a set of numbers.
    private Expression selection() {
        Token at = tokens.peek();
        if (at.is("{")) {
            return elements();
        }
        Expression first = at.is(":") ? null : expression();
        if (first != null && !tokens.peek().is(":")) {
            return first;
        }
        return range(at, first);
    }

    /// A range whose first part has been read.
    Expression range(Token at, @Nullable Expression first) {
        tokens.expect(":");
        Expression second = endsRange() ? null : expression();
        if (!tokens.accept(":")) {
            return new Expression.Range(at, first, null, second);
        }
        return new Expression.Range(at, first, second, endsRange() ? null : expression());
    }

    private boolean endsRange() {
        return tokens.peek().is(":") || tokens.peek().is("]") || tokens.peek().is(",");
    }

    Expression elements() {
        Token at = tokens.expect("{");
        tokens.enter();
        List<Expression> items = new ArrayList<>();
        while (!tokens.peek().is("}")) {
            items.add(tokens.peek().is("{") ? elements() : expression());
            if (!tokens.accept(",")) {
                break;
            }
        }
        tokens.expect("}");
        tokens.leave();
        return new Expression.Elements(at, items);
    }

    private Expression primary() {
        Token token = tokens.peek();
        switch (token.kind()) {
            case INTEGER -> {
                return new Expression.Literal(tokens.next(), wholeNumber(token));
            }
            case REAL -> {
                return new Expression.Literal(tokens.next(), new Value.Real(real(token, token.text())));
            }
            case DURATION -> {
                return new Expression.Literal(tokens.next(), duration(token));
            }
            case IMAGINARY -> {
                String digits = token.text().substring(0, token.text().length() - 2);
                return new Expression.Literal(tokens.next(), new Value.Complex(0, real(token, digits)));
            }
            case STRING -> {
                return new Expression.Literal(tokens.next(), bitstring(token));
            }
            case NAME -> {
                return named();
            }
            default -> {
                if (token.is("(")) {
                    tokens.next();
                    Expression inner = expression();
                    tokens.expect(")");
                    return inner;
                }
                throw token.expected("an expression");
            }
        }
    }

    private Expression named() {
        Token token = tokens.peek();
        if (TYPES.contains(token.text())) {
            Type type = type();
            tokens.expect("(");
            Expression operand = expression();
            tokens.expect(")");
            return new Expression.Cast(token, type, operand);
        }
        tokens.next();
        if (token.is("durationof") && tokens.peek().is("(") && tokens.peek(1).is("{")) {
            return durationOf(token);
        }
        if (token.is("true") || token.is("false")) {
            return new Expression.Literal(token, new Value.Truth(token.is("true")));
        }
        if (token.is("measure")) {
            return new Expression.Measured(token, postfix(primary()));
        }
        if (tokens.accept("(")) {
            return new Expression.Call(token, arguments());
        }
        return new Expression.Name(token);
    }

    /// `durationof({...})`: nothing here takes time.
    private Expression durationOf(Token at) {
        tokens.expect("(");
        int depth = 0;
        do {
            Token token = tokens.next();
            if (token.kind() == Token.Kind.END) {
                throw token.expected("'}'");
            }
            depth += token.is("{") ? 1 : token.is("}") ? -1 : 0;
        } while (depth > 0);
        tokens.expect(")");
        return new Expression.Literal(at, new Value.Duration(0));
    }

    /// Arguments up to the closing parenthesis; the opening one has been read.
    List<Expression> arguments() {
        List<Expression> arguments = new ArrayList<>();
        while (!tokens.peek().is(")")) {
            arguments.add(expression());
            if (!tokens.accept(",")) {
                break;
            }
        }
        tokens.expect(")");
        return arguments;
    }

    /// A type: a scalar with its width, or `array[scalar, length, ...]`.
    Type type() {
        tokens.enter();
        Type type = tokens.peek().is("array") ? arrayType() : scalarType();
        tokens.leave();
        return type;
    }

    private Type arrayType() {
        Token at = tokens.next();
        tokens.expect("[");
        Type element = type();
        List<Expression> dimensions = new ArrayList<>();
        while (tokens.accept(",")) {
            if (tokens.peek().is("#dim")) {
                openDimensions(dimensions);
            } else {
                dimensions.add(expression());
            }
        }
        tokens.expect("]");
        if (dimensions.isEmpty()) {
            throw tokens.peek().expected("the length of the array");
        }
        return new Type(at, element.name(), element.size(), dimensions);
    }

    /// `#dim = 2`: so many dimensions whose lengths are not said.
    private void openDimensions(List<Expression> dimensions) {
        Token at = tokens.next();
        tokens.expect("=");
        if (!(tokens.peek().kind() == Token.Kind.INTEGER
                && wholeNumber(tokens.peek()) instanceof Value.Whole count
                && count.value() >= 1
                && count.value() <= MOST_DIMENSIONS)) {
            throw tokens.peek().expected("the number of dimensions, 1 to " + MOST_DIMENSIONS);
        }
        tokens.next();
        for (long i = 0; i < count.value(); i++) {
            dimensions.add(new Expression.Literal(at, new Value.Nothing()));
        }
    }

    private Type scalarType() {
        if (!TYPES.contains(tokens.peek().text())) {
            throw tokens.peek().expected("a type");
        }
        Token at = tokens.next();
        Expression size = null;
        if (tokens.accept("[")) {
            if (at.is("complex")) {
                type();
            } else {
                size = expression();
            }
            tokens.expect("]");
        }
        return new Type(at, at.text(), size, List.of());
    }

    private static Value wholeNumber(Token token) {
        String text = token.text();
        int radix = 10;
        if (text.length() > 2 && text.charAt(0) == '0') {
            radix = switch (Character.toLowerCase(text.charAt(1))) {
                case 'x' -> 16;
                case 'b' -> 2;
                case 'o' -> 8;
                default -> 10;
            };
        }
        try {
            BigInteger value = new BigInteger(radix == 10 ? text : text.substring(2), radix);
            return value.bitLength() <= 63 ? new Value.Whole(value.longValue()) : new Value.Large(value);
        } catch (NumberFormatException e) {
            throw token.problem(CircuitProblem.SYNTAX, "'" + text + "' is not a whole number.");
        }
    }

    private static double real(Token token, String digits) {
        double value = Double.parseDouble(digits);
        if (!Double.isFinite(value)) {
            throw token.problem(CircuitProblem.INVALID_VALUE, "The number is too large.");
        }
        return value;
    }

    private static Value duration(Token token) {
        String text = token.text();
        int end = text.length();
        while (!Character.isDigit(text.charAt(end - 1)) && text.charAt(end - 1) != '.') {
            end--;
        }
        int places = switch (text.substring(end)) {
            case "ns" -> 9;
            case "us", "µs" -> 6;
            case "ms" -> 3;
            default -> 0;
        };
        // Shifted as a decimal number, so that 0.1us is 100ns to the last digit.
        double seconds =
                new BigDecimal(text.substring(0, end)).movePointLeft(places).doubleValue();
        if (!Double.isFinite(seconds)) {
            throw token.problem(CircuitProblem.INVALID_VALUE, "The number is too large.");
        }
        return new Value.Duration(seconds);
    }

    private static Value bitstring(Token token) {
        String bits = token.text().replace("_", "");
        if (bits.isEmpty() || bits.length() > MOST_BITS || !bits.chars().allMatch(c -> c == '0' || c == '1')) {
            throw token.expected("a bitstring of 1 to " + MOST_BITS + " digits");
        }
        return bits.length() < 64 ? new Value.Whole(Long.parseLong(bits, 2)) : new Value.Large(new BigInteger(bits, 2));
    }
}
