package org.quantumhub.engine.qasm;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitProblem;
import org.quantumhub.engine.circuit.ClassicalExpression;
import org.quantumhub.engine.circuit.Instruction;

/// Declares and changes variables.
///
/// As long as a variable does not depend on a measurement it is a plain value here. When it starts to, it moves into
/// scratch bits of the circuit, and what happens to it becomes part of the run.
final class Variables {
    private static final int DEFAULT_WIDTH = 32;
    private static final int MOST_WIDTH = 64;
    private static final Set<String> STORABLE = Set.of("int", "uint", "bool", "bit", "angle");

    private final Emission emission;
    private final Evaluator evaluator;
    private final Map<String, Double> inputs;

    Variables(Emission emission, Evaluator evaluator, Map<String, Double> inputs) {
        this.emission = emission;
        this.evaluator = evaluator;
        this.inputs = inputs;
    }

    void declare(Statement.Declaration declaration, Scope scope) {
        Type type = declaration.type();
        Token name = declaration.name();
        boolean constant = declaration.role() == Statement.Role.CONSTANT;
        boolean register = type.size() != null;
        if (type.dimensions().isEmpty() && type.name().equals("qubit")) {
            scope.declare(name, new Scope.Qubits(emission.newQubits(name, width(type, scope)), register));
            return;
        }
        if (type.dimensions().isEmpty() && type.name().equals("bit") && !constant) {
            if (declaration.role() == Statement.Role.INPUT) {
                throw input(declaration);
            }
            int width = width(type, scope);
            List<Integer> bits = scope.isOfCall() ? emission.newScratch(name, width) : emission.newClbits(name, width);
            scope.declare(name, new Scope.Clbits(bits, register));
            return;
        }
        if (declaration.role() == Statement.Role.OUTPUT) {
            output(declaration, scope);
            return;
        }
        Value value = declaration.role() == Statement.Role.INPUT ? given(declaration) : null;
        if (declaration.initial() != null) {
            value = evaluator.value(declaration.initial(), scope);
        } else if (constant) {
            throw name.problem(CircuitProblem.SYNTAX, "A constant needs a value.");
        } else if (!type.dimensions().isEmpty()) {
            value = zeros(type, 0, scope);
        }
        if (value == null && (type.name().equals("duration") || type.name().equals("stretch"))) {
            // Nothing here takes time, so whatever a scheduler would choose is as good as none.
            value = new Value.Duration(0);
        }
        if (value == null && type.name().equals("angle") && type.size() != null) {
            // Iterative algorithms shift outcomes into an angle that nothing has been put into before.
            value = new Value.Real(0);
        }
        if (value instanceof Value.Items items && declaration.role() != Statement.Role.INPUT) {
            requireLengths(name, type, 0, items, scope);
        }
        if (value != null && !Arithmetic.known(value)) {
            scope.declare(name, store(name, type, value, scope));
            return;
        }
        Value converted = value == null ? null : converted(declaration, value, scope);
        scope.declare(name, new Scope.Variable(type, converted, constant, emission.depth()));
    }

    /// An input is taken as it is given: rounding it to a type's digits would break gradients by it.
    private Value converted(Statement.Declaration declaration, Value value, Scope scope) {
        Type type = declaration.type();
        boolean given = declaration.role() == Statement.Role.INPUT;
        return evaluator.convert(
                declaration.name(),
                given ? new Type(type.at(), type.name(), null, type.dimensions()) : type,
                value,
                scope);
    }

    /// An output lives in bits that the result shows.
    private void output(Statement.Declaration declaration, Scope scope) {
        Type type = declaration.type();
        Token name = declaration.name();
        if (!STORABLE.contains(type.name()) || !type.dimensions().isEmpty()) {
            throw name.problem(
                    CircuitProblem.UNSUPPORTED,
                    "The output " + name.shown() + " cannot be shown: outputs are bits, whole numbers and angles.");
        }
        List<Integer> bits = emission.newClbits(name, storedWidth(type, scope));
        scope.declare(name, new Scope.Stored(type, bits, type.name().equals("int")));
        if (declaration.initial() != null) {
            Expression target = new Expression.Name(name);
            assign(new Statement.Assign(name, target, "", declaration.initial()), scope);
        }
    }

    private int storedWidth(Type type, Scope scope) {
        boolean number = Set.of("int", "uint", "angle").contains(type.name());
        int width = number && type.size() == null ? DEFAULT_WIDTH : width(type, scope);
        if (width > MOST_WIDTH && number) {
            throw type.at().problem(CircuitProblem.UNSUPPORTED, "Variables of at most 64 bits can be computed with.");
        }
        return width;
    }

    /// New scratch bits for a value of a type.
    List<Integer> newStorage(Token at, Type type, Scope scope) {
        if (!STORABLE.contains(type.name()) || !type.dimensions().isEmpty()) {
            throw at.problem(
                    CircuitProblem.UNSUPPORTED,
                    "A result that depends on a measurement can only be bits, a whole number or an angle.");
        }
        return emission.newScratch(at, storedWidth(type, scope));
    }

    private int width(Type type, Scope scope) {
        if (type.size() == null) {
            return 1;
        }
        long width = evaluator.whole(type.size(), scope);
        if (width < 1) {
            throw type.at().problem(CircuitProblem.INVALID_VALUE, "A register has at least one element.");
        }
        return (int) Math.min(width, Integer.MAX_VALUE);
    }

    private Value given(Statement.Declaration declaration) {
        Double value = inputs.get(declaration.name().text());
        if (value == null) {
            throw input(declaration);
        }
        return new Value.Real(value);
    }

    private static CircuitException input(Statement.Declaration declaration) {
        return declaration
                .at()
                .problem(
                        CircuitProblem.UNSUPPORTED,
                        "The program asks for the input " + declaration.name().shown() + ", and no value was given.");
    }

    private Value zeros(Type type, int dimension, Scope scope) {
        if (dimension == type.dimensions().size()) {
            return new Value.Whole(0);
        }
        long length = evaluator.whole(type.dimensions().get(dimension), scope);
        List<Value> items = new ArrayList<>();
        for (long i = 0; i < length; i++) {
            emission.reserve(type.at(), 1);
            items.add(zeros(type, dimension + 1, scope));
        }
        return new Value.Items(items);
    }

    /// The initial value of an array has the lengths that its type says.
    private void requireLengths(Token name, Type type, int dimension, Value value, Scope scope) {
        if (dimension == type.dimensions().size()) {
            if (value instanceof Value.Items) {
                throw name.problem(
                        CircuitProblem.INVALID_VALUE, "The value of " + name.shown() + " is nested too deep.");
            }
            return;
        }
        long length = evaluator.whole(type.dimensions().get(dimension), scope);
        if (!(value instanceof Value.Items items) || items.values().size() != length) {
            throw name.problem(
                    CircuitProblem.INVALID_VALUE,
                    "The array " + name.shown() + " has " + length + " elements in dimension " + dimension
                            + ", its value has not.");
        }
        for (Value item : items.values()) {
            requireLengths(name, type, dimension + 1, item, scope);
        }
    }

    /// Moves the variable that an element belongs to into scratch bits, so that it can be measured into.
    void storeRoot(Expression target, Scope scope) {
        if (root(target) instanceof Expression.Name name
                && scope.find(name.at().text()) instanceof Scope.Variable variable
                && !variable.constant()
                && STORABLE.contains(variable.type().name())
                && variable.type().dimensions().isEmpty()) {
            Value value = variable.value() == null ? new Value.Whole(0) : variable.value();
            scope.replace(name.at().text(), store(name.at(), variable.type(), value, scope));
        }
    }

    /// New scratch bits that hold a value.
    private Scope.Stored store(Token name, Type type, Value value, Scope scope) {
        if (!STORABLE.contains(type.name()) || !type.dimensions().isEmpty()) {
            throw name.problem(
                    CircuitProblem.UNSUPPORTED,
                    "The variable " + name.shown()
                            + " would depend on a measurement; only whole numbers and bits can.");
        }
        int width = storedWidth(type, scope);
        if (width > MOST_WIDTH) {
            throw type.at().problem(CircuitProblem.UNSUPPORTED, "Variables of at most 64 bits can be computed with.");
        }
        List<Integer> bits = emission.newScratch(name, width);
        emission.reserve(name, 1);
        emission.add(new Instruction.Assign(bits, Arithmetic.expression(name, asStored(type, width, value, name))));
        return new Scope.Stored(type, bits, type.name().equals("int"));
    }

    /// A `bool` is 1 for everything that is not 0, an `angle` a fraction of a turn.
    static Value asStored(Type type, int width, Value value, Token at) {
        if (type.name().equals("angle") && Arithmetic.known(value)) {
            return new Value.Whole(TurningAngles.stored(Arithmetic.real(at, value), width));
        }
        return asTruth(type, value, at);
    }

    /// A `bool` is 1 for everything that is not 0.
    private static Value asTruth(Type type, Value value, Token at) {
        if (!type.name().equals("bool") || Arithmetic.known(value)) {
            return value;
        }
        return new Value.Dynamic(new ClassicalExpression.Binary(
                ClassicalExpression.BinaryOperator.NOT_EQUAL,
                Arithmetic.expression(at, value),
                new ClassicalExpression.Constant(0)));
    }

    /// Moves every variable that the statements change into scratch bits, because they may or may not be carried out.
    void prepare(List<Statement> statements, Scope scope) {
        Set<String> names = new HashSet<>();
        collect(statements, names);
        for (String name : names.stream().sorted().toList()) {
            if (scope.find(name) instanceof Scope.Variable variable
                    && !variable.constant()
                    && variable.depth() == emission.depth()
                    && STORABLE.contains(variable.type().name())
                    && variable.type().dimensions().isEmpty()) {
                Value value = variable.value() == null ? new Value.Whole(0) : variable.value();
                Token at = new Token(
                        Token.Kind.NAME,
                        name,
                        statements.getFirst().at().line(),
                        statements.getFirst().at().column());
                scope.replace(name, store(at, variable.type(), value, scope));
            }
        }
    }

    private static void collect(List<Statement> statements, Set<String> names) {
        for (Statement statement : statements) {
            switch (statement) {
                case Statement.Assign assign -> {
                    if (root(assign.target()) instanceof Expression.Name name) {
                        names.add(name.at().text());
                    }
                }
                case Statement.Measure measure -> {
                    if (measure.target() != null && root(measure.target()) instanceof Expression.Name name) {
                        names.add(name.at().text());
                    }
                }
                case Statement.If conditional -> {
                    collect(conditional.then(), names);
                    collect(conditional.otherwise(), names);
                }
                case Statement.While loop -> collect(loop.body(), names);
                case Statement.For loop -> collect(loop.body(), names);
                case Statement.Block block -> collect(block.body(), names);
                case Statement.Switch choice -> choice.cases().forEach(one -> collect(one.body(), names));
                default -> {}
            }
        }
    }

    private static Expression root(Expression expression) {
        return expression instanceof Expression.Index index ? root(index.base()) : expression;
    }

    void assign(Statement.Assign assign, Scope scope) {
        Expression root = root(assign.target());
        Value value = evaluator.value(assign.value(), scope);
        if (!assign.operator().isEmpty()) {
            Token operator = new Token(
                    Token.Kind.SYMBOL,
                    assign.operator(),
                    assign.at().line(),
                    assign.at().column());
            value = Arithmetic.binary(operator, evaluator.value(assign.target(), scope), value);
        }
        if (!Arithmetic.known(value) && assign.target() instanceof Expression.Index) {
            storeRoot(assign.target(), scope);
        }
        if (root instanceof Expression.Name name && scope.find(name.at().text()) instanceof Scope.Variable variable) {
            change(assign, name.at(), variable, value, scope);
            return;
        }
        List<Integer> clbits = evaluator.clbits(assign.target(), scope);
        Token at = assign.value().at();
        if (root instanceof Expression.Name name && scope.find(name.at().text()) instanceof Scope.Stored stored) {
            boolean whole = assign.target() instanceof Expression.Name;
            value = whole ? asStored(stored.type(), clbits.size(), value, at) : asTruth(stored.type(), value, at);
        }
        emission.reserve(assign.at(), 1);
        emission.add(new Instruction.Assign(clbits, Arithmetic.expression(at, value)));
    }

    private void change(Statement.Assign assign, Token name, Scope.Variable variable, Value value, Scope scope) {
        if (variable.constant()) {
            throw name.problem(CircuitProblem.INVALID_VALUE, "The constant " + name.shown() + " cannot be changed.");
        }
        if (!Arithmetic.known(value) && assign.target() instanceof Expression.Name) {
            scope.replace(name.text(), store(name, variable.type(), value, scope));
            return;
        }
        if (!Arithmetic.known(value) || variable.depth() != emission.depth()) {
            throw name.problem(
                    CircuitProblem.UNSUPPORTED,
                    "The variable " + name.shown()
                            + " would depend on a measurement; only whole numbers and bits can.");
        }
        if (assign.target() instanceof Expression.Index index && Conversions.hasBits(variable.type())) {
            scope.replace(name.text(), withBits(name, variable, index, value, scope));
            return;
        }
        Value changed = evaluator.convert(name, variable.type(), value, scope);
        if (assign.target() instanceof Expression.Index index) {
            changed = replaced(index, variable.value(), changed, scope);
        }
        scope.replace(name.text(), new Scope.Variable(variable.type(), changed, false, variable.depth()));
    }

    /// A number with some of its bits changed.
    private Scope.Variable withBits(
            Token name, Scope.Variable variable, Expression.Index index, Value value, Scope scope) {
        Type type = variable.type();
        int width = type.size() == null ? DEFAULT_WIDTH : evaluator.bits(type, scope);
        Value old = variable.value() == null ? new Value.Whole(0) : variable.value();
        boolean angle = type.name().equals("angle");
        long digits = angle ? TurningAngles.stored(Arithmetic.real(name, old), width) : Arithmetic.whole(name, old);
        int[] places = evaluator.places(index.selections().getFirst(), Math.min(width, MOST_WIDTH), scope);
        digits = Conversions.changed(digits, places, Arithmetic.whole(name, value));
        Value changed = angle
                ? Conversions.angleOf(digits, width)
                : evaluator.convert(name, type, new Value.Whole(digits), scope);
        return new Scope.Variable(type, changed, false, variable.depth());
    }

    /// An array with one element changed.
    private Value replaced(Expression.Index index, @Nullable Value array, Value element, Scope scope) {
        List<Expression> selections = new ArrayList<>();
        for (Expression at = index; at instanceof Expression.Index inner; at = inner.base()) {
            selections.addAll(0, inner.selections());
        }
        return replaced(index.at(), selections, 0, array, element, scope);
    }

    private Value replaced(
            Token at, List<Expression> selections, int depth, @Nullable Value array, Value element, Scope scope) {
        if (depth == selections.size()) {
            return element;
        }
        if (!(array instanceof Value.Items items)) {
            throw at.problem(CircuitProblem.INVALID_VALUE, "Only an array has elements that can be changed.");
        }
        Expression selection = selections.get(depth);
        int[] places = evaluator.places(selection, items.values().size(), scope);
        boolean several = selection instanceof Expression.Range || selection instanceof Expression.Elements;
        List<Value> values = new ArrayList<>(items.values());
        if (several && !(element instanceof Value.Items given && given.values().size() == places.length)) {
            throw at.problem(CircuitProblem.INVALID_VALUE, places.length + " elements were expected for this slice.");
        }
        for (int i = 0; i < places.length; i++) {
            emission.tick(at);
            Value one = several && element instanceof Value.Items given
                    ? given.values().get(i)
                    : element;
            values.set(places[i], replaced(at, selections, depth + 1, values.get(places[i]), one, scope));
        }
        return new Value.Items(values);
    }
}
