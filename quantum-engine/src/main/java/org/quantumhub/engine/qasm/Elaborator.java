package org.quantumhub.engine.qasm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitLimits;
import org.quantumhub.engine.circuit.CircuitProblem;
import org.quantumhub.engine.circuit.ClassicalExpression;
import org.quantumhub.engine.circuit.Instruction;

/// Runs the statements of a program and collects the circuit they come to.
///
/// Conditions and loops that are decided beforehand are followed; those that hang on a measurement become part of the
/// circuit. A `while` loop is followed as long as its condition is known, and turned into a loop of the circuit as
/// soon as it is not, or as soon as a measurement decides whether it is left; see [Exits].
final class Elaborator {
    private final Emission emission;
    private final Evaluator evaluator;
    private final Scope global = new Scope(null);
    private final GateCalls gates;
    private final Subroutines subroutines;
    private final Variables variables;
    private final BraketPragmas pragmas;
    private final Exits exits;
    private final Loops loops;
    private final FeedbackCalls feedback;

    Elaborator(CircuitLimits limits, long deadline, Map<String, Double> inputs) {
        this.emission = new Emission(limits, deadline);
        this.subroutines = new Subroutines(emission, global, new Subroutines.Body() {
            @Override
            public void run(List<Statement> statements, Scope scope) {
                all(statements, scope);
            }

            @Override
            public Exits exits() {
                return exits;
            }

            @Override
            public void assign(Expression target, Value value, Scope scope) {
                Expression literal = new Expression.Literal(target.at(), value);
                variables.assign(new Statement.Assign(target.at(), target, "", literal), scope);
            }
        });
        this.evaluator = new Evaluator(emission, this::call);
        this.gates = new GateCalls(emission, evaluator, global);
        this.variables = new Variables(emission, evaluator, inputs);
        this.pragmas = new BraketPragmas(emission, evaluator);
        this.exits = new Exits(emission, variables, evaluator, global);
        this.loops = new Loops(emission, evaluator, variables, exits, this);
        this.feedback = new FeedbackCalls(emission, evaluator);
    }

    private @Nullable Value call(Expression.Call call, Scope scope) {
        return subroutines.call(call, scope, evaluator);
    }

    Circuit run(List<Statement> program) {
        if (program.isEmpty()) {
            return emission.circuit();
        }
        exits.enter(Exits.Kind.PROGRAM, program.getFirst().at(), null, program);
        try {
            all(program, global);
        } catch (Jump jump) {
            if (!jump.is("end")) {
                throw Exits.nothingToLeave(jump.at);
            }
        }
        return emission.circuit();
    }

    void all(List<Statement> statements, Scope scope) {
        for (int i = 0; i < statements.size(); i++) {
            int taken = exits.taken();
            one(statements.get(i), scope);
            ClassicalExpression staying = exits.taken() > taken ? exits.staying() : null;
            if (staying != null && i + 1 < statements.size()) {
                under(staying, statements.subList(i + 1, statements.size()), scope);
                return;
            }
        }
    }

    /// Carries statements out where a condition holds that is known only during the run.
    void under(ClassicalExpression condition, List<Statement> statements, Scope scope) {
        variables.prepare(statements, scope);
        emission.reserve(statements.getFirst().at(), 1);
        emission.add(new Instruction.Conditional(condition, body(statements, scope)));
    }

    private void one(Statement statement, Scope scope) {
        emission.tick(statement.at());
        switch (statement) {
            case Statement.Declaration declaration -> declare(declaration, scope);
            case Statement.GateDefinition definition -> gates.define(definition);
            case Statement.GateCall call -> gateOrSubroutine(call, scope);
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
            case Statement.For loop -> loops.counting(loop, scope);
            case Statement.While loop -> loops.loop(loop, scope);
            case Statement.Switch choice -> choice(choice, scope);
            case Statement.Assign assign -> assign(assign, scope);
            case Statement.Alias alias -> alias(alias, scope);
            case Statement.Block block -> all(block.body(), new Scope(scope));
            case Statement.Evaluate evaluate -> evaluate(evaluate, scope);
            case Statement.Subroutine subroutine -> subroutines.define(subroutine);
            case Statement.Return result -> throw new Jump(result.at(), returned(result, scope));
            case Statement.Pragma pragma -> pragmas.carryOut(pragma, scope);
            case Statement.Jump jump -> throw new Jump(jump.at(), new Value.Nothing());
        }
    }

    /// Subroutines used to be called like gates: `bellprep q[0], q[1];`.
    private void gateOrSubroutine(Statement.GateCall call, Scope scope) {
        if (feedback.knows(call.name().text()) && !gates.knows(call.name().text())) {
            feedback.call(call, scope);
            return;
        }
        boolean subroutine = subroutines.knows(call.name().text())
                && !gates.knows(call.name().text());
        if (!subroutine || !call.modifiers().isEmpty()) {
            gates.call(call, scope);
            return;
        }
        List<Expression> arguments = new ArrayList<>(call.arguments());
        arguments.addAll(call.operands());
        evaluator.value(new Expression.Call(call.name(), arguments), scope);
    }

    private void evaluate(Statement.Evaluate evaluate, Scope scope) {
        if (evaluate.expression() instanceof Expression.Measured measured) {
            measure(new Statement.Measure(measured.at(), measured.source(), null), scope);
        } else {
            evaluator.value(evaluate.expression(), scope);
        }
    }

    private Value returned(Statement.Return result, Scope scope) {
        if (result.value() instanceof Expression.Measured measured) {
            return new Value.Bits(measured(measured.at(), measured.source(), scope));
        }
        return result.value() == null ? new Value.Nothing() : evaluator.value(result.value(), scope);
    }

    private void declare(Statement.Declaration declaration, Scope scope) {
        Type type = declaration.type();
        Token name = declaration.name();
        Expression initial = declaration.initial();
        boolean bits = type.name().equals("bit")
                && type.dimensions().isEmpty()
                && declaration.role() != Statement.Role.CONSTANT;
        if (initial instanceof Expression.Measured measured && !bits) {
            Value value = new Value.Bits(measured(measured.at(), measured.source(), scope));
            variables.declare(
                    new Statement.Declaration(
                            declaration.at(),
                            type,
                            name,
                            new Expression.Literal(measured.at(), value),
                            declaration.role()),
                    scope);
            return;
        }
        variables.declare(declaration, scope);
        if (bits && initial != null) {
            assign(new Statement.Assign(name, new Expression.Name(name), "", initial), scope);
        }
    }

    /// Measures into scratch bits.
    private List<Integer> measured(Token at, Expression source, Scope scope) {
        List<Integer> qubits = evaluator.qubits(source, scope).indices();
        List<Integer> clbits = emission.newScratch(at, qubits.size());
        measure(at, qubits, clbits);
        return clbits;
    }

    private void measure(Statement.Measure measure, Scope scope) {
        if (measure.target() == null) {
            measured(measure.at(), measure.source(), scope);
            return;
        }
        Expression target = measure.target();
        if (target instanceof Expression.Name name && scope.find(name.at().text()) instanceof Scope.Variable) {
            Value value = new Value.Bits(measured(measure.at(), measure.source(), scope));
            variables.assign(
                    new Statement.Assign(measure.at(), target, "", new Expression.Literal(measure.at(), value)), scope);
            return;
        }
        List<Integer> qubits = evaluator.qubits(measure.source(), scope).indices();
        variables.storeRoot(target, scope);
        measure(measure.at(), qubits, evaluator.clbits(target, scope));
    }

    private void measure(Token at, List<Integer> qubits, List<Integer> clbits) {
        if (qubits.size() != clbits.size()) {
            throw at.problem(
                    CircuitProblem.WRONG_ARITY,
                    "Measuring " + qubits.size() + " qubits takes as many bits, but " + clbits.size() + " were given.");
        }
        emission.reserve(at, qubits.size());
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
        List<Statement> both = new ArrayList<>(conditional.then());
        both.addAll(conditional.otherwise());
        variables.prepare(both, scope);
        ClassicalExpression expression = Arithmetic.expression(at, condition);
        emission.reserve(conditional.at(), 1);
        List<Instruction> then = body(conditional.then(), scope);
        List<Instruction> otherwise = body(conditional.otherwise(), scope);
        emission.add(new Instruction.Conditional(expression, then, otherwise));
    }

    private List<Instruction> body(List<Statement> statements, Scope scope) {
        return collected(() -> all(statements, new Scope(scope)));
    }

    /// What is carried out under a condition; leaving something there becomes part of the circuit.
    List<Instruction> collected(Runnable work) {
        emission.open();
        try {
            work.run();
        } catch (Jump jump) {
            exits.take(jump);
        }
        return emission.close();
    }

    private void choice(Statement.Switch choice, Scope scope) {
        Value subject = evaluator.value(choice.subject(), scope);
        choice(choice, 0, subject, scope);
    }

    /// The cases from one on, as a chain of conditionals; the default, wherever it stands, comes last.
    private void choice(Statement.Switch choice, int index, Value subject, Scope scope) {
        List<Statement.Case> cases = choice.cases();
        if (index == cases.size()) {
            for (Statement.Case one : cases) {
                if (one.values().isEmpty()) {
                    all(one.body(), new Scope(scope));
                    return;
                }
            }
            return;
        }
        Statement.Case one = cases.get(index);
        if (one.values().isEmpty()) {
            choice(choice, index + 1, subject, scope);
            return;
        }
        Value any = new Value.Truth(false);
        for (Expression value : one.values()) {
            Token equals = new Token(
                    Token.Kind.SYMBOL, "==", value.at().line(), value.at().column());
            Token or = new Token(
                    Token.Kind.SYMBOL, "||", value.at().line(), value.at().column());
            any = Arithmetic.binary(or, any, Arithmetic.binary(equals, subject, evaluator.value(value, scope)));
        }
        if (Arithmetic.known(any)) {
            if (Arithmetic.real(choice.at(), any) != 0) {
                all(one.body(), new Scope(scope));
            } else {
                choice(choice, index + 1, subject, scope);
            }
            return;
        }
        cases.forEach(each -> variables.prepare(each.body(), scope));
        emission.reserve(choice.at(), 1);
        List<Instruction> then = body(one.body(), scope);
        List<Instruction> otherwise = collected(() -> choice(choice, index + 1, subject, scope));
        emission.add(new Instruction.Conditional(Arithmetic.expression(choice.at(), any), then, otherwise));
    }

    private void assign(Statement.Assign assign, Scope scope) {
        if (assign.value() instanceof Expression.Measured measured) {
            measure(new Statement.Measure(measured.at(), measured.source(), assign.target()), scope);
        } else {
            variables.assign(assign, scope);
        }
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
