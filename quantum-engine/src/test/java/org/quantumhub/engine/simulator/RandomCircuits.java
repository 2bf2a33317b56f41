package org.quantumhub.engine.simulator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitBuilder;
import org.quantumhub.engine.circuit.ClassicalExpression;
import org.quantumhub.engine.circuit.Control;
import org.quantumhub.engine.circuit.Gate;
import org.quantumhub.engine.circuit.GateInstruction;
import org.quantumhub.engine.circuit.Instruction;

/// Seeded random circuits over the whole gate table.
public final class RandomCircuits {
    private RandomCircuits() {}

    /// A random state, then the gate on random qubits under up to three random controls, then more random gates.
    static Circuit around(Gate gate, int qubits, Random random) {
        CircuitBuilder builder = Circuit.builder(qubits, 0);
        for (int qubit = 0; qubit < qubits; qubit++) {
            builder.gate("u", List.of(random.nextDouble(3), random.nextDouble(6), random.nextDouble(6)), qubit);
        }
        builder.add(place(gate, qubits, random.nextInt(Math.min(4, qubits - gate.arity() + 1)), random));
        return builder.build();
    }

    /// Random gates on random qubits.
    public static Circuit unitary(int qubits, int gates, Random random) {
        CircuitBuilder builder = Circuit.builder(qubits, 0);
        for (int i = 0; i < gates; i++) {
            builder.add(anyGate(qubits, random));
        }
        return builder.build();
    }

    /// Random gates with measurements, resets and conditionals among them.
    static Circuit dynamic(int qubits, int clbits, int steps, Random random) {
        CircuitBuilder builder = Circuit.builder(qubits, clbits);
        for (int i = 0; i < steps; i++) {
            builder.add(
                    switch (random.nextInt(6)) {
                        case 0 -> new Instruction.Measure(random.nextInt(qubits), random.nextInt(clbits));
                        case 1 -> new Instruction.Reset(random.nextInt(qubits));
                        case 2 ->
                            new Instruction.Conditional(
                                    ClassicalExpression.equal(List.of(0, 1), random.nextInt(4)),
                                    List.of(anyGate(qubits, random)),
                                    List.of(anyGate(qubits, random)));
                        default -> anyGate(qubits, random);
                    });
        }
        return builder.measure(random.nextInt(qubits), clbits - 1).build();
    }

    public static GateInstruction anyGate(int qubits, Random random) {
        while (true) {
            Gate gate = Gate.standard().get(random.nextInt(Gate.standard().size()));
            if (gate.arity() <= qubits) {
                int room = qubits - gate.arity();
                return place(gate, qubits, random.nextInt(4) == 0 ? Math.min(room, random.nextInt(3)) : 0, random);
            }
        }
    }

    private static GateInstruction place(Gate gate, int qubits, int controls, Random random) {
        List<Integer> order = new ArrayList<>();
        for (int qubit = 0; qubit < qubits; qubit++) {
            order.add(qubit);
        }
        Collections.shuffle(order, random);
        List<Control> more = new ArrayList<>();
        for (int i = 0; i < controls; i++) {
            more.add(new Control(order.get(gate.arity() + i), random.nextBoolean()));
        }
        List<Double> parameters = new ArrayList<>();
        for (int i = 0; i < gate.parameterCount(); i++) {
            parameters.add(random.nextDouble(-7, 7));
        }
        return new GateInstruction(gate, parameters, more, order.subList(0, gate.arity()));
    }
}
