package org.quantumhub.engine.qasm;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.quantumhub.engine.circuit.CircuitProblem;
import org.quantumhub.engine.circuit.ClassicalExpression;

/// Subroutines of the program (`def`): a call carries out the body in a scope of its own.
final class Subroutines {
    /// Carries out statements, as the elaborator does.
    interface Body {
        void run(List<Statement> statements, Scope scope);

        /// What statements may leave.
        Exits exits();

        /// Gives a variable, or an element of one, another value.
        void assign(Expression target, Value value, Scope scope);
    }

    private final Emission emission;
    private final Scope global;
    private final Body body;
    private final Map<String, Statement.Subroutine> known = new HashMap<>();
    private int calls;

    Subroutines(Emission emission, Scope global, Body body) {
        this.emission = emission;
        this.global = global;
        this.body = body;
    }

    void define(Statement.Subroutine subroutine) {
        if (known.putIfAbsent(subroutine.name().text(), subroutine) != null) {
            Token name = subroutine.name();
            throw name.problem(CircuitProblem.INVALID_VALUE, "The subroutine " + name.shown() + " is defined twice.");
        }
    }

    /// The value of a call, or null when there is no such subroutine.
    @Nullable
    Value call(Expression.Call call, Scope scope, Evaluator evaluator) {
        Statement.Subroutine subroutine = known.get(call.at().text());
        if (subroutine == null) {
            return null;
        }
        List<Statement.Parameter> parameters = subroutine.parameters();
        if (parameters.size() != call.arguments().size()) {
            throw call.at()
                    .problem(
                            CircuitProblem.WRONG_PARAMETERS,
                            "The subroutine " + call.at().shown() + " takes " + parameters.size() + " arguments, but "
                                    + call.arguments().size() + " were given.");
        }
        if (calls >= emission.limits.maxNesting()) {
            throw call.at()
                    .problem(
                            CircuitProblem.LIMIT_EXCEEDED,
                            "Subroutines may call each other at most " + emission.limits.maxNesting() + " deep.");
        }
        Scope inner = Scope.ofCall(global);
        for (int i = 0; i < parameters.size(); i++) {
            inner.declare(
                    parameters.get(i).name(),
                    argument(parameters.get(i), call.arguments().get(i), scope, evaluator));
        }
        calls++;
        Type result = subroutine.result();
        Exits.Frame frame = body.exits().enter(Exits.Kind.CALL, call.at(), result, subroutine.body());
        try {
            body.run(subroutine.body(), new Scope(inner));
        } catch (Jump jump) {
            if (!jump.is("return")) {
                throw jump.is("end") ? jump : Exits.nothingToLeave(jump.at);
            }
            return result == null ? jump.value : evaluator.convert(jump.at, result, jump.value, global);
        } finally {
            calls--;
            body.exits().leave();
            handBack(call, parameters, inner, scope);
        }
        return frame.result().isEmpty() || result == null ? new Value.Nothing() : returned(result, frame.result());
    }

    /// What a call gives back when the run decides where it ends.
    private static Value returned(Type type, List<Integer> bits) {
        return switch (type.name()) {
            case "bit" -> new Value.Bits(bits);
            case "angle" -> TurningAngles.of(bits);
            default ->
                new Value.Dynamic(new ClassicalExpression.Read(bits, type.name().equals("int")));
        };
    }

    /// Arrays that a subroutine may change change for the caller too.
    private void handBack(Expression.Call call, List<Statement.Parameter> parameters, Scope inner, Scope scope) {
        for (int i = 0; i < parameters.size(); i++) {
            if (parameters.get(i).changes()
                    && inner.find(parameters.get(i).name().text()) instanceof Scope.Variable variable
                    && variable.value() != null) {
                body.assign(call.arguments().get(i), variable.value(), scope);
            }
        }
    }

    boolean knows(String name) {
        return known.containsKey(name);
    }

    private Scope.Symbol argument(
            Statement.Parameter parameter, Expression argument, Scope scope, Evaluator evaluator) {
        Type type = parameter.type();
        if (!type.dimensions().isEmpty() || !Evaluator.isWire(type)) {
            Value value = evaluator.value(argument, scope);
            if (!Arithmetic.known(value)) {
                throw argument.at()
                        .problem(
                                CircuitProblem.UNSUPPORTED,
                                "A number that depends on a measurement cannot be handed to a subroutine.");
            }
            return new Scope.Variable(
                    type, evaluator.convert(argument.at(), type, value, scope), parameter.fixed(), emission.depth());
        }
        boolean register = type.size() != null;
        List<Integer> wires = type.name().equals("qubit")
                ? evaluator.qubits(argument, scope).indices()
                : evaluator.clbits(argument, scope);
        long wanted = type.size() == null ? 1 : evaluator.whole(type.size(), scope);
        if (wires.size() != wanted) {
            throw argument.at()
                    .problem(
                            CircuitProblem.WRONG_ARITY,
                            "The parameter " + parameter.name().shown() + " takes " + wanted + " " + type.name()
                                    + "s, but " + wires.size() + " were given.");
        }
        return type.name().equals("qubit") ? new Scope.Qubits(wires, register) : new Scope.Clbits(wires, register);
    }
}
