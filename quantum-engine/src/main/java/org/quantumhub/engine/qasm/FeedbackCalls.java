package org.quantumhub.engine.qasm;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.quantumhub.engine.circuit.CircuitProblem;
import org.quantumhub.engine.circuit.ClassicalExpression;
import org.quantumhub.engine.circuit.Gate;
import org.quantumhub.engine.circuit.GateInstruction;
import org.quantumhub.engine.circuit.Instruction;

/// Two instructions that look like gates and hang on measurements, as IQM's devices have them inside Braket's verbatim
/// boxes: `measure_ff(key) q` measures a qubit and keeps the bit under a key, `cc_prx(angle, phase, key) q` is a `prx`
/// that is carried out if that bit is 1.
final class FeedbackCalls {
    private static final Set<String> NAMES = Set.of("measure_ff", "cc_prx");

    private final Emission emission;
    private final Evaluator evaluator;
    private final Map<Long, Integer> bits = new HashMap<>();

    FeedbackCalls(Emission emission, Evaluator evaluator) {
        this.emission = emission;
        this.evaluator = evaluator;
    }

    boolean knows(String name) {
        return NAMES.contains(name);
    }

    void call(Statement.GateCall call, Scope scope) {
        Token name = call.name();
        boolean measures = name.is("measure_ff");
        if (!call.modifiers().isEmpty()) {
            throw name.problem(CircuitProblem.UNSUPPORTED, name.shown() + " takes no modifiers.");
        }
        int parameters = measures ? 1 : 3;
        if (call.arguments().size() != parameters) {
            throw name.problem(
                    CircuitProblem.WRONG_PARAMETERS,
                    name.shown() + " takes " + parameters + " parameters, but "
                            + call.arguments().size() + " were given.");
        }
        int qubit = target(call, scope);
        long key = evaluator.whole(call.arguments().getLast(), scope);
        emission.reserve(call.at(), 1);
        if (measures) {
            int bit = emission.newScratch(call.at(), 1).getFirst();
            bits.put(key, bit);
            emission.add(new Instruction.Measure(qubit, bit));
        } else {
            emission.add(turn(call, scope, qubit, key));
        }
    }

    private Instruction turn(Statement.GateCall call, Scope scope, int qubit, long key) {
        Integer bit = bits.get(key);
        if (bit == null) {
            throw call.name()
                    .problem(CircuitProblem.UNKNOWN_NAME, "Nothing was measured under the key " + key + " before.");
        }
        List<Double> angles = List.of(
                evaluator.real(call.arguments().get(0), scope),
                evaluator.real(call.arguments().get(1), scope));
        Gate prx = Gate.find("prx").orElseThrow();
        return new Instruction.Conditional(
                new ClassicalExpression.Read(List.of(bit)),
                List.of(new GateInstruction(prx, angles, List.of(), List.of(qubit))));
    }

    private int target(Statement.GateCall call, Scope scope) {
        if (call.operands().size() == 1) {
            List<Integer> qubits =
                    evaluator.qubits(call.operands().getFirst(), scope).indices();
            if (qubits.size() == 1) {
                return qubits.getFirst();
            }
        }
        throw call.name().problem(CircuitProblem.WRONG_ARITY, call.name().shown() + " acts on one qubit.");
    }
}
