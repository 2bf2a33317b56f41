package org.quantumhub.engine.qasm;

import java.util.ArrayList;
import java.util.List;
import org.quantumhub.engine.circuit.ClassicalExpression;
import org.quantumhub.engine.circuit.Instruction;

/// Loops of a program: followed turn by turn as long as everything about them is known, loops of the circuit from there
/// on.
final class Loops {
    private final Emission emission;
    private final Evaluator evaluator;
    private final Variables variables;
    private final Exits exits;
    private final Elaborator program;

    Loops(Emission emission, Evaluator evaluator, Variables variables, Exits exits, Elaborator program) {
        this.emission = emission;
        this.evaluator = evaluator;
        this.variables = variables;
        this.exits = exits;
        this.program = program;
    }

    /// Follows a body of a loop; whether the loop goes on afterwards.
    private boolean turn(Token at, List<Statement> statements, Scope scope, Exits.Frame loop) {
        exits.startTurn(loop, at);
        Integer left = loop.left();
        if (left != null && !statements.isEmpty()) {
            program.under(ClassicalExpression.equal(List.of(left), 0), statements, scope);
            return true;
        }
        try {
            program.all(statements, new Scope(scope));
            return true;
        } catch (Jump jump) {
            if (!jump.is("break") && !jump.is("continue")) {
                throw jump;
            }
            return jump.is("continue");
        }
    }

    void loop(Statement.While loop, Scope scope) {
        Exits.Frame frame = exits.enter(Exits.Kind.LOOP, loop.at(), null, loop.body());
        try {
            while (true) {
                emission.tick(loop.at());
                Value condition = evaluator.value(loop.condition(), scope);
                if (!Arithmetic.known(condition) || frame.left() != null) {
                    running(loop, frame, scope);
                    return;
                }
                if (Arithmetic.real(loop.condition().at(), condition) == 0
                        || !turn(loop.at(), loop.body(), scope, frame)) {
                    return;
                }
            }
        } finally {
            exits.leave();
        }
    }

    /// A loop whose end only the run decides.
    private void running(Statement.While loop, Exits.Frame frame, Scope scope) {
        Token at = loop.condition().at();
        variables.prepare(loop.body(), scope);
        exits.prepare(frame, loop.at(), loop.body());
        ClassicalExpression expression = Arithmetic.expression(at, evaluator.value(loop.condition(), scope));
        Integer left = frame.left();
        if (left != null) {
            expression = new ClassicalExpression.Binary(
                    ClassicalExpression.BinaryOperator.BOTH, ClassicalExpression.equal(List.of(left), 0), expression);
        }
        emission.reserve(loop.at(), 1);
        List<Instruction> body = program.collected(() -> {
            exits.startTurn(frame, loop.at());
            program.all(loop.body(), new Scope(scope));
        });
        emission.add(new Instruction.Loop(expression, body));
    }

    void counting(Statement.For loop, Scope scope) {
        Type type = new Type(loop.variable(), "int", null, List.of());
        Exits.Frame frame = exits.enter(Exits.Kind.LOOP, loop.at(), null, loop.body());
        try {
            for (Value value : values(loop.over(), scope)) {
                emission.tick(loop.at());
                Scope inner = new Scope(scope);
                inner.declare(
                        loop.variable(),
                        value instanceof Value.Bits bits
                                ? new Scope.Clbits(bits.clbits(), false)
                                : new Scope.Variable(type, value, false, emission.depth()));
                if (!turn(loop.at(), loop.body(), inner, frame)) {
                    return;
                }
            }
        } finally {
            exits.leave();
        }
    }

    private List<Value> values(Expression over, Scope scope) {
        List<Value> values = new ArrayList<>();
        if (over instanceof Expression.Range range) {
            for (long number : evaluator.numbers(range, -1, scope)) {
                values.add(new Value.Whole(number));
            }
            return values;
        }
        switch (evaluator.value(over, scope)) {
            case Value.Items items -> values.addAll(items.values());
            case Value.Bits bits -> bits.clbits().forEach(clbit -> values.add(new Value.Bits(List.of(clbit))));
            default -> throw over.at().expected("a range, a set, an array or a register of bits");
        }
        return values;
    }
}
