package org.quantumhub.engine.simulator;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitProblem;
import org.quantumhub.engine.circuit.Control;
import org.quantumhub.engine.circuit.GateInstruction;
import org.quantumhub.engine.circuit.Instruction;
import org.quantumhub.engine.circuit.Matrix;

/// The slow, simple simulator that every other one is checked against.
///
/// A gate is the sum over all rows and columns of its full matrix: the entry between two basis states is looked up by
/// comparing their bits, for all 4^n pairs. Measurements split the run into branches with their probabilities, so that
/// the distribution of outcomes is exact even where the course depends on them. Nothing here is shared with the fast
/// simulators but the gate table. For up to 10 qubits.
public final class ReferenceSimulator implements Simulator {
    private static final int MOST_QUBITS = 10;
    private static final double NEGLIGIBLE = 1e-14;

    @Override
    public String name() {
        return "reference";
    }

    @Override
    public long memoryBytes(Circuit circuit) {
        return circuit.qubitCount() > 57 ? Long.MAX_VALUE : 32L << circuit.qubitCount();
    }

    @Override
    public void check(Circuit circuit) {
        refuseTooLarge(circuit);
    }

    private static void refuseTooLarge(Circuit circuit) {
        if (circuit.qubitCount() > MOST_QUBITS) {
            throw CircuitException.of(
                    CircuitProblem.LIMIT_EXCEEDED, "The reference takes at most %d qubits.", MOST_QUBITS);
        }
    }

    @Override
    public CostEstimate estimate(Circuit circuit, int shots) {
        return new CostEstimate(
                memoryBytes(circuit), circuit.instructions().size() * Math.pow(4, circuit.qubitCount()) * 5e-9);
    }

    @Override
    public RunResult run(Circuit circuit, RunOptions options) {
        long start = System.nanoTime();
        Map<String, Double> distribution = distribution(circuit);
        Map<String, Integer> counts = new TreeMap<>();
        List<String> memory = new ArrayList<>();
        for (int shot = 0; shot < options.shots(); shot++) {
            options.cancellation().check();
            String outcome = draw(distribution, Randomness.first(options.seed(), shot));
            counts.merge(outcome, 1, Integer::sum);
            if (options.memory()) {
                memory.add(outcome);
            }
        }
        return new RunResult(
                counts,
                options.probabilities() ? distribution : Map.of(),
                true,
                false,
                memory,
                options.seed(),
                options.shots(),
                (System.nanoTime() - start) * 1e-9,
                name(),
                "Reference: every branch of the circuit was followed.");
    }

    private static String draw(Map<String, Double> distribution, double place) {
        double reached = 0;
        String last = "";
        for (Map.Entry<String, Double> entry : distribution.entrySet()) {
            reached += entry.getValue();
            last = entry.getKey();
            if (reached > place) {
                break;
            }
        }
        return last;
    }

    /// The exact probability of every outcome, following each branch that a measurement opens.
    public static Map<String, Double> distribution(Circuit circuit) {
        List<Branch> branches = new ArrayList<>();
        branches.add(new Branch(start(circuit), new BitSet()));
        branches = follow(circuit.instructions(), branches, 0);
        Map<String, Double> distribution = new TreeMap<>();
        for (Branch branch : branches) {
            if (circuit.measured()) {
                distribution.merge(text(branch.bits, circuit.clbitCount()), weight(branch.state), Double::sum);
                continue;
            }
            for (int i = 0; i < branch.state.length; i++) {
                double p = square(branch.state[i]);
                if (p > 0) {
                    BitSet bits = BitSet.valueOf(new long[] {i});
                    distribution.merge(text(bits, circuit.qubitCount()), p, Double::sum);
                }
            }
        }
        return distribution;
    }

    /// The amplitudes at the end of a circuit of gates, each as real and imaginary part; measurements are left out.
    public static double[][] amplitudes(Circuit circuit) {
        double[][] state = start(circuit);
        for (Instruction instruction : circuit.instructions()) {
            if (instruction instanceof GateInstruction gate) {
                state = apply(gate, state);
            }
        }
        return state;
    }

    /// A state that is not normalised: its weight is the probability of having come here.
    private record Branch(double[][] state, BitSet bits) {}

    private static double[][] start(Circuit circuit) {
        refuseTooLarge(circuit);
        double[][] state = new double[1 << circuit.qubitCount()][2];
        state[0][0] = 1;
        return state;
    }

    private static List<Branch> follow(List<Instruction> instructions, List<Branch> branches, int depth) {
        List<Branch> current = branches;
        for (Instruction instruction : instructions) {
            List<Branch> next = new ArrayList<>();
            for (Branch branch : current) {
                next.addAll(step(instruction, branch, depth));
            }
            current = next;
        }
        return current;
    }

    private static List<Branch> step(Instruction instruction, Branch branch, int depth) {
        List<Branch> result = new ArrayList<>();
        switch (instruction) {
            case GateInstruction gate -> result.add(new Branch(apply(gate, branch.state), branch.bits));
            case Instruction.Measure measure -> {
                for (int outcome = 0; outcome < 2; outcome++) {
                    BitSet bits = (BitSet) branch.bits.clone();
                    bits.set(measure.clbit(), outcome == 1);
                    keep(result, new Branch(project(branch.state, measure.qubit(), outcome, outcome), bits));
                }
            }
            case Instruction.Reset reset -> {
                for (int outcome = 0; outcome < 2; outcome++) {
                    keep(result, new Branch(project(branch.state, reset.qubit(), outcome, 0), branch.bits));
                }
            }
            case Instruction.Barrier ignored -> result.add(branch);
            case Instruction.Noise noise -> {
                for (Matrix kraus : noise.channel().kraus()) {
                    keep(result, new Branch(applied(kraus, noise.qubits(), branch.state), branch.bits));
                }
            }
            case Instruction.Conditional conditional -> {
                boolean holds = conditional.condition().evaluate(branch.bits::get) != 0;
                result.addAll(follow(holds ? conditional.then() : conditional.otherwise(), List.of(branch), depth));
            }
            case Instruction.Loop loop -> {
                if (loop.condition().evaluate(branch.bits::get) == 0 || depth > 60) {
                    result.add(branch);
                } else {
                    for (Branch after : follow(loop.body(), List.of(branch), depth)) {
                        result.addAll(step(loop, after, depth + 1));
                    }
                }
            }
            case Instruction.Assign assign -> {
                BitSet bits = (BitSet) branch.bits.clone();
                long value = assign.value().evaluate(branch.bits::get);
                for (int i = 0; i < assign.clbits().size(); i++) {
                    bits.set(assign.clbits().get(i), (value >> Math.min(i, 63) & 1) == 1);
                }
                result.add(new Branch(branch.state, bits));
            }
        }
        return result;
    }

    private static void keep(List<Branch> branches, Branch branch) {
        if (weight(branch.state) > NEGLIGIBLE) {
            branches.add(branch);
        }
    }

    /// Keeps the amplitudes where the qubit has one value, and moves them to where it has another.
    private static double[][] project(double[][] state, int qubit, int from, int to) {
        double[][] result = new double[state.length][2];
        for (int i = 0; i < state.length; i++) {
            if ((i >> qubit & 1) == from) {
                result[i & ~(1 << qubit) | to << qubit] = state[i].clone();
            }
        }
        return result;
    }

    private static double[][] apply(GateInstruction gate, double[][] state) {
        return applied(gate.gate().matrix(gate.parameterArray()), gate.targets(), gate.controls(), state);
    }

    private static double[][] applied(Matrix matrix, List<Integer> qubits, double[][] state) {
        return applied(matrix, qubits, List.of(), state);
    }

    private static double[][] applied(Matrix matrix, List<Integer> targets, List<Control> controls, double[][] state) {
        double[][] result = new double[state.length][2];
        for (int row = 0; row < state.length; row++) {
            for (int column = 0; column < state.length; column++) {
                double[] entry = entry(targets, controls, matrix, row, column);
                double x = state[column][0];
                double y = state[column][1];
                result[row][0] += entry[0] * x - entry[1] * y;
                result[row][1] += entry[0] * y + entry[1] * x;
            }
        }
        return result;
    }

    /// One entry of the matrix that a gate is on the whole register.
    private static double[] entry(List<Integer> targets, List<Control> controls, Matrix matrix, int row, int column) {
        int others = row ^ column;
        int smallRow = 0;
        int smallColumn = 0;
        for (int i = 0; i < targets.size(); i++) {
            int qubit = targets.get(i);
            others &= ~(1 << qubit);
            smallRow |= (row >> qubit & 1) << i;
            smallColumn |= (column >> qubit & 1) << i;
        }
        if (others != 0) {
            return new double[2];
        }
        for (Control control : controls) {
            if ((column >> control.qubit() & 1) != (control.positive() ? 1 : 0)) {
                return new double[] {row == column ? 1 : 0, 0};
            }
        }
        return new double[] {matrix.re(smallRow, smallColumn), matrix.im(smallRow, smallColumn)};
    }

    private static double weight(double[][] state) {
        double sum = 0;
        for (double[] amplitude : state) {
            sum += square(amplitude);
        }
        return sum;
    }

    private static double square(double[] amplitude) {
        return amplitude[0] * amplitude[0] + amplitude[1] * amplitude[1];
    }

    private static String text(BitSet bits, int length) {
        StringBuilder text = new StringBuilder();
        for (int bit = length - 1; bit >= 0; bit--) {
            text.append(bits.get(bit) ? '1' : '0');
        }
        return text.toString();
    }
}
