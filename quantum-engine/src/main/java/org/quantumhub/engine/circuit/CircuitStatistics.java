package org.quantumhub.engine.circuit;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The size of a circuit in numbers.
///
/// @param width qubits
/// @param depth steps on the longest path; gates, measurements and resets are steps, barriers only align
/// @param gateCount gates, those inside conditionals and loops counted once
/// @param twoQubitDepth gates on two or more qubits on the path with most of them
/// @param gateCounts how often each kind of gate occurs, by name
public record CircuitStatistics(
        int width, int depth, int gateCount, int twoQubitDepth, Map<String, Integer> gateCounts) {
    public CircuitStatistics {
        gateCounts = Map.copyOf(gateCounts);
    }

    /// Counts a circuit; linear in its length.
    public static CircuitStatistics of(Circuit circuit) {
        Count count = new Count(circuit);
        count.all(circuit.instructions());
        int gates = count.kinds.values().stream().mapToInt(Integer::intValue).sum();
        return new CircuitStatistics(circuit.qubitCount(), max(count.level), gates, max(count.pairLevel), count.kinds);
    }

    private static int max(int[] values) {
        return Arrays.stream(values).max().orElse(0);
    }

    /// The levels of every wire: first the qubits, then the classical bits, which carry outcomes to conditions.
    private static final class Count {
        private final int qubits;
        private final int[] level;
        private final int[] pairLevel;
        private final Map<String, Integer> kinds = new TreeMap<>();

        Count(Circuit circuit) {
            qubits = circuit.qubitCount();
            int wires = qubits + circuit.clbitCount() + circuit.scratchCount();
            level = new int[wires];
            pairLevel = new int[wires];
        }

        void all(List<Instruction> instructions) {
            for (Instruction instruction : instructions) {
                switch (instruction) {
                    case GateInstruction gate -> {
                        kinds.merge(gate.displayName(), 1, Integer::sum);
                        List<Integer> on = gate.qubits();
                        step(on, on.isEmpty() ? 0 : 1, on.size() > 1 ? 1 : 0);
                    }
                    case Instruction.Measure measure -> step(List.of(measure.qubit(), qubits + measure.clbit()), 1, 0);
                    case Instruction.Reset reset -> step(List.of(reset.qubit()), 1, 0);
                    case Instruction.Barrier barrier -> step(barrier.qubits(), 0, 0);
                    case Instruction.Noise ignored -> {}
                    case Instruction.Conditional conditional -> {
                        after(conditional.condition(), conditional.then());
                        after(conditional.condition(), conditional.otherwise());
                    }
                    case Instruction.Loop loop -> after(loop.condition(), loop.body());
                    case Instruction.Assign assign -> {
                        int[] start = levels(assign.value());
                        for (int clbit : assign.clbits()) {
                            raise(qubits + clbit, start);
                        }
                    }
                }
            }
        }

        /// A body starts after the bits of its condition are known, on the wires it uses.
        private void after(ClassicalExpression condition, List<Instruction> body) {
            int[] start = levels(condition);
            for (Instruction instruction : body) {
                for (int wire : wires(instruction)) {
                    raise(wire, start);
                }
            }
            all(body);
        }

        private List<Integer> wires(Instruction instruction) {
            return switch (instruction) {
                case GateInstruction gate -> gate.qubits();
                case Instruction.Measure measure -> List.of(measure.qubit());
                case Instruction.Reset reset -> List.of(reset.qubit());
                case Instruction.Barrier barrier -> barrier.qubits();
                case Instruction.Noise noise -> noise.qubits();
                case Instruction.Conditional ignored -> List.of();
                case Instruction.Loop ignored -> List.of();
                case Instruction.Assign assign ->
                    assign.clbits().stream().map(clbit -> qubits + clbit).toList();
            };
        }

        private int[] levels(ClassicalExpression expression) {
            return switch (expression) {
                case ClassicalExpression.Constant ignored -> new int[2];
                case ClassicalExpression.Read read -> {
                    int[] highest = new int[2];
                    for (int clbit : read.clbits()) {
                        highest[0] = Math.max(highest[0], level[qubits + clbit]);
                        highest[1] = Math.max(highest[1], pairLevel[qubits + clbit]);
                    }
                    yield highest;
                }
                case ClassicalExpression.Unary unary -> levels(unary.operand());
                case ClassicalExpression.Binary binary -> {
                    int[] a = levels(binary.left());
                    int[] b = levels(binary.right());
                    yield new int[] {Math.max(a[0], b[0]), Math.max(a[1], b[1])};
                }
            };
        }

        private void raise(int wire, int[] start) {
            level[wire] = Math.max(level[wire], start[0]);
            pairLevel[wire] = Math.max(pairLevel[wire], start[1]);
        }

        private void step(List<Integer> on, int more, int morePairs) {
            int highest = 0;
            int highestPair = 0;
            for (int wire : on) {
                highest = Math.max(highest, level[wire]);
                highestPair = Math.max(highestPair, pairLevel[wire]);
            }
            for (int wire : on) {
                level[wire] = highest + more;
                pairLevel[wire] = highestPair + morePairs;
            }
        }
    }
}
