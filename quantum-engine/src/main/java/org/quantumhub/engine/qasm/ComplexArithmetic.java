package org.quantumhub.engine.qasm;

import java.util.List;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitProblem;

/// Operators and functions on complex numbers.
final class ComplexArithmetic {
    private ComplexArithmetic() {}

    static Value.Complex of(Token at, Value value) {
        return value instanceof Value.Complex complex ? complex : new Value.Complex(Arithmetic.real(at, value), 0);
    }

    static Value unary(Token at, Value.Complex value) {
        return switch (at.text()) {
            case "-" -> new Value.Complex(-value.re(), -value.im());
            case "+" -> value;
            default -> throw refused(at);
        };
    }

    static Value binary(Token at, Value left, Value right) {
        Value.Complex a = of(at, left);
        Value.Complex b = of(at, right);
        return switch (at.text()) {
            case "+" -> finite(at, a.re() + b.re(), a.im() + b.im());
            case "-" -> finite(at, a.re() - b.re(), a.im() - b.im());
            case "*" -> times(at, a, b);
            case "/" -> {
                double size = b.re() * b.re() + b.im() * b.im();
                if (size == 0) {
                    throw at.problem(CircuitProblem.INVALID_VALUE, "A division by zero has no value.");
                }
                yield times(at, a, new Value.Complex(b.re() / size, -b.im() / size));
            }
            case "**" -> power(at, a, b);
            case "==" -> new Value.Truth(a.equals(b));
            case "!=" -> new Value.Truth(!a.equals(b));
            default -> throw refused(at);
        };
    }

    private static Value.Complex times(Token at, Value.Complex a, Value.Complex b) {
        return finite(at, a.re() * b.re() - a.im() * b.im(), a.re() * b.im() + a.im() * b.re());
    }

    private static Value.Complex exponential(Token at, Value.Complex a) {
        double size = Math.exp(a.re());
        return finite(at, size * Math.cos(a.im()), size * Math.sin(a.im()));
    }

    private static Value.Complex logarithm(Token at, Value.Complex a) {
        return finite(at, Math.log(Math.hypot(a.re(), a.im())), Math.atan2(a.im(), a.re()));
    }

    private static Value.Complex power(Token at, Value.Complex a, Value.Complex b) {
        if (a.re() == 0 && a.im() == 0) {
            return b.re() == 0 && b.im() == 0 ? new Value.Complex(1, 0) : new Value.Complex(0, 0);
        }
        return exponential(at, times(at, b, logarithm(at, a)));
    }

    /// A function with a complex argument.
    static Value function(Token at, List<Value> arguments) {
        Value.Complex a = of(at, arguments.getFirst());
        int wanted = at.is("pow") ? 2 : 1;
        if (arguments.size() != wanted) {
            throw at.problem(
                    CircuitProblem.WRONG_PARAMETERS,
                    "The function " + at.shown() + " takes " + wanted + " arguments, but " + arguments.size()
                            + " were given.");
        }
        return switch (at.text()) {
            case "real" -> new Value.Real(a.re());
            case "imag" -> new Value.Real(a.im());
            case "abs" -> new Value.Real(Math.hypot(a.re(), a.im()));
            case "exp" -> exponential(at, a);
            case "ln", "log" -> logarithm(at, a);
            case "sqrt" -> power(at, a, new Value.Complex(0.5, 0));
            case "pow" -> power(at, a, of(at, arguments.get(1)));
            case "cos" -> finite(at, Math.cos(a.re()) * Math.cosh(a.im()), -Math.sin(a.re()) * Math.sinh(a.im()));
            case "sin" -> finite(at, Math.sin(a.re()) * Math.cosh(a.im()), Math.cos(a.re()) * Math.sinh(a.im()));
            default ->
                throw at.problem(
                        CircuitProblem.UNSUPPORTED, "The function " + at.shown() + " takes no complex number.");
        };
    }

    private static Value.Complex finite(Token at, double re, double im) {
        if (!Double.isFinite(re) || !Double.isFinite(im)) {
            throw at.problem(CircuitProblem.INVALID_VALUE, "The value of this expression is not a finite number.");
        }
        return new Value.Complex(re, im);
    }

    private static CircuitException refused(Token at) {
        return at.problem(
                CircuitProblem.UNSUPPORTED, "The operator " + at.shown() + " cannot be applied to complex numbers.");
    }
}
