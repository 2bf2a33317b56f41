package org.quantumhub.engine.qasm;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitProblem;
import org.quantumhub.engine.circuit.ClassicalExpression;
import org.quantumhub.engine.circuit.ClassicalExpression.BinaryOperator;
import org.quantumhub.engine.circuit.ClassicalExpression.UnaryOperator;

/// Operators and functions on values: worked out at once where both sides are known, else written down for the run.
final class Arithmetic {
    private Arithmetic() {}

    static double real(Token at, Value value) {
        double result = switch (value) {
            case Value.Whole whole -> whole.value();
            case Value.Real real -> real.value();
            case Value.Truth truth -> truth.value() ? 1 : 0;
            case Value.Duration duration -> duration.seconds();
            case Value.Complex complex -> {
                if (complex.im() != 0) {
                    throw at.problem(CircuitProblem.INVALID_VALUE, "A real number was expected, not a complex one.");
                }
                yield complex.re();
            }
            case Value.Bits ignored -> throw dynamic(at);
            case Value.Dynamic ignored -> throw dynamic(at);
            case Value.Turning ignored -> throw dynamic(at);
            case Value.Large ignored -> throw tooLarge(at);
            case Value.Items ignored -> throw notNumber(at);
            case Value.Nothing ignored -> throw notNumber(at);
        };
        if (!Double.isFinite(result)) {
            throw at.problem(CircuitProblem.INVALID_VALUE, "The value of this expression is not a finite number.");
        }
        return result;
    }

    private static CircuitException dynamic(Token at) {
        return at.problem(
                CircuitProblem.UNSUPPORTED,
                "A number that is known before the run was expected; this one depends on a measurement.");
    }

    private static CircuitException tooLarge(Token at) {
        return at.problem(
                CircuitProblem.INVALID_VALUE, "A number of 2^63 and more can only be compared with a register.");
    }

    private static CircuitException notNumber(Token at) {
        return at.problem(CircuitProblem.INVALID_VALUE, "A single number was expected.");
    }

    static long whole(Token at, Value value) {
        return switch (value) {
            case Value.Whole whole -> whole.value();
            case Value.Truth truth -> truth.value() ? 1 : 0;
            case Value.Real real -> {
                if (real.value() != Math.rint(real.value()) || Math.abs(real.value()) >= 1e15) {
                    throw at.problem(CircuitProblem.INVALID_VALUE, "A whole number was expected.");
                }
                yield (long) real.value();
            }
            case Value.Bits ignored -> throw dynamic(at);
            case Value.Dynamic ignored -> throw dynamic(at);
            case Value.Turning ignored -> throw dynamic(at);
            case Value.Large ignored -> throw tooLarge(at);
            default -> throw at.problem(CircuitProblem.INVALID_VALUE, "A whole number was expected.");
        };
    }

    static boolean known(Value value) {
        return !(value instanceof Value.Dynamic || value instanceof Value.Bits || value instanceof Value.Turning);
    }

    /// The value as something that can be worked out during the run.
    static ClassicalExpression expression(Token at, Value value) {
        return switch (value) {
            case Value.Dynamic dynamic -> dynamic.expression();
            case Value.Turning angle -> TurningAngles.number(at, angle);
            case Value.Bits bits -> {
                if (bits.clbits().size() > 64) {
                    throw at.problem(CircuitProblem.UNSUPPORTED, "At most 64 bits can be taken as one number.");
                }
                yield new ClassicalExpression.Read(bits.clbits());
            }
            default -> new ClassicalExpression.Constant(whole(at, value));
        };
    }

    static Value unary(Token at, Value value) {
        if (value instanceof Value.Complex complex) {
            return ComplexArithmetic.unary(at, complex);
        }
        if (value instanceof Value.Turning angle && at.is("-")) {
            return TurningAngles.moved(angle, -1, 0);
        }
        if (!known(value)) {
            ClassicalExpression operand = expression(at, value);
            if (at.is("~") && value instanceof Value.Bits bits) {
                // The complement of a register stays as wide as the register.
                long mask =
                        bits.clbits().size() == 64 ? -1 : (1L << bits.clbits().size()) - 1;
                return new Value.Dynamic(new ClassicalExpression.Binary(
                        BinaryOperator.XOR, operand, new ClassicalExpression.Constant(mask)));
            }
            return switch (at.text()) {
                case "!" -> new Value.Dynamic(new ClassicalExpression.Unary(UnaryOperator.NOT, operand));
                case "~" -> new Value.Dynamic(new ClassicalExpression.Unary(UnaryOperator.INVERT, operand));
                case "-" -> new Value.Dynamic(new ClassicalExpression.Unary(UnaryOperator.NEGATE, operand));
                default -> value;
            };
        }
        return switch (at.text()) {
            case "!" -> new Value.Truth(real(at, value) == 0);
            case "~" -> new Value.Whole(~whole(at, value));
            case "-" ->
                value instanceof Value.Whole whole ? new Value.Whole(-whole.value()) : new Value.Real(-real(at, value));
            default -> value;
        };
    }

    static Value binary(Token at, Value left, Value right) {
        if (left instanceof Value.Turning || right instanceof Value.Turning) {
            Value angle = TurningAngles.binary(at, left, right);
            return angle == null ? dynamic(at, left, right) : angle;
        }
        if (!known(left) || !known(right)) {
            Value angle = TurningAngles.multiple(at, left, right);
            return angle == null ? dynamic(at, left, right) : angle;
        }
        if (left instanceof Value.Complex || right instanceof Value.Complex) {
            return ComplexArithmetic.binary(at, left, right);
        }
        boolean whole = isWhole(left) && isWhole(right);
        return switch (at.text()) {
            case "+", "-", "*", "%" -> whole ? exact(at, left, right) : inexact(at, left, right);
            case "/" -> whole && divides(at, left, right) ? exact(at, left, right) : inexact(at, left, right);
            case "**" -> power(at, left, right, whole);
            case "&&" -> new Value.Truth(real(at, left) != 0 && real(at, right) != 0);
            case "||" -> new Value.Truth(real(at, left) != 0 || real(at, right) != 0);
            case "==" -> new Value.Truth(real(at, left) == real(at, right));
            case "!=" -> new Value.Truth(real(at, left) != real(at, right));
            case "<" -> new Value.Truth(real(at, left) < real(at, right));
            case ">" -> new Value.Truth(real(at, left) > real(at, right));
            case "<=" -> new Value.Truth(real(at, left) <= real(at, right));
            case ">=" -> new Value.Truth(real(at, left) >= real(at, right));
            default -> bitwise(at, whole(at, left), whole(at, right));
        };
    }

    /// `1/2` is a half, as everyone who writes `pow(1/2) @ x` means it; only a variable of type `int` cuts it off.
    private static boolean divides(Token at, Value left, Value right) {
        long divisor = whole(at, right);
        return divisor != 0 && whole(at, left) % divisor == 0;
    }

    private static boolean isWhole(Value value) {
        return value instanceof Value.Whole || value instanceof Value.Truth;
    }

    private static Value exact(Token at, Value left, Value right) {
        long a = whole(at, left);
        long b = whole(at, right);
        if ((at.is("/") || at.is("%")) && b == 0) {
            throw at.problem(CircuitProblem.INVALID_VALUE, "A division by zero has no value.");
        }
        try {
            return new Value.Whole(
                    switch (at.text()) {
                        case "+" -> Math.addExact(a, b);
                        case "-" -> Math.subtractExact(a, b);
                        case "*" -> Math.multiplyExact(a, b);
                        case "/" -> a / b;
                        default -> a % b;
                    });
        } catch (ArithmeticException e) {
            throw at.problem(CircuitProblem.INVALID_VALUE, "The result does not fit into 64 bits.");
        }
    }

    private static Value inexact(Token at, Value left, Value right) {
        double a = real(at, left);
        double b = real(at, right);
        if ((at.is("/") || at.is("%")) && b == 0) {
            throw at.problem(CircuitProblem.INVALID_VALUE, "A division by zero has no value.");
        }
        return finite(
                at,
                switch (at.text()) {
                    case "+" -> a + b;
                    case "-" -> a - b;
                    case "*" -> a * b;
                    case "/" -> a / b;
                    default -> a % b;
                });
    }

    private static Value power(Token at, Value left, Value right, boolean whole) {
        double result = Math.pow(real(at, left), real(at, right));
        boolean exact = whole && whole(at, right) >= 0 && Math.abs(result) < 0x1p53;
        return exact ? new Value.Whole((long) result) : finite(at, result);
    }

    private static Value bitwise(Token at, long a, long b) {
        boolean shift = at.is("<<") || at.is(">>");
        if (shift && (b < 0 || b > 63)) {
            throw at.problem(CircuitProblem.INVALID_VALUE, "A shift by 0 to 63 places was expected.");
        }
        return new Value.Whole(
                switch (at.text()) {
                    case "&" -> a & b;
                    case "|" -> a | b;
                    case "^" -> a ^ b;
                    case "<<" -> a << b;
                    case ">>" -> a >>> b;
                    default -> throw at.expected("an operator");
                });
    }

    private static Value dynamic(Token at, Value left, Value right) {
        if ((at.is("==") || at.is("!=")) && (wide(left) || wide(right))) {
            return wideComparison(at, left, right);
        }
        ClassicalExpression a = expression(at, left);
        ClassicalExpression b = expression(at, right);
        if (at.is("<<") && left instanceof Value.Bits bits && bits.clbits().size() < 64) {
            // What leaves a register at its end is gone.
            ClassicalExpression mask =
                    new ClassicalExpression.Constant((1L << bits.clbits().size()) - 1);
            return new Value.Dynamic(new ClassicalExpression.Binary(
                    BinaryOperator.AND, new ClassicalExpression.Binary(BinaryOperator.SHIFT_LEFT, a, b), mask));
        }
        return new Value.Dynamic(
                switch (at.text()) {
                    case ">" -> new ClassicalExpression.Binary(BinaryOperator.LESS, b, a);
                    case ">=" -> new ClassicalExpression.Binary(BinaryOperator.LESS_OR_EQUAL, b, a);
                    default -> new ClassicalExpression.Binary(operator(at), a, b);
                });
    }

    private static BinaryOperator operator(Token at) {
        return switch (at.text()) {
            case "+" -> BinaryOperator.ADD;
            case "-" -> BinaryOperator.SUBTRACT;
            case "*" -> BinaryOperator.MULTIPLY;
            case "/" -> BinaryOperator.DIVIDE;
            case "%" -> BinaryOperator.REMAINDER;
            case "&" -> BinaryOperator.AND;
            case "|" -> BinaryOperator.OR;
            case "^" -> BinaryOperator.XOR;
            case "<<" -> BinaryOperator.SHIFT_LEFT;
            case ">>" -> BinaryOperator.SHIFT_RIGHT;
            case "==" -> BinaryOperator.EQUAL;
            case "!=" -> BinaryOperator.NOT_EQUAL;
            case "<" -> BinaryOperator.LESS;
            case "<=" -> BinaryOperator.LESS_OR_EQUAL;
            case "&&" -> BinaryOperator.BOTH;
            case "||" -> BinaryOperator.EITHER;
            default ->
                throw at.problem(
                        CircuitProblem.UNSUPPORTED,
                        "The operator " + at.shown() + " cannot be applied to what is measured.");
        };
    }

    private static boolean wide(Value value) {
        return value instanceof Value.Bits bits && bits.clbits().size() > 63;
    }

    /// A register wider than a number is compared with a number piece by piece.
    private static Value wideComparison(Token at, Value left, Value right) {
        Value bits = left instanceof Value.Bits ? left : right;
        Value other = left instanceof Value.Bits ? right : left;
        BigInteger number = other instanceof Value.Large large ? large.value() : BigInteger.valueOf(whole(at, other));
        List<Integer> clbits = ((Value.Bits) bits).clbits();
        List<ClassicalExpression> pieces = new ArrayList<>();
        for (int from = 0; from < clbits.size(); from += 63) {
            List<Integer> piece = clbits.subList(from, Math.min(from + 63, clbits.size()));
            long expected = number.shiftRight(from).longValue() & (1L << piece.size()) - 1;
            pieces.add(ClassicalExpression.equal(piece, expected));
        }
        if (number.signum() < 0 || number.bitLength() > clbits.size()) {
            return new Value.Truth(at.is("!="));
        }
        ClassicalExpression all = pieces.getFirst();
        for (ClassicalExpression piece : pieces.subList(1, pieces.size())) {
            all = new ClassicalExpression.Binary(BinaryOperator.BOTH, all, piece);
        }
        return new Value.Dynamic(at.is("==") ? all : new ClassicalExpression.Unary(UnaryOperator.NOT, all));
    }

    static Value function(Token at, List<Value> arguments) {
        if (at.is("real") || at.is("imag") || arguments.stream().anyMatch(Value.Complex.class::isInstance)) {
            if (arguments.isEmpty()) {
                throw at.problem(CircuitProblem.WRONG_PARAMETERS, "The function " + at.shown() + " takes 1 argument.");
            }
            return ComplexArithmetic.function(at, arguments);
        }
        boolean two = at.is("pow") || at.is("mod") || at.is("rotl") || at.is("rotr");
        if (arguments.size() != (two ? 2 : 1)) {
            throw at.problem(
                    CircuitProblem.WRONG_PARAMETERS,
                    "The function " + at.shown() + " takes " + (two ? "2 arguments" : "1 argument") + ", but "
                            + arguments.size() + " were given.");
        }
        if (!known(arguments.get(0)) || at.is("rotl") || at.is("rotr")) {
            return ofBits(at, arguments);
        }
        double x = real(at, arguments.get(0));
        return switch (at.text()) {
            case "sin" -> finite(at, Math.sin(x));
            case "cos" -> finite(at, Math.cos(x));
            case "tan" -> finite(at, Math.tan(x));
            case "exp" -> finite(at, Math.exp(x));
            case "ln", "log" -> finite(at, Math.log(x));
            case "sqrt" -> finite(at, Math.sqrt(x));
            case "arcsin", "asin" -> finite(at, Math.asin(x));
            case "arccos", "acos" -> finite(at, Math.acos(x));
            case "arctan", "atan" -> finite(at, Math.atan(x));
            case "abs" -> finite(at, Math.abs(x));
            case "ceiling", "ceil" -> finite(at, Math.ceil(x));
            case "floor" -> finite(at, Math.floor(x));
            case "popcount" -> new Value.Whole(Long.bitCount(whole(at, arguments.get(0))));
            case "pow" ->
                power(at, arguments.get(0), arguments.get(1), isWhole(arguments.get(0)) && isWhole(arguments.get(1)));
            case "mod" -> modulo(at, arguments.get(0), arguments.get(1));
            default -> throw at.problem(CircuitProblem.UNKNOWN_NAME, "There is no function called " + at.shown() + ".");
        };
    }

    /// Functions of bits that are known only during the run.
    private static Value ofBits(Token at, List<Value> arguments) {
        Value first = arguments.getFirst();
        List<Integer> clbits = switch (first) {
            case Value.Bits bits -> bits.clbits();
            case Value.Dynamic dynamic ->
                dynamic.expression() instanceof ClassicalExpression.Read read ? read.clbits() : List.<Integer>of();
            default -> List.<Integer>of();
        };
        if (at.is("mod")) {
            return dynamic(new Token(Token.Kind.SYMBOL, "%", at.line(), at.column()), first, arguments.get(1));
        }
        if (clbits.isEmpty() || !(at.is("popcount") || at.is("rotl") || at.is("rotr"))) {
            throw known(first)
                    ? at.problem(
                            CircuitProblem.UNSUPPORTED, "The function " + at.shown() + " takes a register of bits.")
                    : dynamic(at);
        }
        if (at.is("popcount")) {
            ClassicalExpression sum = new ClassicalExpression.Constant(0);
            for (int clbit : clbits) {
                sum = new ClassicalExpression.Binary(
                        BinaryOperator.ADD, sum, new ClassicalExpression.Read(List.of(clbit)));
            }
            return new Value.Dynamic(sum);
        }
        List<Integer> turned = new ArrayList<>(clbits);
        long by = whole(at, arguments.get(1)) % clbits.size();
        Collections.rotate(turned, (int) (at.is("rotl") ? by : -by));
        return new Value.Bits(turned);
    }

    private static Value modulo(Token at, Value left, Value right) {
        if (real(at, right) == 0) {
            throw at.problem(CircuitProblem.INVALID_VALUE, "A division by zero has no value.");
        }
        return isWhole(left) && isWhole(right)
                ? new Value.Whole(Math.floorMod(whole(at, left), whole(at, right)))
                : finite(at, real(at, left) - real(at, right) * Math.floor(real(at, left) / real(at, right)));
    }

    private static Value finite(Token at, double value) {
        if (!Double.isFinite(value)) {
            throw at.problem(CircuitProblem.INVALID_VALUE, "The value of this expression is not a finite number.");
        }
        return new Value.Real(value);
    }
}
