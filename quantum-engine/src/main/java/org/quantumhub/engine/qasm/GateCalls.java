package org.quantumhub.engine.qasm;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.quantumhub.engine.circuit.CircuitProblem;
import org.quantumhub.engine.circuit.Control;
import org.quantumhub.engine.circuit.Gate;
import org.quantumhub.engine.circuit.GateInstruction;
import org.quantumhub.engine.circuit.Instruction;

/// Gate definitions and calls: resolves names, spreads calls over registers, and expands definitions and modifiers.
///
/// The size of a definition is known when it is defined, as a saturating sum over what it calls, so that a tower of
/// definitions is refused before any of it is built. A definition sees only what was defined before it, which makes
/// recursion impossible.
final class GateCalls {
    private record Definition(Statement.GateDefinition source, int number, long size) {}

    private final Emission emission;
    private final Evaluator evaluator;
    private final Scope global;
    private final Map<String, Definition> definitions = new HashMap<>();

    GateCalls(Emission emission, Evaluator evaluator, Scope global) {
        this.emission = emission;
        this.evaluator = evaluator;
        this.global = global;
    }

    void define(Statement.GateDefinition definition) {
        Token name = definition.name();
        if (definitions.containsKey(name.text())) {
            throw name.problem(CircuitProblem.INVALID_VALUE, "The gate " + name.shown() + " is defined twice.");
        }
        Set<String> formal = new HashSet<>();
        for (Token token : definition.parameters()) {
            unique(formal, token);
        }
        for (Token token : definition.qubits()) {
            unique(formal, token);
        }
        int number = definitions.size();
        long size = 0;
        for (Statement statement : definition.body()) {
            if (statement instanceof Statement.GateCall call) {
                size = Emission.saturatedSum(size, size(call, number));
            } else if (!(statement instanceof Statement.Barrier)) {
                throw statement
                        .at()
                        .problem(
                                CircuitProblem.UNSUPPORTED,
                                "Only gates and barriers may stand inside a gate definition.");
            }
        }
        definitions.put(name.text(), new Definition(definition, number, size));
    }

    private static void unique(Set<String> names, Token name) {
        if (!names.add(name.text())) {
            throw name.problem(CircuitProblem.DUPLICATE_QUBIT, "The name " + name.shown() + " is used twice.");
        }
    }

    private long size(Statement.GateCall call, int before) {
        Definition definition = lookup(call.name().text(), before);
        if (definition == null) {
            standard(call.name());
        }
        long size = definition == null ? 1 : Math.max(1, definition.size());
        for (Statement.Modifier modifier : call.modifiers()) {
            if (modifier.at().is("pow")
                    && modifier.argument() instanceof Expression.Literal literal
                    && literal.value() instanceof Value.Whole power
                    && !(definition == null && Powers.scales(standard(call.name())))) {
                size = Emission.saturatedProduct(size, Math.abs(power.value()));
            }
        }
        return size;
    }

    /// Whether a gate of this name is defined or standard.
    boolean knows(String name) {
        return definitions.containsKey(name) || Gate.find(name).isPresent();
    }

    private @Nullable Definition lookup(String name, int before) {
        Definition definition = definitions.get(name);
        return definition == null || definition.number() >= before ? null : definition;
    }

    private static Gate standard(Token name) {
        return Gate.find(name.text())
                .orElseThrow(() ->
                        name.problem(CircuitProblem.UNKNOWN_GATE, "There is no gate called " + name.shown() + "."));
    }

    /// A call in the program itself: operands may be whole registers.
    void call(Statement.GateCall call, Scope scope) {
        List<Scope.Qubits> operands = new ArrayList<>();
        int width = -1;
        for (Expression operand : call.operands()) {
            Scope.Qubits qubits = evaluator.qubits(operand, scope);
            operands.add(qubits);
            if (qubits.register()) {
                int size = qubits.indices().size();
                if (width >= 0 && width != size) {
                    throw operand.at()
                            .problem(
                                    CircuitProblem.WRONG_ARITY,
                                    "Registers in one call must have the same size; found " + width + " and " + size
                                            + ".");
                }
                width = size;
            }
        }
        int times = width < 0 ? 1 : width;
        emission.reserve(
                call.at(), Emission.saturatedProduct(Math.max(1, size(call, Integer.MAX_VALUE)), Math.max(1, times)));
        for (int i = 0; i < times; i++) {
            List<Integer> chosen = new ArrayList<>();
            for (Scope.Qubits qubits : operands) {
                chosen.add(qubits.indices().get(qubits.register() ? i : 0));
            }
            expand(call, chosen, scope, Integer.MAX_VALUE, 0).forEach(emission::add);
        }
    }

    /// The instructions of one call on single qubits.
    private List<Instruction> expand(
            Statement.GateCall call, List<Integer> operands, Scope scope, int before, int depth) {
        emission.tick(call.at());
        if (depth > emission.limits.maxNesting()) {
            throw call.at()
                    .problem(
                            CircuitProblem.LIMIT_EXCEEDED,
                            "Gate definitions may be nested at most " + emission.limits.maxNesting() + " deep.");
        }
        refuseDuplicates(call, operands);
        List<Control> controls = new ArrayList<>();
        boolean inverse = false;
        double power = 1;
        for (Statement.Modifier modifier : call.modifiers()) {
            Expression argument = modifier.argument();
            switch (modifier.at().text()) {
                case "inv" -> inverse = !inverse;
                case "pow" -> power *= argument == null ? 1 : evaluator.real(argument, scope);
                default -> {
                    long count = argument == null ? 1 : evaluator.whole(argument, scope);
                    if (count < 1 || count > operands.size() - controls.size()) {
                        throw modifier.at()
                                .problem(
                                        CircuitProblem.WRONG_ARITY,
                                        "This modifier takes " + count + " of the operands, but "
                                                + (operands.size() - controls.size()) + " are left.");
                    }
                    for (int i = 0; i < count; i++) {
                        controls.add(new Control(
                                operands.get(controls.size()), modifier.at().is("ctrl")));
                    }
                }
            }
        }
        List<Integer> targets = operands.subList(controls.size(), operands.size());
        List<Instruction> result = plain(call, targets, scope, before, depth);
        if (power != 1) {
            if (result.stream().anyMatch(Instruction.Conditional.class::isInstance)) {
                throw call.at()
                        .problem(
                                CircuitProblem.UNSUPPORTED,
                                "A power of a gate whose angle is measured is not known; multiply the angle.");
            }
            result = Powers.of(call.at(), result, power, emission.limits.maxOperations());
        }
        return controls.isEmpty() && !inverse ? result : modified(result, inverse, controls);
    }

    private static List<Instruction> modified(List<Instruction> plain, boolean inverse, List<Control> controls) {
        List<Instruction> result = new ArrayList<>();
        for (Instruction instruction : plain) {
            if (instruction instanceof Instruction.Conditional conditional) {
                result.add(new Instruction.Conditional(
                        conditional.condition(), modified(conditional.then(), inverse, controls)));
            } else if (instruction instanceof GateInstruction gate) {
                GateInstruction one = inverse ? gate.inverse() : gate;
                if (!controls.isEmpty()) {
                    List<Control> all = new ArrayList<>(controls);
                    all.addAll(one.controls());
                    one = new GateInstruction(one.gate(), one.parameters(), all, one.targets());
                }
                result.add(one.named());
            } else {
                result.add(instruction);
            }
        }
        if (inverse) {
            Collections.reverse(result);
        }
        return result;
    }

    private List<Instruction> plain(
            Statement.GateCall call, List<Integer> targets, Scope scope, int before, int depth) {
        Definition definition = lookup(call.name().text(), before);
        Gate gate = definition == null ? standard(call.name()) : null;
        int arity = gate == null && definition != null
                ? definition.source().qubits().size()
                : 0;
        int parameterCount = gate == null && definition != null
                ? definition.source().parameters().size()
                : 0;
        arity = gate != null ? gate.arity() : arity;
        parameterCount = gate != null ? gate.parameterCount() : parameterCount;
        if (call.arguments().size() != parameterCount) {
            throw call.name()
                    .problem(
                            CircuitProblem.WRONG_PARAMETERS,
                            "Gate " + call.name().shown() + " takes " + parameterCount + " parameter"
                                    + (parameterCount == 1 ? "" : "s") + ", but "
                                    + call.arguments().size() + " were given.");
        }
        if (targets.size() != arity) {
            throw call.name()
                    .problem(
                            CircuitProblem.WRONG_ARITY,
                            "Gate " + call.name().shown() + " acts on " + arity + " qubit" + (arity == 1 ? "" : "s")
                                    + ", but " + targets.size() + " were given.");
        }
        List<Double> parameters = new ArrayList<>();
        for (Expression argument : call.arguments()) {
            Value value = evaluator.value(argument, scope);
            if (value instanceof Value.Turning angle && gate != null && parameterCount == 1) {
                emission.reserve(call.at(), angle.clbits().size());
                return TurningAngles.rotation(call.name(), gate, angle, targets);
            }
            parameters.add(Arithmetic.real(argument.at(), value));
        }
        if (gate != null) {
            return List.of(new GateInstruction(gate, parameters, List.of(), targets));
        }
        return definition == null ? List.of() : body(definition, parameters, targets, depth);
    }

    private List<Instruction> body(Definition definition, List<Double> parameters, List<Integer> targets, int depth) {
        Scope inner = new Scope(global);
        Statement.GateDefinition source = definition.source();
        for (int i = 0; i < parameters.size(); i++) {
            Token name = source.parameters().get(i);
            Type angle = new Type(name, "angle", null, List.of());
            inner.declare(name, new Scope.Variable(angle, new Value.Real(parameters.get(i)), true, 0));
        }
        for (int i = 0; i < targets.size(); i++) {
            inner.declare(source.qubits().get(i), new Scope.Qubits(List.of(targets.get(i)), false));
        }
        List<Instruction> result = new ArrayList<>();
        for (Statement statement : source.body()) {
            switch (statement) {
                case Statement.GateCall call -> {
                    List<Integer> operands = new ArrayList<>();
                    for (Expression operand : call.operands()) {
                        operands.add(formal(operand, inner));
                    }
                    result.addAll(expand(call, operands, inner, definition.number(), depth + 1));
                }
                case Statement.Barrier barrier -> {
                    List<Integer> operands = new ArrayList<>();
                    for (Expression operand : barrier.operands()) {
                        operands.add(formal(operand, inner));
                    }
                    result.add(new Instruction.Barrier(operands.isEmpty() ? targets : operands));
                }
                default -> throw new IllegalStateException("Refused when it was defined");
            }
        }
        return result;
    }

    /// Inside a definition only its own qubits exist.
    private static int formal(Expression operand, Scope inner) {
        if (operand instanceof Expression.Name name
                && inner.find(name.at().text()) instanceof Scope.Qubits qubits
                && !qubits.register()) {
            return qubits.indices().getFirst();
        }
        throw operand.at()
                .problem(
                        CircuitProblem.UNKNOWN_NAME,
                        "One of the gate's own qubits was expected, but found "
                                + operand.at().shown() + ".");
    }

    private static void refuseDuplicates(Statement.GateCall call, List<Integer> operands) {
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < operands.size(); i++) {
            if (!seen.add(operands.get(i))) {
                Token at = i < call.operands().size() ? call.operands().get(i).at() : call.at();
                throw at.problem(
                        CircuitProblem.DUPLICATE_QUBIT,
                        "Gate " + call.name().shown() + " names the same qubit twice; its qubits must differ.");
            }
        }
    }
}
