package org.quantumhub.engine.qasm;

import java.util.ArrayList;
import java.util.List;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitLimits;
import org.quantumhub.engine.circuit.CircuitProblem;
import org.quantumhub.engine.circuit.ClassicalExpression;
import org.quantumhub.engine.circuit.Instruction;

/// Runs the statements of a program and collects the circuit they come to.
final class Elaborator {
    private final Emission emission;
    private final Evaluator evaluator;
    private final Scope global = new Scope(null);
    private final GateCalls gates;

    Elaborator(CircuitLimits limits, long deadline) {
        this.emission = new Emission(limits, deadline);
        this.evaluator = new Evaluator(emission);
        this.gates = new GateCalls(emission, evaluator, global);
    }

    Circuit run(List<Statement> program) {
        all(program, global);
        return emission.circuit();
    }

    private void all(List<Statement> statements, Scope scope) {
        for (Statement statement : statements) {
            one(statement, scope);
        }
    }

    private void one(Statement statement, Scope scope) {
        emission.tick(statement.at());
        switch (statement) {
            case Statement.Declaration declaration -> declare(declaration, scope);
            case Statement.GateDefinition definition -> gates.define(definition);
            case Statement.GateCall call -> gates.call(call, scope);
            case Statement.Measure measure -> measure(measure, scope);
            case Statement.Reset reset -> {
                List<Integer> qubits = evaluator.qubits(reset.operand(), scope).indices();
                emission.reserve(reset.at(), qubits.size());
                qubits.forEach(qubit -> emission.add(new Instruction.Reset(qubit)));
            }
            case Statement.Barrier barrier -> barrier(barrier, scope);
            case Statement.Delay delay -> {
                evaluator.value(delay.duration(), scope);
                delay.operands().forEach(operand -> evaluator.qubits(operand, scope));
            }
            case Statement.If conditional -> conditional(conditional, scope);
            case Statement.For loop -> loop(loop, scope);
            case Statement.Assign assign -> assign(assign, scope);
            case Statement.Alias alias -> alias(alias, scope);
            case Statement.Block block -> all(block.body(), new Scope(scope));
            case Statement.Evaluate evaluate -> {
                if (evaluate.expression() instanceof Expression.Measured measured) {
                    measure(new Statement.Measure(measured.at(), measured.source(), null), scope);
                } else {
                    evaluator.value(evaluate.expression(), scope);
                }
            }
            case Statement.While loop -> throw unsupported(loop.at(), "A while loop");
            case Statement.Pragma pragma -> throw unsupported(pragma.at(), "This pragma");
            case Statement.Jump jump -> throw unsupported(jump.at(), jump.at().shown());
        }
    }

    private static CircuitException unsupported(Token at, String what) {
        return at.problem(CircuitProblem.UNSUPPORTED, what + " cannot be taken here.");
    }

    private void declare(Statement.Declaration declaration, Scope scope) {
        Type type = declaration.type();
        Token name = declaration.name();
        if (declaration.role() == Statement.Role.INPUT) {
            throw declaration
                    .at()
                    .problem(
                            CircuitProblem.UNSUPPORTED,
                            "The program asks for the input " + name.shown() + ", and there is nobody to give it.");
        }
        boolean register = type.size() != null;
        long size = type.size() == null ? 1 : evaluator.whole(type.size(), scope);
        if (Evaluator.isWire(type) && register && size < 1) {
            throw type.at().problem(CircuitProblem.INVALID_VALUE, "A register has at least one element.");
        }
        if (type.name().equals("qubit")) {
            scope.declare(name, new Scope.Qubits(emission.newQubits(name, size), register));
            return;
        }
        if (type.name().equals("bit") && declaration.role() != Statement.Role.CONSTANT) {
            scope.declare(name, new Scope.Clbits(emission.newClbits(name, size), register));
            if (declaration.initial() != null) {
                assign(new Statement.Assign(name, new Expression.Name(name), "", declaration.initial()), scope);
            }
            return;
        }
        Value value = null;
        if (declaration.initial() != null) {
            value = evaluator.convert(name, type, evaluator.value(declaration.initial(), scope));
            if (!Arithmetic.known(value)) {
                throw name.problem(
                        CircuitProblem.UNSUPPORTED,
                        "The variable " + name.shown() + " would depend on a measurement; only bits can.");
            }
        } else if (declaration.role() == Statement.Role.CONSTANT) {
            throw name.problem(CircuitProblem.SYNTAX, "A constant needs a value.");
        }
        scope.declare(name, new Scope.Variable(type, value, declaration.role() == Statement.Role.CONSTANT));
    }

    private void measure(Statement.Measure measure, Scope scope) {
        List<Integer> qubits = evaluator.qubits(measure.source(), scope).indices();
        if (measure.target() == null) {
            throw measure.at().problem(CircuitProblem.UNSUPPORTED, "A measurement needs a bit to keep its outcome in.");
        }
        List<Integer> clbits = evaluator.clbits(measure.target(), scope);
        if (qubits.size() != clbits.size()) {
            throw measure.at()
                    .problem(
                            CircuitProblem.WRONG_ARITY,
                            "Measuring " + qubits.size() + " qubits takes as many bits, but " + clbits.size()
                                    + " were given.");
        }
        emission.reserve(measure.at(), qubits.size());
        for (int i = 0; i < qubits.size(); i++) {
            emission.add(new Instruction.Measure(qubits.get(i), clbits.get(i)));
        }
    }

    private void barrier(Statement.Barrier barrier, Scope scope) {
        List<Integer> qubits = new ArrayList<>();
        if (barrier.operands().isEmpty()) {
            for (int qubit = 0; qubit < emission.qubitCount(); qubit++) {
                qubits.add(qubit);
            }
        }
        for (Expression operand : barrier.operands()) {
            qubits.addAll(evaluator.qubits(operand, scope).indices());
        }
        emission.reserve(barrier.at(), 1);
        emission.add(new Instruction.Barrier(qubits));
    }

    private void conditional(Statement.If conditional, Scope scope) {
        Token at = conditional.condition().at();
        Value condition = evaluator.value(conditional.condition(), scope);
        if (Arithmetic.known(condition)) {
            boolean holds = Arithmetic.real(at, condition) != 0;
            all(holds ? conditional.then() : conditional.otherwise(), new Scope(scope));
            return;
        }
        ClassicalExpression expression = Arithmetic.expression(at, condition);
        emission.reserve(conditional.at(), 1);
        List<Instruction> then = body(conditional.then(), scope);
        List<Instruction> otherwise = body(conditional.otherwise(), scope);
        emission.add(new Instruction.Conditional(expression, then, otherwise));
    }

    private List<Instruction> body(List<Statement> statements, Scope scope) {
        emission.open();
        all(statements, new Scope(scope));
        return emission.close();
    }

    private void loop(Statement.For loop, Scope scope) {
        Type type = new Type(loop.variable(), "int", null, List.of());
        List<Value> values = new ArrayList<>();
        switch (loop.over()) {
            case Expression.Range range -> {
                for (long number : evaluator.numbers(range, -1, scope)) {
                    values.add(new Value.Whole(number));
                }
            }
            case Expression.Elements elements -> {
                for (Expression item : elements.items()) {
                    values.add(evaluator.value(item, scope));
                }
            }
            default -> {
                for (int clbit : evaluator.clbits(loop.over(), scope)) {
                    values.add(new Value.Bits(List.of(clbit)));
                }
            }
        }
        for (Value value : values) {
            Scope inner = new Scope(scope);
            inner.declare(loop.variable(), new Scope.Variable(type, value, false));
            all(loop.body(), new Scope(inner));
        }
    }

    private void assign(Statement.Assign assign, Scope scope) {
        if (assign.value() instanceof Expression.Measured measured) {
            measure(new Statement.Measure(measured.at(), measured.source(), assign.target()), scope);
            return;
        }
        if (assign.target() instanceof Expression.Name name
                && scope.find(name.at().text()) instanceof Scope.Variable variable) {
            assignVariable(assign, name.at(), variable, scope);
            return;
        }
        List<Integer> clbits = evaluator.clbits(assign.target(), scope);
        Value value = evaluator.value(assign.value(), scope);
        if (!assign.operator().isEmpty()) {
            value = Arithmetic.binary(operator(assign), new Value.Bits(clbits), value);
        }
        emission.reserve(assign.at(), 1);
        emission.add(new Instruction.Assign(
                clbits, Arithmetic.expression(assign.value().at(), value)));
    }

    private static Token operator(Statement.Assign assign) {
        return new Token(
                Token.Kind.SYMBOL,
                assign.operator(),
                assign.at().line(),
                assign.at().column());
    }

    private void assignVariable(Statement.Assign assign, Token name, Scope.Variable variable, Scope scope) {
        if (variable.constant()) {
            throw name.problem(CircuitProblem.INVALID_VALUE, "The constant " + name.shown() + " cannot be changed.");
        }
        Value value = evaluator.value(assign.value(), scope);
        if (!assign.operator().isEmpty()) {
            value = Arithmetic.binary(operator(assign), evaluator.value(assign.target(), scope), value);
        }
        if (!Arithmetic.known(value) || emission.nested()) {
            throw name.problem(
                    CircuitProblem.UNSUPPORTED,
                    "The variable " + name.shown() + " would depend on a measurement; only bits can.");
        }
        scope.replace(
                name.text(),
                new Scope.Variable(variable.type(), evaluator.convert(name, variable.type(), value), false));
    }

    private void alias(Statement.Alias alias, Scope scope) {
        Expression value = alias.value();
        Expression root = value;
        while (!(root instanceof Expression.Name)) {
            root = switch (root) {
                case Expression.Index index -> index.base();
                case Expression.Joined joined -> joined.left();
                default -> throw root.at().expected("a register");
            };
        }
        if (scope.find(root.at().text()) instanceof Scope.Clbits) {
            scope.declare(alias.name(), new Scope.Clbits(evaluator.clbits(value, scope), true));
        } else {
            scope.declare(alias.name(), evaluator.qubits(value, scope));
        }
    }
}
