package org.quantumhub.engine.qasm;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitProblem;
import org.quantumhub.engine.circuit.ClassicalExpression;

/// Works expressions out in a scope: numbers, and the qubits and bits that an operand names.
final class Evaluator {
    private static final Set<String> WIRES = Set.of("qubit", "bit");

    /// Calls subroutines of the program.
    @FunctionalInterface
    interface Calls {
        /// The value of a call, or null when the program has no such subroutine.
        @Nullable
        Value call(Expression.Call call, Scope scope);
    }

    private final Emission emission;
    private final Calls calls;

    Evaluator(Emission emission, Calls calls) {
        this.emission = emission;
        this.calls = calls;
    }

    Value value(Expression expression, Scope scope) {
        emission.tick(expression.at());
        return switch (expression) {
            case Expression.Literal literal -> literal.value();
            case Expression.Name name -> named(name.at(), scope);
            case Expression.Unary unary -> Arithmetic.unary(unary.at(), value(unary.operand(), scope));
            case Expression.Binary binary ->
                Arithmetic.binary(binary.at(), value(binary.left(), scope), value(binary.right(), scope));
            case Expression.Call call -> call(call, scope);
            case Expression.Cast cast -> cast(cast, scope);
            case Expression.Index index -> element(index, scope);
            case Expression.Joined joined -> new Value.Bits(clbits(joined, scope));
            case Expression.Measured measured ->
                throw measured.at().problem(CircuitProblem.UNSUPPORTED, "A measurement can only be assigned to bits.");
            case Expression.Range range -> throw range.at().expected("a value");
            case Expression.Elements elements -> {
                List<Value> items = new ArrayList<>();
                for (Expression item : elements.items()) {
                    items.add(value(item, scope));
                }
                yield new Value.Items(items);
            }
        };
    }

    private Value cast(Expression.Cast cast, Scope scope) {
        Value digits = cast.type().name().equals("bit") ? digits(cast.operand(), scope) : null;
        return convert(cast.at(), cast.type(), digits == null ? value(cast.operand(), scope) : digits, scope);
    }

    /// The number in the bits of a known variable of type `angle[n]`; null for everything else.
    private @Nullable Value digits(Expression expression, Scope scope) {
        return expression instanceof Expression.Name name
                        && scope.find(name.at().text()) instanceof Scope.Variable variable
                        && variable.type().name().equals("angle")
                        && variable.value() instanceof Value.Real real
                        && bits(variable.type(), scope) > 0
                ? new Value.Whole(TurningAngles.stored(real.value(), bits(variable.type(), scope)))
                : null;
    }

    /// How many bits a type says it has; 0 where it says nothing.
    int bits(Type type, Scope scope) {
        if (type.size() == null || type.name().equals("float") || type.name().equals("complex")) {
            return 0;
        }
        long size = whole(type.size(), scope);
        if (size < 1) {
            throw type.at().problem(CircuitProblem.INVALID_VALUE, "A type has at least one bit.");
        }
        return (int) Math.min(size, Integer.MAX_VALUE);
    }

    private Value call(Expression.Call call, Scope scope) {
        Value result = calls.call(call, scope);
        if (result != null) {
            return result;
        }
        if (call.at().is("sizeof") && !call.arguments().isEmpty()) {
            return new Value.Whole(size(call, scope));
        }
        List<Value> arguments = new ArrayList<>();
        for (Expression argument : call.arguments()) {
            arguments.add(value(argument, scope));
        }
        return Arithmetic.function(call.at(), arguments);
    }

    private long size(Expression.Call call, Scope scope) {
        Token at = call.at();
        Expression expression = call.arguments().getFirst();
        long dimension = call.arguments().size() > 1 ? whole(call.arguments().get(1), scope) : 0;
        if (dimension > 0) {
            Value value = value(expression, scope);
            for (long i = 0;
                    i < dimension
                            && value instanceof Value.Items items
                            && !items.values().isEmpty();
                    i++) {
                value = items.values().getFirst();
            }
            if (!(value instanceof Value.Items items)) {
                throw at.problem(CircuitProblem.INVALID_VALUE, "The array has no dimension " + dimension + ".");
            }
            return items.values().size();
        }
        if (expression instanceof Expression.Name name && scope.find(name.at().text()) instanceof Scope.Qubits qubits) {
            return qubits.indices().size();
        }
        return switch (value(expression, scope)) {
            case Value.Items items -> items.values().size();
            case Value.Bits bits -> bits.clbits().size();
            default -> throw at.problem(CircuitProblem.INVALID_VALUE, "Only registers and arrays have a size.");
        };
    }

    /// An element of an array, a bit of a register, or a bit of a number.
    private Value element(Expression.Index index, Scope scope) {
        if (rootIsBits(index.base(), scope)) {
            return new Value.Bits(clbits(index, scope));
        }
        Value digits = digits(index.base(), scope);
        return chosen(index, 0, digits == null ? value(index.base(), scope) : digits, scope);
    }

    /// How many bits of a number can be chosen: those of its type, or those of a `long` without the sign.
    private int width(Expression number, Scope scope) {
        int declared = number instanceof Expression.Name name
                        && scope.find(name.at().text()) instanceof Scope.Variable variable
                ? bits(variable.type(), scope)
                : 0;
        return declared > 0 && declared <= 64 ? declared : 63;
    }

    private Value chosen(Expression.Index index, int from, Value value, Scope scope) {
        if (from == index.selections().size()) {
            return value;
        }
        Expression selection = index.selections().get(from);
        if (value instanceof Value.Items items) {
            int[] places = places(selection, items.values().size(), scope);
            if (!(selection instanceof Expression.Range || selection instanceof Expression.Elements)) {
                return chosen(index, from + 1, items.values().get(places[0]), scope);
            }
            List<Value> some = new ArrayList<>();
            for (int place : places) {
                emission.tick(index.at());
                some.add(chosen(index, from + 1, items.values().get(place), scope));
            }
            return new Value.Items(some);
        }
        int[] bits = places(selection, width(index.base(), scope), scope);
        return chosen(index, from + 1, Conversions.bits(Arithmetic.whole(index.at(), value), bits), scope);
    }

    /// The places that one index, a range or a set of them choose among so many.
    int[] places(Expression selection, int size, Scope scope) {
        List<Integer> all = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            all.add(i);
        }
        List<Integer> places = new ArrayList<>();
        switch (selection) {
            case Expression.Range range -> {
                for (long i : numbers(range, size, scope)) {
                    places.add(at(range.at(), all, i));
                }
            }
            case Expression.Elements elements -> {
                for (Expression item : elements.items()) {
                    places.add(at(item.at(), all, whole(item, scope)));
                }
            }
            default -> places.add(at(selection.at(), all, whole(selection, scope)));
        }
        return places.stream().mapToInt(Integer::intValue).toArray();
    }

    private static boolean rootIsBits(Expression expression, Scope scope) {
        return switch (expression) {
            case Expression.Name name -> {
                Scope.Symbol symbol = scope.find(name.at().text());
                yield symbol instanceof Scope.Clbits || symbol instanceof Scope.Stored;
            }
            case Expression.Index index -> rootIsBits(index.base(), scope);
            case Expression.Joined ignored -> true;
            default -> false;
        };
    }

    private static Value named(Token name, Scope scope) {
        Scope.Symbol symbol = scope.find(name.text());
        return switch (symbol) {
            case Scope.Variable variable -> {
                if (variable.value() == null) {
                    throw name.problem(
                            CircuitProblem.INVALID_VALUE, "The variable " + name.shown() + " has no value yet.");
                }
                yield variable.value();
            }
            case Scope.Clbits bits -> new Value.Bits(bits.indices());
            case Scope.Stored stored ->
                stored.type().name().equals("angle")
                        ? TurningAngles.of(stored.clbits())
                        : new Value.Dynamic(new ClassicalExpression.Read(stored.clbits(), stored.signed()));
            case Scope.Qubits ignored ->
                throw name.problem(
                        CircuitProblem.INVALID_VALUE, "A number was expected, but " + name.shown() + " is a qubit.");
            case null -> constant(name);
        };
    }

    private static Value constant(Token name) {
        return switch (name.text()) {
            case "pi", "π" -> new Value.Real(Math.PI);
            case "tau", "τ" -> new Value.Real(2 * Math.PI);
            case "euler", "ℇ" -> new Value.Real(Math.E);
            default -> throw name.problem(CircuitProblem.UNKNOWN_NAME, "Nothing is called " + name.shown() + ".");
        };
    }

    /// Brings a value into a type: `int` cuts off a fraction and what does not fit, `bool` asks for not being zero.
    Value convert(Token at, Type type, Value value, Scope scope) {
        return Arithmetic.known(value) ? Conversions.of(at, type, value, bits(type, scope)) : value;
    }

    double real(Expression expression, Scope scope) {
        return Arithmetic.real(expression.at(), value(expression, scope));
    }

    long whole(Expression expression, Scope scope) {
        return Arithmetic.whole(expression.at(), value(expression, scope));
    }

    /// The qubits an operand names.
    Scope.Qubits qubits(Expression expression, Scope scope) {
        return switch (expression) {
            case Expression.Name name -> {
                if (name.at().text().startsWith("$")) {
                    yield hardware(name.at());
                }
                if (scope.find(name.at().text()) instanceof Scope.Qubits qubits) {
                    yield qubits;
                }
                throw unknown(name.at(), scope, "qubit");
            }
            case Expression.Index index -> {
                List<Integer> base = qubits(index.base(), scope).indices();
                yield new Scope.Qubits(select(index, base, scope), !single(index));
            }
            case Expression.Joined joined -> {
                List<Integer> all = new ArrayList<>(qubits(joined.left(), scope).indices());
                all.addAll(qubits(joined.right(), scope).indices());
                yield new Scope.Qubits(all, true);
            }
            default -> throw expression.at().expected("a qubit");
        };
    }

    /// `$3` is qubit 3; such qubits exist as soon as they are named.
    private Scope.Qubits hardware(Token at) {
        int number;
        try {
            number = Integer.parseInt(at.text().substring(1));
        } catch (NumberFormatException e) {
            number = Integer.MAX_VALUE - 1;
        }
        if (number >= emission.qubitCount()) {
            emission.newQubits(at, (long) number + 1 - emission.qubitCount());
        }
        return new Scope.Qubits(List.of(number), false);
    }

    /// The classical bits an operand names.
    List<Integer> clbits(Expression expression, Scope scope) {
        return switch (expression) {
            case Expression.Name name -> {
                if (scope.find(name.at().text()) instanceof Scope.Clbits bits) {
                    yield bits.indices();
                }
                if (scope.find(name.at().text()) instanceof Scope.Stored stored) {
                    yield stored.clbits();
                }
                throw unknown(name.at(), scope, "bit");
            }
            case Expression.Index index -> select(index, clbits(index.base(), scope), scope);
            case Expression.Joined joined -> {
                List<Integer> all = new ArrayList<>(clbits(joined.left(), scope));
                all.addAll(clbits(joined.right(), scope));
                yield all;
            }
            default -> throw expression.at().expected("a classical bit");
        };
    }

    private static CircuitException unknown(Token name, Scope scope, String wanted) {
        return scope.find(name.text()) == null
                ? name.problem(CircuitProblem.UNKNOWN_NAME, "No " + wanted + " is called " + name.shown() + ".")
                : name.problem(
                        CircuitProblem.INVALID_VALUE,
                        "A " + wanted + " was expected, but " + name.shown() + " is none.");
    }

    private static boolean single(Expression.Index index) {
        Expression only = index.selections().getFirst();
        return !(only instanceof Expression.Range || only instanceof Expression.Elements);
    }

    private List<Integer> select(Expression.Index index, List<Integer> base, Scope scope) {
        if (index.selections().size() > 1) {
            throw index.at().problem(CircuitProblem.UNSUPPORTED, "A register has one index only.");
        }
        Expression selection = index.selections().getFirst();
        List<Integer> result = new ArrayList<>();
        for (int place : places(selection, base.size(), scope)) {
            result.add(base.get(place));
        }
        return result;
    }

    private static int at(Token at, List<Integer> base, long index) {
        // Counting from the end with negative numbers is OpenQASM 3; nobody means anything else by them.
        long place = index < 0 ? index + base.size() : index;
        if (place < 0 || place >= base.size()) {
            throw outside(at, index, base.size());
        }
        return base.get((int) place);
    }

    private static CircuitException outside(Token at, long index, int size) {
        return at.problem(
                CircuitProblem.INDEX_OUT_OF_RANGE,
                "The index " + index + " lies outside the register, which has " + size + " elements.");
    }

    /// The numbers of a range; both ends belong to it. A register of `size` elements fills in what was left out.
    long[] numbers(Expression.Range range, int size, Scope scope) {
        long step = range.step() == null ? 1 : whole(range.step(), scope);
        if (step == 0) {
            throw range.at().problem(CircuitProblem.INVALID_VALUE, "The step of a range must not be 0.");
        }
        long start = end(range, range.start(), step > 0 ? 0 : size - 1, size, scope);
        long stop = end(range, range.stop(), step > 0 ? size - 1 : 0, size, scope);
        if (step > 0 ? start > stop : start < stop) {
            return new long[0];
        }
        double count = Math.floor(((double) stop - start) / step) + 1;
        if (count > emission.limits.maxOperations()) {
            throw range.at()
                    .problem(
                            CircuitProblem.LIMIT_EXCEEDED,
                            "A range has more than " + emission.limits.maxOperations() + " numbers.");
        }
        long[] numbers = new long[(int) count];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = start + i * step;
        }
        return numbers;
    }

    private long end(Expression.Range range, @Nullable Expression given, long otherwise, int size, Scope scope) {
        if (given == null) {
            if (size < 0) {
                throw range.at().problem(CircuitProblem.SYNTAX, "This range needs a start and a stop.");
            }
            return otherwise;
        }
        long value = whole(given, scope);
        return size >= 0 && value < 0 ? value + size : value;
    }

    /// Whether a type is one of wires and not of numbers.
    static boolean isWire(Type type) {
        return WIRES.contains(type.name());
    }
}
