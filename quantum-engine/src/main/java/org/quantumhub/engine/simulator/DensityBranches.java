package org.quantumhub.engine.simulator;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitProblem;
import org.quantumhub.engine.circuit.GateInstruction;
import org.quantumhub.engine.circuit.Instruction;

/// The exact distribution of a circuit that goes on after measuring: one density matrix for every content of the
/// classical bits, each as heavy as it is probable. Branches whose bits have become the same are added up again.
final class DensityBranches {
    private static final double NEGLIGIBLE = 1e-13;
    private static final long MOST_BYTES = 1L << 31;
    private static final int MOST_TURNS = 10_000;

    private final Circuit circuit;
    private final NoiseModel noise;
    private final RunOptions options;
    private final int n;

    DensityBranches(Circuit circuit, NoiseModel noise, RunOptions options) {
        this.circuit = circuit;
        this.noise = noise;
        this.options = options;
        this.n = circuit.qubitCount();
    }

    /// The probability of every outcome.
    Map<String, Double> distribution() {
        Map<BitSet, StateVector> branches = new LinkedHashMap<>();
        branches.put(new BitSet(), StateVector.zero(2 * n));
        Map<String, Double> distribution = new TreeMap<>();
        for (Map.Entry<BitSet, StateVector> branch :
                all(circuit.instructions(), branches).entrySet()) {
            if (circuit.measured()) {
                BitSet shown = branch.getKey().get(0, circuit.clbitCount());
                distribution.merge(Readout.text(shown, circuit.clbitCount()), trace(branch.getValue()), Double::sum);
                continue;
            }
            double[] diagonal = DensityMatrixSimulator.probabilities(n, branch.getValue(), noise);
            for (int i = 0; i < diagonal.length; i++) {
                if (diagonal[i] > NEGLIGIBLE) {
                    String text = Readout.text(BitSet.valueOf(new long[] {i}), n);
                    distribution.merge(text, diagonal[i], Double::sum);
                }
            }
        }
        return distribution;
    }

    private double trace(StateVector matrix) {
        double trace = 0;
        for (int i = 0; i < 1 << n; i++) {
            trace += matrix.re[i | i << n];
        }
        return trace;
    }

    private Map<BitSet, StateVector> all(List<Instruction> instructions, Map<BitSet, StateVector> branches) {
        Map<BitSet, StateVector> current = branches;
        List<Operation> pending = new ArrayList<>();
        for (Instruction instruction : instructions) {
            options.cancellation().check();
            switch (instruction) {
                case GateInstruction ignored -> DensityMatrixSimulator.add(instruction, n, pending);
                case Instruction.Noise ignored -> DensityMatrixSimulator.add(instruction, n, pending);
                case Instruction.Reset ignored -> DensityMatrixSimulator.add(instruction, n, pending);
                case Instruction.Barrier ignored -> {}
                default -> {
                    carryOut(pending, current);
                    current = choice(instruction, current);
                }
            }
        }
        carryOut(pending, current);
        return current;
    }

    private void carryOut(List<Operation> pending, Map<BitSet, StateVector> branches) {
        for (StateVector matrix : branches.values()) {
            if (matrix.qubits >= BlockEngine.FEWEST_QUBITS && BlockEngine.available() && pending.size() > 2) {
                BlockEngine.advance(matrix, pending, options);
            } else {
                pending.forEach(operation -> PlainLoops.apply(matrix, operation));
            }
        }
        pending.clear();
    }

    private Map<BitSet, StateVector> choice(Instruction instruction, Map<BitSet, StateVector> branches) {
        Map<BitSet, StateVector> result = new LinkedHashMap<>();
        for (Map.Entry<BitSet, StateVector> branch : branches.entrySet()) {
            BitSet bits = branch.getKey();
            switch (instruction) {
                case Instruction.Measure measure -> measure(measure, bits, branch.getValue(), result);
                case Instruction.Conditional conditional -> {
                    boolean holds = conditional.condition().evaluate(bits::get) != 0;
                    Map<BitSet, StateVector> one = new LinkedHashMap<>(Map.of(bits, branch.getValue()));
                    all(holds ? conditional.then() : conditional.otherwise(), one)
                            .forEach((after, matrix) -> add(result, after, matrix));
                }
                case Instruction.Loop loop -> turn(loop, bits, branch.getValue(), result);
                case Instruction.Assign assign -> {
                    BitSet changed = (BitSet) bits.clone();
                    Histories.assign(assign, changed);
                    add(result, changed, branch.getValue());
                }
                default -> throw new IllegalStateException("Not a choice: " + instruction);
            }
        }
        return result;
    }

    private void turn(Instruction.Loop loop, BitSet bits, StateVector matrix, Map<BitSet, StateVector> result) {
        Map<BitSet, StateVector> inside = new LinkedHashMap<>(Map.of(bits, matrix));
        for (int turns = 0; !inside.isEmpty(); turns++) {
            if (turns > MOST_TURNS) {
                throw CircuitException.of(CircuitProblem.LIMIT_EXCEEDED, "A loop ran more than %d turns.", MOST_TURNS);
            }
            Map<BitSet, StateVector> again = new LinkedHashMap<>();
            inside.forEach((after, state) -> {
                boolean holds = loop.condition().evaluate(after::get) != 0;
                add(holds ? again : result, after, state);
            });
            inside = all(loop.body(), again);
        }
    }

    private void measure(
            Instruction.Measure measure, BitSet bits, StateVector matrix, Map<BitSet, StateVector> result) {
        for (int outcome = 0; outcome < 2; outcome++) {
            StateVector projected = projected(matrix, measure.qubit(), outcome == 1);
            if (trace(projected) <= NEGLIGIBLE) {
                continue;
            }
            double wrong = outcome == 1 ? noise.falseZero(measure.qubit()) : noise.falseOne(measure.qubit());
            for (int read = 0; read < 2; read++) {
                double weight = read == outcome ? 1 - wrong : wrong;
                if (weight > 0) {
                    BitSet after = (BitSet) bits.clone();
                    after.set(measure.clbit(), read == 1);
                    add(result, after, weight == 1 ? projected : scaled(projected, weight));
                }
            }
        }
    }

    private StateVector projected(StateVector matrix, int qubit, boolean outcome) {
        StateVector result = matrix.copy();
        int wanted = outcome ? 1 << qubit | 1 << qubit + n : 0;
        int mask = 1 << qubit | 1 << qubit + n;
        for (int i = 0; i < result.re.length; i++) {
            if ((i & mask) != wanted) {
                result.re[i] = 0;
                result.im[i] = 0;
            }
        }
        return result;
    }

    private static StateVector scaled(StateVector matrix, double factor) {
        StateVector result = matrix.copy();
        for (int i = 0; i < result.re.length; i++) {
            result.re[i] *= factor;
            result.im[i] *= factor;
        }
        return result;
    }

    private void add(Map<BitSet, StateVector> branches, BitSet bits, StateVector matrix) {
        StateVector known = branches.putIfAbsent(bits, matrix);
        if (known != null) {
            for (int i = 0; i < known.re.length; i++) {
                known.re[i] += matrix.re[i];
                known.im[i] += matrix.im[i];
            }
        }
        if (branches.size() * (16L << 2 * n) > MOST_BYTES) {
            throw CircuitException.of(
                    CircuitProblem.LIMIT_EXCEEDED,
                    "The measurements of this circuit lead to more than %d density matrices of %d qubits at once;"
                            + " trajectories take such circuits.",
                    branches.size() - 1,
                    n);
        }
    }
}
