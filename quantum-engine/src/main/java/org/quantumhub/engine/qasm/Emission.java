package org.quantumhub.engine.qasm;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitBuilder;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitLimits;
import org.quantumhub.engine.circuit.CircuitProblem;
import org.quantumhub.engine.circuit.ClassicalRegister;
import org.quantumhub.engine.circuit.GateInstruction;
import org.quantumhub.engine.circuit.Instruction;
import org.quantumhub.engine.circuit.ResultRequest;

/// Collects what the program comes to, and refuses it as soon as it is known to become too much.
final class Emission {
    final CircuitLimits limits;
    private final long deadline;
    private final List<ClassicalRegister> registers = new ArrayList<>();
    private final Deque<List<Instruction>> blocks = new ArrayDeque<>();
    private int qubits;
    private int clbits;
    private int scratch;
    private final List<String> requests = new ArrayList<>();
    private final List<Asked> results = new ArrayList<>();
    private long operations;
    private int steps;

    Emission(CircuitLimits limits, long deadline) {
        this.limits = limits;
        this.deadline = deadline;
        blocks.push(new ArrayList<>());
    }

    /// Accounts for operations that are about to be made.
    void reserve(Token at, long count) {
        operations = saturatedSum(operations, count);
        if (operations > limits.maxOperations()) {
            throw at.problem(
                    CircuitProblem.LIMIT_EXCEEDED,
                    "The circuit has more than " + limits.maxOperations() + " operations when it is expanded.");
        }
    }

    /// Called for every statement that is carried out, so that work without result ends too.
    void tick(Token at) {
        if ((++steps & 0xff) == 0 && System.nanoTime() > deadline) {
            throw at.problem(
                    CircuitProblem.LIMIT_EXCEEDED, "Reading took longer than " + limits.maxParseMillis() + " ms.");
        }
    }

    static long saturatedSum(long a, long b) {
        long sum = a + b;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    static long saturatedProduct(long a, long b) {
        return a != 0 && b > Long.MAX_VALUE / a ? Long.MAX_VALUE : a * b;
    }

    void add(Instruction instruction) {
        blocks.getFirst().add(instruction);
    }

    void open() {
        blocks.push(new ArrayList<>());
    }

    List<Instruction> close() {
        return blocks.pop();
    }

    /// How many bodies whose running depends on a measurement this is inside of.
    int depth() {
        return blocks.size() - 1;
    }

    List<Integer> newQubits(Token at, long count) {
        if (count < 0 || count > limits.maxQubits() - qubits) {
            throw at.problem(
                    CircuitProblem.LIMIT_EXCEEDED, "The circuit has more than " + limits.maxQubits() + " qubits.");
        }
        List<Integer> indices = run(qubits, (int) count);
        qubits += (int) count;
        return indices;
    }

    int qubitCount() {
        return qubits;
    }

    List<Integer> newClbits(Token name, long count) {
        if (count < 0 || count > limits.maxClbits() - clbits) {
            throw name.problem(
                    CircuitProblem.LIMIT_EXCEEDED,
                    "The circuit has more than " + limits.maxClbits() + " classical bits.");
        }
        registers.add(new ClassicalRegister(name.text(), clbits, (int) count));
        List<Integer> indices = run(clbits, (int) count);
        clbits += (int) count;
        return indices;
    }

    /// Bits that no result shows. They are numbered from the limit on until the number of the others is known.
    List<Integer> newScratch(Token at, int count) {
        if (count > limits.maxClbits() - clbits - scratch) {
            throw at.problem(
                    CircuitProblem.LIMIT_EXCEEDED,
                    "The circuit has more than " + limits.maxClbits() + " classical bits, variables included.");
        }
        List<Integer> indices = run(limits.maxClbits() + scratch, count);
        scratch += count;
        return indices;
    }

    /// Keeps what a pragma asks for.
    void request(String text) {
        requests.add(text);
    }

    /// A request and the pragma that makes it.
    private record Asked(Token at, ResultRequest request) {}

    void request(Token at, ResultRequest request) {
        results.add(new Asked(at, request));
    }

    /// Refuses what no simulator could answer, now that the whole circuit is known.
    private void checkResults() {
        boolean[] measured = new boolean[qubits];
        boolean[] touched = new boolean[qubits];
        boolean mixed = false;
        boolean open = false;
        for (Instruction instruction : blocks.getFirst()) {
            List<Integer> on = switch (instruction) {
                case GateInstruction gate -> gate.qubits();
                case Instruction.Noise noise -> noise.qubits();
                case Instruction.Reset reset -> List.of(reset.qubit());
                default -> List.of();
            };
            for (int qubit : on) {
                open |= measured[qubit];
                mixed |= instruction instanceof Instruction.Reset && touched[qubit];
                touched[qubit] = true;
            }
            mixed |= instruction instanceof Instruction.Noise;
            open |= instruction instanceof Instruction.Conditional
                    || instruction instanceof Instruction.Loop
                    || instruction instanceof Instruction.Assign;
            if (instruction instanceof Instruction.Measure measure) {
                measured[measure.qubit()] = true;
            }
        }
        for (Asked asked : results) {
            boolean amplitudes = asked.request instanceof ResultRequest.State
                    || asked.request instanceof ResultRequest.Amplitude
                    || asked.request instanceof ResultRequest.Gradient;
            if (open) {
                throw asked.at.problem(
                        CircuitProblem.UNSUPPORTED,
                        "This result would depend on the outcome of a measurement in the middle of the circuit.");
            }
            if (mixed && amplitudes) {
                throw asked.at.problem(
                        CircuitProblem.UNSUPPORTED,
                        "There are no amplitudes, and no gradients, where there is noise or a reset;"
                                + " a density matrix there is.");
            }
        }
    }

    private static List<Integer> run(int first, int count) {
        List<Integer> indices = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            indices.add(first + i);
        }
        return indices;
    }

    Circuit circuit() {
        CircuitBuilder builder = Circuit.builder(qubits, clbits);
        for (ClassicalRegister register : registers) {
            builder.register(register.name(), register.size());
        }
        builder.scratch(scratch);
        requests.forEach(builder::request);
        checkResults();
        for (Asked asked : results) {
            try {
                builder.request(asked.request);
            } catch (CircuitException e) {
                throw e.at(asked.at.line(), asked.at.column());
            }
        }
        Renumbering bits = new Renumbering(limits.maxClbits(), clbits);
        blocks.getFirst().forEach(instruction -> builder.add(scratch == 0 ? instruction : bits.of(instruction)));
        return builder.build();
    }
}
